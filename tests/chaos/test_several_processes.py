"""Two processes for one bot on one server: one sends, the other takes over, and nothing doubles."""

import asyncio
import signal
import time
from pathlib import Path

import pytest

from tests.chaos import nursery as nurseries
from tests.chaos.office import Place
from tests.chaos.rounds import Chaos, Post, comes_true, opened
from tests.chaos.scene import Scene
from tests.postgres import Cluster

pytestmark = pytest.mark.chaos

SEED = 1
TAKEN_OVER_IN = 10.0
SLACK = 5.0
"""Seconds that a loaded machine may need beyond it."""


async def sent(scene: Scene) -> int:
    return len(await scene.lines("receipts"))


async def seconds_until_more_is_sent(chaos: Chaos) -> float:
    """From now, when what was under way has arrived, to the next message."""
    began = time.monotonic()
    await asyncio.sleep(1)
    before = await sent(chaos.scene)

    async def more() -> bool:
        return await sent(chaos.scene) > before

    assert await comes_true(more, 30), "nobody took over"
    return time.monotonic() - began


async def test_a_killed_or_frozen_sender_is_replaced_and_doubles_nothing(
    tmp_path: Path, postgres: Cluster
) -> None:
    place = await Place.on_server(tmp_path, postgres, f"several_{tmp_path.name}"[-50:])
    async with opened(place, SEED) as chaos, nurseries.opened() as nursery:
        await chaos.scene.trouble(SEED, times=0)
        beside = Post(place, chaos.scene.url, tmp_path / "beside.log", nursery)
        first = await chaos.post.start()
        await chaos.office.keep_in_line(480)
        assert await comes_true(chaos.is_sending, 30)
        second = await beside.start(DATA_DIR=str(tmp_path / "beside"))

        first.send(signal.SIGSTOP)
        chaos.under_way += await chaos.under_way_now()
        await seconds_until_more_is_sent(chaos)
        first.send(signal.SIGCONT)
        await asyncio.sleep(2)  # what it may still do, it does now

        second.send(signal.SIGKILL)
        await second.wait()
        chaos.under_way += await chaos.under_way_now()
        killed = await seconds_until_more_is_sent(chaos)
        first.send(signal.SIGTERM)
        assert await first.wait() == 0
        await chaos.come_to_rest()
        verdict = await chaos.verdict(SEED)

    assert killed < TAKEN_OVER_IN + SLACK
    assert verdict.holds, verdict.line()
