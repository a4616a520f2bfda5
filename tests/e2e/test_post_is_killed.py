"""`kill -9` at sampled steps: what was owed still arrives, once, or a named person decides."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.e2e import test_first_light as walk
from tests.e2e.town import Json, Town, button, until

pytestmark = [pytest.mark.e2e, pytest.mark.chaos, pytest.mark.asyncio(loop_scope="module")]

BEFORE = 26
"""Entries ahead of An's broadcast: what the demo sends of itself, and the cards about it.

Each walk counts them at its end, so that none of these steps leaves the broadcast unnoticed.
"""
STEPS = [
    "stored:2",
    "picked:3",
    "handled:4",
    f"before claim:{BEFORE + 4}",
    f"claimed:{BEFORE + 3}",
    f"sent:{BEFORE + 2}",
    f"settled:{BEFORE + 3}",
    "sealed:1",
]
"""Inbound and outbound, before and after each commit; the outbound ones fall into a broadcast."""
AHEAD = """
    SELECT count(*) FROM outbox WHERE seq < (
        SELECT min(theirs.seq) FROM outbox AS theirs
        JOIN broadcast ON broadcast.id = theirs.origin_id
        JOIN revision ON revision.id = broadcast.revision_id
        WHERE theirs.origin_kind = 'broadcast' AND revision.title || revision.text LIKE ?)
"""
SIDE_BY_SIDE = 4
Ends = dict[str, asyncio.Task[None]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ends(
    tmp_path_factory: pytest.TempPathFactory, migrated_files: Path
) -> AsyncIterator[Ends]:
    """A town for each step, some side by side: they mostly wait for each other's second."""
    room = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(step: str) -> None:
        async with room, aiohttp.ClientSession() as session:
            town = Town(tmp_path_factory.mktemp("town"), session, migrated_files)
            try:
                await walk_through_a_crash(town, step)
            finally:
                await town.stop()

    walks = {step: asyncio.create_task(one(step)) for step in STEPS}
    yield walks
    await asyncio.gather(*walks.values(), return_exceptions=True)


@pytest.mark.parametrize("step", STEPS)
async def test_killed_at_a_step_the_walk_ends_the_same(ends: Ends, step: str) -> None:
    await ends[step]


async def walk_through_a_crash(town: Town, step: str) -> None:
    await town.open(CRASH_AT=step)
    await town.fall_silent()

    await walk.write_and_submit(town)
    await walk.approve(town)
    await every_group_has_it(town)
    code = await walk.file_opinion(town)
    await walk.answer(town)
    await walk.follow_up(town, code)

    log = town.log.read_text()
    assert "REHEARSAL" in log
    assert re.search(r"post.*-9", log), "it was not killed at all"
    assert [await town.copies(group, walk.NEWS) for group in town.groups] == [1] * 6
    assert in_line_before(town, walk.NEWS) == BEFORE


def in_line_before(town: Town, news: str) -> int:
    """How many entries had been put in line when the first of these news was."""
    with closing(sqlite3.connect(town.folder / "data" / "main.db")) as main:
        (count,) = main.execute(AHEAD, (f"{news}%",)).fetchone()
    return int(count)


async def every_group_has_it(town: Town) -> None:
    """As in the quiet walk, but An looks into the group wherever nobody knows."""

    async def settled() -> bool:
        for card in await town.person("An").messages():
            await decide(town, card)
        return all([await town.copies(group, walk.NEWS) for group in town.groups])

    await until(settled, "a copy in each of the six groups")


async def decide(town: Town, card: Json) -> None:
    """Say what is true of each group that the receipts ask about."""
    for group in town.groups:
        title = town.titles[group]
        if button(card, f"Đã tới: {title}"):
            arrived = await town.copies(group, walk.NEWS)
            label = f"Đã tới: {title}" if arrived else f"Gửi lại: {title}"
            await town.person("An").press_on(card, label)
