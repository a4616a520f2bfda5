"""Gives every send of one bot its turn."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from math import ceil, inf
from typing import Protocol

from channels.pacer.allowance import Allowance
from channels.pacer.limits import Limits
from channels.pacer.path import Path, Turn
from channels.pacer.queue import Queue, Waiting
from channels.pacer.recent import Recent
from domain.model.delivery import Lane

SWEEP = 60.0
"""Seconds between two looks for chats that can be forgotten."""


class Stopped(Exception):
    """The pacer gives no more turns; what waited for one was not sent."""


@dataclass(eq=False)
class NoTurnSoon(Exception):
    """The wait would be too long: come back in so many seconds."""

    seconds: float


class Timer(Protocol):
    """What will call us later, unless it is cancelled."""

    def cancel(self) -> None: ...


CallLater = Callable[[float, Callable[[], None]], Timer]


def _by_the_loop(seconds: float, call: Callable[[], None]) -> Timer:
    return asyncio.get_running_loop().call_later(seconds, call)


class Pacer:
    """One bot's turns (bộ điều nhịp): people first, and no chat stands in another's way."""

    # The bot's sends leave evenly, on a schedule: thirty at once would queue on their way and
    # arrive spread out by chance. A chat's sends leave as soon as its windows allow: the first
    # cards of a morning should come one second apart, not three. Below the schedule lie the
    # windows themselves, which count each send by the moment it can have arrived at the latest:
    # they catch what the schedule cannot know, a straggler or a process that stood still.

    def __init__(
        self,
        limits: Limits,
        monotonic: Callable[[], float],
        call_later: CallLater = _by_the_loop,
    ) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._call_later = call_later
        self._path = Path(limits)
        self._allowance = Allowance(limits)
        self._slot = 0.0
        self._held_until = 0.0
        self._bot = Recent((limits.bot,))
        self._chats: dict[str, Recent] = {}
        self._holds: dict[str, float] = {}
        self._swept_at = 0.0
        self._queue = Queue(self._opens)
        self._numbers = count()
        self._timer: Timer | None = None
        self._rings_at = inf
        self._wanted = inf
        self._stopped = False

    async def turn(self, chat: str, is_group: bool, lane: int, adds: int = 1) -> Turn:
        """Wait until this send may start; `adds` is how many messages it puts in the chat.

        Hand the turn to `answered` when the send has ended. Raises NoTurnSoon, or Stopped after
        `stop`.
        """
        if self._stopped:
            raise Stopped
        now = self._monotonic()
        if self._queue.is_empty and self._may_go(chat, adds, now):
            self._wanted = inf  # nobody did until now
            return self._start(chat, is_group, adds, now)
        rank = (now + lane * self._limits.patience, next(self._numbers))
        future: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        mine = Waiting(chat, is_group, adds, lane, rank, future)
        seconds = self._wait(chat, adds, lane, now)
        if seconds > self._limits.longest_wait:
            raise NoTurnSoon(seconds)
        self._queue.add(mine, now)
        self._give_turns()
        return await future

    def answered(self, turn: Turn) -> None:
        """This send has its answer, or no hope of one: now we know how long it travelled."""
        now = self._monotonic()
        self._path.answered(turn, now)
        self._queue.reconsider(turn.chat, now)
        self._give_turns()

    def hold(self, chat: str, seconds: float) -> None:
        """Send nothing to this chat for so long; when several chats say so, nothing at all."""
        now = self._monotonic()
        self._holds[chat] = max(self._holds.get(chat, 0.0), now + seconds)
        silence = self._allowance.refused(chat, seconds, now)
        self._held_until = max(self._held_until, now + silence)
        for waiting in self._queue.everybody(None if silence else chat):
            wait = max(self._bot_opens(now), self._opens(waiting)) - now
            if wait > self._limits.longest_wait:
                waiting.turn.set_exception(NoTurnSoon(wait))

    def remember(self, chat: str, is_group: bool, seconds_ago: float, adds: int = 1) -> None:
        """Count a send that ended before this pacer was there: its chat may be full already."""
        now = self._monotonic()
        self._count(Turn(chat, now - seconds_ago, now - seconds_ago), is_group, adds, now)

    def wait(self, chat: str, adds: int = 1) -> float:
        """Seconds until a send of so many messages may start, after those that wait already."""
        return self._wait(chat, adds, Lane.BULK, self._monotonic())

    def stop(self) -> None:
        """Give no more turns: whatever waits for one ends as Stopped."""
        self._stopped = True
        for waiting in self._queue.everybody():
            waiting.turn.set_exception(Stopped())
        if self._timer is not None:
            self._timer.cancel()

    def _wait(self, chat: str, adds: int, lane: int, now: float) -> float:
        before = sum(waiting.adds for waiting in self._queue.everybody(chat)) if adds else 0
        opens = self._chat_opens(chat, adds, now, before)
        soonest = max(now, self._bot_opens(now, adds))
        return max(soonest + self._queue.ahead(lane) * self._step(now), opens) - now

    def _step(self, now: float) -> float:
        """Seconds between two sends of the bot."""
        bot = self._limits.bot
        granted = bot.most * self._allowance.share(now)
        return (bot.seconds + self._path.spread) / granted

    def _bot_opens(self, now: float, adds: int = 1) -> float:
        # What adds no message is a call to the server all the same.
        opens = self._bot.opens(self._path, now, room=max(adds, 1))
        return max(self._slot, self._held_until, opens)

    def _bot_is_open(self, now: float, adds: int) -> bool:
        return self._slot <= now and self._bot_opens(now, adds) <= now

    def _chat_opens(self, chat: str, adds: int, now: float, after: int = 0) -> float:
        held_until = self._holds.get(chat, 0.0)
        recent = self._chats.get(chat) if adds else None
        if recent is None:
            return held_until
        return max(held_until, recent.opens(self._path, now, after, adds))

    def _opens(self, waiting: Waiting) -> float:
        return self._chat_opens(waiting.chat, waiting.adds, self._monotonic())

    def _give_turns(self) -> None:
        """Give a turn to everybody who may go, and ring when the next one may."""
        now = self._monotonic()
        while (first := self._queue.first(now)) and self._bot_is_open(now, first.adds):
            self._give(first, now)
        self._wanted = now if first else self._queue.next_opening()
        if self._wanted < inf:
            opens = self._bot_opens(now, first.adds if first else 1)
            self._ring_at(max(self._wanted, opens), now)

    def _may_go(self, chat: str, adds: int, now: float) -> bool:
        return self._bot_is_open(now, adds) and self._chat_opens(chat, adds, now) <= now

    def _give(self, waiting: Waiting, now: float) -> None:
        self._queue.take(waiting)
        turn = self._start(waiting.chat, waiting.is_group, waiting.adds, now)
        self._queue.reconsider(waiting.chat, now)
        waiting.turn.set_result(turn)

    def _start(self, chat: str, is_group: bool, adds: int, now: float) -> Turn:
        # A stall is caught up with; a time in which nobody wanted to go, or might, is no stall.
        behind = max(min(self._wanted, now), now - self._limits.catch_up, self._held_until)
        self._slot = max(self._slot, behind) + self._step(now) * max(adds, 1)
        turn = Turn(chat, now)
        self._count(turn, is_group, adds, now)
        return turn

    def _count(self, turn: Turn, is_group: bool, adds: int, now: float) -> None:
        """An album counts as often as it has pictures: so it does for whoever is on duty there."""
        for _ in range(max(adds, 1)):
            self._bot.add(turn, self._path, now)
        if adds:
            recent = self._chats.setdefault(turn.chat, Recent(self._limits.windows(is_group)))
            for _ in range(adds):
                recent.add(turn, self._path, now)
        if now >= self._swept_at + SWEEP:
            self._forget(now)

    def _forget(self, now: float) -> None:
        """Now and then, drop what no window can count any more."""
        self._swept_at = now
        self._holds = {chat: until for chat, until in self._holds.items() if until > now}
        for chat, recent in list(self._chats.items()):
            if recent.forget(self._path, now):
                del self._chats[chat]

    def _ring_at(self, moment: float, now: float) -> None:
        grain = self._limits.grain
        moment = ceil(moment / grain) * grain
        if self._rings_at <= moment:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._rings_at = moment
        # Never nothing: a timer that rang a hair too early must not spin.
        self._timer = self._call_later(max(moment - now, grain / 2), self._ring)

    def _ring(self) -> None:
        self._timer = None
        self._rings_at = inf
        self._give_turns()
