"""Spaces a bot's sends so that no limit of the channel is ever reached, and none is left unused."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count


@dataclass(frozen=True, slots=True)
class Window:
    """At most `most` sends in any `seconds`."""

    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What the channel allows, and how we stay below it; times are in seconds."""

    bot: Window = Window(30, 1)
    chat: Window = Window(1, 1)
    group: Window = Window(20, 60)
    spread: float = 0.018
    """How much longer one send may travel than another, as a share of a window's length."""
    catch_up: float = 0.004
    """How far behind its schedule the bot's next send may start without moving the schedule."""
    patience: float = 5.0
    """Each lower lane is this much later in the queue: people first, and nobody starves."""
    longest_wait: float = 10.0
    """Who would wait longer is sent away: a claim in the outbox must not lapse in this queue."""
    repeated: int = 3
    """So many chats asking for silence within `repeated_within`: it is the bot that is meant."""
    repeated_within: float = 10.0

    def stretched(self, window: Window) -> float:
        """A window's length with room for sends that travel at different speeds."""
        return window.seconds * (1 + self.spread)


class Stopped(Exception):
    """The pacer gives no more turns; what waited for one was not sent."""


@dataclass(eq=False)
class NoTurnSoon(Exception):
    """The wait would be too long: come back in so many seconds."""

    seconds: float


@dataclass(slots=True, eq=False)
class _Chat:
    """One chat's latest sends, and its silence after the channel asked for it."""

    sent: deque[float] = field(default_factory=deque)
    held_until: float = 0.0


@dataclass(slots=True, eq=False)
class _Waiting:
    """A send that waits for its turn."""

    chat: str
    windows: tuple[Window, ...]
    rank: tuple[float, int]
    turn: asyncio.Future[None]


