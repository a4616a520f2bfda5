"""`kill -9` at sampled steps: what was owed still arrives, once, or a named person decides."""

import re

import pytest

from tests.e2e import test_first_light as walk
from tests.e2e.town import Json, Town, button, until

pytestmark = [pytest.mark.e2e, pytest.mark.chaos]

STEPS = [
    "stored:2",
    "picked:3",
    "handled:4",
    "before claim:4",
    "claimed:5",
    "sent:6",
    "settled:7",
    "sealed:1",
]
"""Inbound and outbound, before and after each commit; the numbers fall into the broadcast."""


@pytest.mark.parametrize("step", STEPS)
async def test_killed_at_a_step_the_walk_ends_the_same(town: Town, step: str) -> None:
    await town.open(CRASH_AT=step)

    await walk.write_and_submit(town)
    await walk.approve(town)
    await every_group_has_it(town)
    code = await walk.file_opinion(town)
    await walk.answer(town, code)
    await walk.follow_up(town, code)

    assert "REHEARSAL" in town.log.read_text()
    assert re.search(r"post.*-9", town.log.read_text()), "it was not killed at all"
    assert [await town.copies(group, walk.NEWS) for group in town.groups] == [1] * 6


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
