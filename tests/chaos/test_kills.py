"""A few kills on each database: nothing is lost, nothing doubled, and a planted defect is found."""

from pathlib import Path

import pytest

from tests.chaos.office import Place
from tests.chaos.rounds import run
from tests.chaos.verdict import Verdict

pytestmark = pytest.mark.chaos

KILLS, SEED = {"sqlite": 18, "postgresql": 6}, 1
"""On a server each life begins with waiting whether the one before still lives."""


async def test_kills_at_every_step_lose_nothing_and_double_nothing(place: Place) -> None:
    kills = KILLS[place.database]
    verdict = await run(place, kills, SEED)

    assert verdict.kills == kills
    assert verdict.holds, verdict.line()


async def planted(folder: Path, defect: str) -> Verdict:
    """A few kills, with more trouble than usual, so that few are enough."""
    return await run(Place.in_files(folder), 4, SEED, defect, trouble=5)


async def test_a_planted_retry_after_an_unknown_outcome_is_found(tmp_path: Path) -> None:
    assert (await planted(tmp_path, "retry on timeout")).doubled > 0


async def test_a_planted_mark_before_the_send_is_found(tmp_path: Path) -> None:
    assert (await planted(tmp_path, "mark, then send")).lost > 0


async def test_a_planted_acknowledgement_before_the_store_is_found(tmp_path: Path) -> None:
    assert (await planted(tmp_path, "acknowledge, then store")).updates_lost > 0