class Pacer:
    """Gives every send of one bot its turn: people first, and no chat stands in another's way."""

    # The bot's sends leave evenly, on a schedule: thirty at once would queue on their way and
    # arrive spread out by chance. A chat's sends leave as soon as its windows allow: the first
    # cards of a morning should come one second apart, not three.

    def __init__(
        self,
        limits: Limits,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._sleep = sleep
        self._step = limits.stretched(limits.bot) / limits.bot.most
        self._slot = 0.0
        self._held_until = 0.0
        self._refusals: deque[tuple[float, str, float]] = deque()
        self._chats: dict[str, _Chat] = {}
        self._swept_at = 0.0
        self._waiting: list[_Waiting] = []
        self._numbers = count()
        self._pump: asyncio.Task[None] | None = None
        self._nap: asyncio.Future[None] | None = None
        self._stopped = False

    async def turn(self, chat: str, is_group: bool, lane: int, adds: bool = True) -> None:
        """Wait until this send may start; `adds` is False for what puts no message in the chat.

        Raises NoTurnSoon, or Stopped after `stop`.
        """
        if self._stopped:
            raise Stopped
        windows = self._windows(is_group) if adds else ()
        seconds = self._wait(chat, windows)
        if seconds > self._limits.longest_wait:
            raise NoTurnSoon(seconds)
        rank = (self._monotonic() + lane * self._limits.patience, next(self._numbers))
        mine = _Waiting(chat, windows, rank, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        self._wake()
        try:
            await mine.turn
        finally:
            if mine in self._waiting:
                self._waiting.remove(mine)

    def hold(self, chat: str, seconds: float) -> None:
        """Send nothing to this chat for so long; when several chats say so, nothing at all."""
        now = self._monotonic()
        held = self._chats.setdefault(chat, _Chat())
        held.held_until = max(held.held_until, now + seconds)
        self._refusals.append((now, chat, seconds))
        while self._refusals[0][0] < now - self._limits.repeated_within:
            self._refusals.popleft()
        if len({chat for _, chat, _ in self._refusals}) >= self._limits.repeated:
            # The shortest: each chat keeps its own hold, and one of them may last for hours.
            shortest = min(seconds for _, _, seconds in self._refusals)
            self._held_until = max(self._held_until, now + shortest)
        self._send_away(now)

    def wait(self, chat: str, is_group: bool) -> float:
        """Seconds until one more send to this chat may start, after those that wait already."""
        return self._wait(chat, self._windows(is_group))

    def stop(self) -> None:
        """Give no more turns: whatever waits for one ends as Stopped."""
        self._stopped = True
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if not each.turn.done():
                each.turn.set_exception(Stopped())
        if self._nap is not None:
            self._nap.cancel()

    def _wait(self, chat: str, windows: tuple[Window, ...]) -> float:
        known = self._chats.get(chat, _NEW)
        ahead = _Chat(deque(known.sent), known.held_until)
        now = self._monotonic()
        soonest = max(now, self._bot_ready())
        for waiting in self._waiting:
            if waiting.chat == chat and waiting.windows:
                ahead.sent.append(max(soonest, self._ready(ahead, waiting.windows)))
        queue = sum(self._start(waiting) <= soonest for waiting in self._waiting)
        start = max(soonest + queue * self._step, self._ready(ahead, windows))
        return start - now

    def _send_away(self, now: float) -> None:
        """After a hold: whoever it makes wait too long need not wait at all."""
        for waiting in self._waiting:
            seconds = max(self._bot_ready(), self._start(waiting)) - now
            if seconds > self._limits.longest_wait and not waiting.turn.done():
                waiting.turn.set_exception(NoTurnSoon(seconds))

    def _windows(self, is_group: bool) -> tuple[Window, ...]:
        return (self._limits.chat, self._limits.group) if is_group else (self._limits.chat,)

    def _bot_ready(self) -> float:
        return max(self._slot, self._held_until)

    def _ready(self, chat: _Chat, windows: tuple[Window, ...]) -> float:
        """When this chat can take a send that is counted in these windows."""
        full = (window for window in windows if len(chat.sent) >= window.most)
        opens = (chat.sent[-window.most] + self._limits.stretched(window) for window in full)
        return max(chat.held_until, *opens, 0.0)

    def _start(self, waiting: _Waiting) -> float:
        return self._ready(self._chats.get(waiting.chat, _NEW), waiting.windows)

    def _wake(self) -> None:
        """Look again at who may go next: somebody new has come."""
        if self._nap is not None:
            self._nap.cancel()
        if self._pump is None or self._pump.done():
            self._pump = asyncio.get_running_loop().create_task(self._give_turns())

    async def _give_turns(self) -> None:
        while self._waiting:
            first = max(self._bot_ready(), min(map(self._start, self._waiting)))
            delay = first - self._monotonic()
            if delay > 0:
                await self._rest(delay)
            else:
                self._give_turn()

    async def _rest(self, delay: float) -> None:
        """Sleep until somebody may go, or somebody new has come."""
        self._nap = asyncio.ensure_future(self._sleep(delay))
        await asyncio.wait({self._nap})
        self._nap = None

    def _give_turn(self) -> None:
        now = self._monotonic()
        ready = [waiting for waiting in self._waiting if self._start(waiting) <= now]
        chosen = min(ready, key=lambda waiting: waiting.rank)
        self._waiting.remove(chosen)
        if chosen.turn.done():
            return
        self._slot = max(self._slot, now - self._limits.catch_up) + self._step
        if chosen.windows:
            self._chats.setdefault(chosen.chat, _Chat()).sent.append(now)
        self._forget(now)
        chosen.turn.set_result(None)

    def _forget(self, now: float) -> None:
        """Once in a longest window, drop what no window can count any more."""
        longest = self._limits.stretched(self._limits.group)
        if now < self._swept_at + longest:
            return
        self._swept_at = now
        for name, chat in list(self._chats.items()):
            while chat.sent and chat.sent[0] + longest <= now:
                chat.sent.popleft()
            if not chat.sent and chat.held_until <= now:
                del self._chats[name]


_NEW = _Chat()
