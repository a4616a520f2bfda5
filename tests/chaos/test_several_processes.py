"""Several processes for one bot: one of them sends, another takes over, and nothing doubles."""

import asyncio
import signal
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.chaos import nursery as nurseries
from tests.chaos.nursery import Life
from tests.chaos.office import Place, migrated
from tests.chaos.rounds import Chaos, Post, comes_true, opened
from tests.chaos.scene import BOTS
from tests.postgres import Cluster

pytestmark = pytest.mark.chaos

SEED, NO_PACE = 1, "no pace"
GROUPS, BULLETINS = 600, (4, 3, 3)
"""So many before anything happens, and so many after each blow: there is always more to send."""
TAKEN_OVER_IN = 10.0
SLACK = 20.0
"""Seconds that a loaded machine may need beyond it."""
MUCH = 240.0
"""Seconds in which a loaded machine surely begins, and sends all of it."""
CONFLICT, WATCHED = 409, 12.0


async def sent(chaos: Chaos) -> Counter[str]:
    """How many messages each bot has brought."""
    return Counter(each["bot"] for each in await chaos.scene.lines("receipts"))


async def announce(chaos: Chaos, bulletins: int) -> None:
    for _ in range(bulletins):
        await chaos.office.announce()


async def seconds_until_both_send(chaos: Chaos, bulletins: int) -> float:
    """From now, when what was under way has arrived, to the next message of each bot.

    What they are to send is announced after the count: a bot that nothing befell may bring all
    of it before somebody looks.
    """
    began = time.monotonic()
    await asyncio.sleep(1)
    before = await sent(chaos)
    await announce(chaos, bulletins)

    async def more() -> bool:
        now = await sent(chaos)
        return all(now[bot] > before[bot] for bot in BOTS.values())

    assert await comes_true(more, MUCH), "nobody took over"
    return time.monotonic() - began


async def beside(chaos: Chaos, folder: Path, stack: AsyncExitStack) -> Life:
    """One more process on the same databases."""
    nursery = await stack.enter_async_context(nurseries.opened(NO_PACE))
    post = Post(chaos.post.place, chaos.scene.url, folder.with_suffix(".log"), nursery)
    return await post.start(DATA_DIR=str(folder))


async def test_three_processes_of_which_one_freezes_and_one_is_killed_double_nothing(
    tmp_path: Path, postgres: Cluster
) -> None:
    place = await Place.on_server(tmp_path, postgres, f"several_{tmp_path.name}"[-50:])
    async with opened(place, SEED, NO_PACE, GROUPS) as chaos, AsyncExitStack() as stack:
        first = await chaos.post.start()
        second = await beside(chaos, tmp_path / "second", stack)
        third = await beside(chaos, tmp_path / "third", stack)
        at_first, after_the_freeze, after_the_kill = BULLETINS
        await announce(chaos, at_first)
        assert await comes_true(chaos.is_sending, MUCH)

        first.send(signal.SIGSTOP)
        chaos.under_way += await chaos.under_way_now()
        frozen = await seconds_until_both_send(chaos, after_the_freeze)
        first.send(signal.SIGCONT)
        await asyncio.sleep(1)  # what it may still do, it does now

        second.send(signal.SIGKILL)
        await second.wait()
        chaos.under_way += await chaos.under_way_now()
        killed = await seconds_until_both_send(chaos, after_the_kill)
        first.send(signal.SIGTERM)
        assert await first.wait() == 0
        await chaos.come_to_peace(third, MUCH)
        verdict = await chaos.verdict(SEED)

    assert max(frozen, killed) < TAKEN_OVER_IN + SLACK
    assert verdict.messages >= GROUPS * sum(BULLETINS)
    assert verdict.holds, verdict.line()


async def test_of_two_that_poll_one_bot_each_steps_back_for_the_other(tmp_path: Path) -> None:
    """By mistake, on two machines: neither knows of the other but by the channel's answer."""
    async with opened(Place.in_files(tmp_path), SEED) as chaos, AsyncExitStack() as stack:
        nursery = await stack.enter_async_context(nurseries.opened())
        elsewhere = Place.in_files(tmp_path / "elsewhere")
        await migrated(elsewhere)
        lives = [
            await chaos.post.start(),
            await Post(elsewhere, chaos.scene.url, tmp_path / "elsewhere.log", nursery).start(),
        ]
        await asyncio.sleep(WATCHED)
        refused = [one for one in await chaos.scene.lines("calls") if one["code"] == CONFLICT]
        for life in lives:
            await chaos.end(life)
            assert chaos.ended_well

    assert 1 <= len(refused) <= len(lives) * len(BOTS)
