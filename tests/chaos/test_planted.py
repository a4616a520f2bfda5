"""A defect that is planted on purpose is found by the counts of the chaos run."""

import random
from pathlib import Path

import pytest

from tests.chaos.office import Place
from tests.chaos.rounds import kills, run
from tests.chaos.verdict import Verdict

pytestmark = pytest.mark.chaos

KILLS, SEED = 4, 1


async def planted(folder: Path, defect: str) -> Verdict:
    """A few kills, with more trouble than usual, so that few are enough."""
    deaths = kills(KILLS, random.Random(f"kills {SEED}"))
    return await run(Place.in_files(folder), deaths, SEED, defect, trouble=5)


async def test_a_planted_retry_after_an_unknown_outcome_is_found(tmp_path: Path) -> None:
    assert (await planted(tmp_path, "retry on timeout")).doubled > 0


async def test_a_planted_mark_before_the_send_is_found(tmp_path: Path) -> None:
    assert (await planted(tmp_path, "mark, then send")).lost > 0


async def test_a_planted_acknowledgement_before_the_store_is_found(tmp_path: Path) -> None:
    assert (await planted(tmp_path, "acknowledge, then store")).updates_lost > 0
