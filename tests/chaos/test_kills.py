"""A few kills on each database: nothing is lost, nothing doubled, and a planted defect is found."""

from pathlib import Path

import pytest

from tests.chaos.rounds import run
from tests.chaos.verdict import Verdict

pytestmark = pytest.mark.chaos

KILLS, SEED = 20, 1


async def test_kills_at_every_step_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    verdict = await run(tmp_path, KILLS, SEED)

    assert verdict.kills == KILLS
    assert verdict.holds, verdict.line()


async def planted(folder: Path, defect: str) -> Verdict:
    """A few kills, with more trouble than usual, so that few are enough."""
    return await run(folder, 4, SEED, defect, trouble=5)


async def test_a_planted_retry_after_an_unknown_outcome_is_found(tmp_path: Path) -> None:
    assert (await planted(tmp_path, "retry on timeout")).doubled > 0


async def test_a_planted_mark_before_the_send_is_found(tmp_path: Path) -> None:
    assert (await planted(tmp_path, "mark, then send")).lost > 0


async def test_a_planted_acknowledgement_before_the_store_is_found(tmp_path: Path) -> None:
    assert (await planted(tmp_path, "acknowledge, then store")).updates_lost > 0
