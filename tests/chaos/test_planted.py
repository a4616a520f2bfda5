"""A defect that is planted on purpose is found by the counts of the chaos run."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.chaos.office import Place
from tests.chaos.rounds import kills, run
from tests.chaos.verdict import Verdict

pytestmark = [pytest.mark.chaos, pytest.mark.asyncio(loop_scope="module")]

KILLS, SEED = 4, 1
DEFECTS = ("retry on timeout", "mark, then send", "acknowledge, then store")
Findings = dict[str, asyncio.Task[Verdict]]


async def planted(folder: Path, defect: str) -> Verdict:
    """A few kills are enough: however slow the machine, every message is sent in trouble."""
    deaths = kills(KILLS, random.Random(f"kills {SEED}"))
    return await run(Place.in_files(folder), deaths, SEED, defect, trouble=5, to_the_end=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def found(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Findings]:
    """All of them side by side: they mostly wait."""
    tasks = {
        defect: asyncio.create_task(planted(tmp_path_factory.mktemp("planted"), defect))
        for defect in DEFECTS
    }
    yield tasks
    await asyncio.gather(*tasks.values(), return_exceptions=True)


async def test_a_planted_retry_after_an_unknown_outcome_is_found(found: Findings) -> None:
    assert (await found["retry on timeout"]).doubled > 0


async def test_a_planted_mark_before_the_send_is_found(found: Findings) -> None:
    assert (await found["mark, then send"]).lost > 0


async def test_a_planted_acknowledgement_before_the_store_is_found(found: Findings) -> None:
    assert (await found["acknowledge, then store"]).updates_lost > 0
