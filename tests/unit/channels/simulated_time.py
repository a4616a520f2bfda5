"""Hours in milliseconds: a clock, a sleep that moves it, and somebody who sends."""

import asyncio
import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
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
    adds: int = 1


@dataclass(eq=False)
class Alarm:
    """Something that happens later, unless it is cancelled."""

    call: Callable[[], object]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class SimulatedTime:
    """Stands still until nobody has anything to do, then jumps to what is next, a little late."""

    lateness: float = 0.0
    random: Random = field(default_factory=lambda: Random(0))
    now: float = 1000.0
    alarms: int = 0
    """How many were set."""
    _alarms: list[tuple[float, int, Alarm]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def monotonic(self) -> float:
        return self.now

    def call_later(self, seconds: float, call: Callable[[], object]) -> Alarm:
        rings = self.now + seconds + self.random.uniform(0, self.lateness)
        alarm = Alarm(call)
        self.alarms += 1
        heapq.heappush(self._alarms, (rings, next(self._numbers), alarm))
        return alarm

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self.call_later(seconds, woken.set)
        await woken.wait()

    async def run(self) -> None:
        """Let everybody go on until nobody waits for a moment any more."""
        await self._settle()
        while self._alarms:
            rings, _, alarm = heapq.heappop(self._alarms)
            if not alarm.cancelled:
                self.now = max(self.now, rings)
                alarm.call()
                await self._settle()

    async def _settle(self) -> None:
        for _ in range(ROUNDS):
            await asyncio.sleep(0)


Travel = Callable[[], tuple[float, float]]
"""How long one send takes to the server, and its answer back."""


def at_once() -> tuple[float, float]:
    return 0.0, 0.0


@dataclass
class Receipts:
    """When each send started, in order, and when it arrived."""

    log: list[tuple[float, Send]] = field(default_factory=list)
    received: list[tuple[float, Send]] = field(default_factory=list)

    def times(self, chat: str | None = None) -> list[float]:
        return [at for at, send in self.log if chat in (None, send.chat)]

    def arrivals(self, chat: str | None = None) -> list[float]:
        return [at for at, send in self.received if chat in (None, send.chat)]

    def chats(self) -> list[str]:
        return [send.chat for _, send in self.log]


def paced(
    sends: Sequence[Send],
    limits: Limits,
    time: SimulatedTime | None = None,
    travel: Travel = at_once,
    holds: Sequence[tuple[float, str, float]] = (),
) -> Receipts:
    """Send all this through one pacer in simulated time; holds are (at, chat, seconds)."""
    time = time or SimulatedTime()
    receipts = Receipts()

    async def whole() -> None:
        pacer = Pacer(limits, time.monotonic, time.call_later)

        async def one(send: Send) -> None:
            turn = await pacer.turn(send.chat, send.is_group, send.lane, send.adds)
            receipts.log.append((turn.started, send))
            out, back = travel()
            receipts.received += [(turn.started + out, send)] * send.adds
            await time.sleep(turn.started + out + back - time.now)
            pacer.answered(turn)

        senders: list[asyncio.Future[None]] = []

        def ask(send: Send) -> None:
            senders.append(asyncio.ensure_future(one(send)))

        for send in sends:
            time.call_later(send.at, partial(ask, send))
        for at, chat, seconds in holds:
            time.call_later(at, partial(pacer.hold, chat, seconds))
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
