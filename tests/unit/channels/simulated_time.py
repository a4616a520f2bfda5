"""Hours in milliseconds: a clock, a sleep that moves it, and somebody who sends."""

import asyncio
import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from channels.pacer import Limits, Pacer

ROUNDS = 8
"""Turns of the event loop after which everybody who can go on has gone on."""


@dataclass(frozen=True)
class Send:
    """Somebody asks for a turn at this moment."""

    at: float
    chat: str
    lane: int = 2
    is_group: bool = True


@dataclass
class SimulatedTime:
    """Stands still until everybody sleeps, then jumps to whoever wakes first, a little late."""

    lateness: float = 0.0
    random: Random = field(default_factory=lambda: Random(0))
    now: float = 1000.0
    _sleepers: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        wakes = self.now + seconds + self.random.uniform(0, self.lateness)
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (wakes, next(self._numbers), woken))
        await woken

    async def run(self) -> None:
        """Let everybody go on until nobody sleeps any more."""
        await self._settle()
        while self._sleepers:
            wakes, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                self.now = max(self.now, wakes)
                woken.set_result(None)
                await self._settle()

    async def _settle(self) -> None:
        for _ in range(ROUNDS):
            await asyncio.sleep(0)


@dataclass
class Receipts:
    """When each send started, in order."""

    log: list[tuple[float, Send]] = field(default_factory=list)

    def times(self, chat: str | None = None) -> list[float]:
        return [at for at, send in self.log if chat in (None, send.chat)]

    def chats(self) -> list[str]:
        return [send.chat for _, send in self.log]


def paced(sends: Sequence[Send], limits: Limits, time: SimulatedTime | None = None) -> Receipts:
    """Send all this through one pacer in simulated time."""
    time = time or SimulatedTime()
    receipts = Receipts()

    async def whole() -> None:
        pacer = Pacer(limits, time.monotonic, time.sleep)
        start = time.now

        async def one(send: Send) -> None:
            await time.sleep(start + send.at - time.now)
            await pacer.turn(send.chat, send.is_group, send.lane)
            receipts.log.append((time.now, send))

        senders = [asyncio.ensure_future(one(send)) for send in sends]
        await time.run()
        await asyncio.gather(*senders)

    asyncio.run(whole())
    return receipts


def most_within(seconds: float, times: Sequence[float]) -> int:
    """The largest number of times that any window of this length holds."""
    ordered = sorted(times)
    most = first = 0
    for last, at in enumerate(ordered):
        while ordered[first] <= at - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
