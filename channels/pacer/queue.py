"""Who waits for a turn: whose chat is open, and among them who goes first."""

import asyncio
import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

from channels.pacer.path import Turn

Rank = tuple[float, int]
Key = tuple[str, bool]


@dataclass(slots=True, eq=False)
class Waiting:
    """A send that waits for its turn (người chờ)."""

    chat: str
    is_group: bool
    adds: int
    """How many messages it puts in the chat: an edit none, an album one for each picture."""
    lane: int
    rank: Rank
    turn: asyncio.Future[Turn]


@dataclass(slots=True, eq=False)
class Line:
    """All that wait for one chat (hàng của một nhóm): its messages, or its edits."""

    waiting: list[tuple[Rank, Waiting]] = field(default_factory=list)
    open_lane: int | None = None
    """Where it is counted while its chat is open."""

    def first(self) -> Waiting | None:
        """Who goes first, past those who have given up."""
        while self.waiting and self.waiting[0][1].turn.done():
            heapq.heappop(self.waiting)
        return self.waiting[0][1] if self.waiting else None


class Queue:
    """Everybody who waits at one bot (hàng chờ); choosing one looks at a few, not at all."""

    # A line stands in `_later` by the moment its chat opens, then in `_open` by the rank of its
    # first. Nothing is searched for and removed: an entry that has become untrue is found to be
    # so when it reaches the top, and dropped or filed again.

    def __init__(self, opens: Callable[[Waiting], float]) -> None:
        self._opens = opens
        self._lines: dict[Key, Line] = {}
        self._later: list[tuple[float, Key]] = []
        self._open: list[tuple[Rank, Key]] = []
        self._open_in: Counter[int] = Counter()

    @property
    def is_empty(self) -> bool:
        """Whether nobody waits: who comes now overtakes nobody."""
        return not self._lines

    def add(self, waiting: Waiting, now: float) -> None:
        key = (waiting.chat, waiting.adds > 0)
        line = self._lines.setdefault(key, Line())
        heapq.heappush(line.waiting, (waiting.rank, waiting))
        if line.first() is waiting:
            self._file(key, line, now)

    def reconsider(self, chat: str, now: float) -> None:
        """This chat may open at another moment than was thought."""
        for key in ((chat, True), (chat, False)):
            if line := self._lines.get(key):
                self._file(key, line, now)

    def first(self, now: float) -> Waiting | None:
        """Who goes next of those whose chats are open."""
        self._open_due(now)
        while self._open:
            rank, key = self._open[0]
            line = self._lines.get(key)
            first = line.first() if line else None
            if line and first and first.rank == rank:
                if self._opens(first) <= now:
                    return first
                self._file(key, line, now)
            heapq.heappop(self._open)
        return None

    def next_opening(self) -> float:
        """When to look again if nobody's chat is open; never, if nobody waits."""
        return self._later[0][0] if self._later else inf

    def take(self, waiting: Waiting) -> None:
        """Take out whoever was first; then `reconsider` the chat."""
        heapq.heappop(self._lines[waiting.chat, waiting.adds > 0].waiting)

    def ahead(self, lane: int) -> int:
        """How many open chats there are whose first one is in this lane or goes before it."""
        return sum(number for at, number in self._open_in.items() if at <= lane)

    def everybody(self, chat: str | None = None) -> list[Waiting]:
        """All who wait, or all who wait for this chat."""
        keys = list(self._lines) if chat is None else [(chat, True), (chat, False)]
        lines = (self._lines[key].waiting for key in keys if key in self._lines)
        return [waiting for line in lines for _, waiting in line if not waiting.turn.done()]

    def _file(self, key: Key, line: Line, now: float) -> None:
        first = line.first()
        if first is None:
            self._count(line, None)
            del self._lines[key]
            return
        opens = self._opens(first)
        if opens > now:
            self._count(line, None)
        heapq.heappush(self._later, (max(opens, now), key))

    def _open_due(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            _, key = heapq.heappop(self._later)
            line = self._lines.get(key)
            first = line.first() if line else None
            if line is None:
                continue
            if first is None or self._opens(first) > now:
                self._file(key, line, now)
                continue
            self._count(line, first.lane)
            heapq.heappush(self._open, (first.rank, key))

    def _count(self, line: Line, lane: int | None) -> None:
        if line.open_lane is not None:
            self._open_in[line.open_lane] -= 1
        line.open_lane = lane
        if lane is not None:
            self._open_in[lane] += 1
