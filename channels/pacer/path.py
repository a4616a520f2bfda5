"""How long sends travel: measured by their answers, and never assumed to be shorter."""

from bisect import bisect_left, insort
from collections import deque
from dataclasses import dataclass
from math import sqrt

from channels.pacer.limits import Limits

SAMPLES = 256
"""So many latest travels are remembered: nine seconds of a full pace."""
ENOUGH = 32
"""With fewer, the spread that was assumed still counts."""
CAUTION = 3
"""The quickest of n travels that are spread evenly lies within so many of their spreads by √n of
the quickest that is possible, but for about one case in a hundred."""
LOW, HIGH, SLOW = 0.25, 0.75, 0.98
"""The schedule leaves room for the difference between these quantiles, no more: whoever is slower
is answered for by its own travel, and until its answer has come by what the slow ones take."""


@dataclass(slots=True, eq=False)
class Turn:
    """One send that was allowed to start (lượt)."""

    chat: str
    started: float
    answered: float | None = None
    """When its answer came; None while it is on its way."""


class Path:
    """The way to the server and back (đường truyền)."""

    # We see when a send starts and when its answer comes, not when it arrives. But if one took
    # 40 ms longer than the quickest, it arrived at most 40 ms later, in its turn, than the
    # quickest. So a moment of arrival is given as of the quickest travel: only differences
    # between arrivals matter to a window.

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._latest: deque[float] = deque()
        self._sorted: list[float] = []

    def answered(self, turn: Turn, now: float) -> None:
        """The answer to this send has come, or the wait for it has ended."""
        turn.answered = now
        travel = now - turn.started
        self._latest.append(travel)
        insort(self._sorted, travel)
        if len(self._latest) > SAMPLES:
            del self._sorted[bisect_left(self._sorted, self._latest.popleft())]

    @property
    def spread(self) -> float:
        """How much longer one send travels than another, in seconds, stragglers apart."""
        count = len(self._sorted)
        if not count:
            return self._limits.spread
        least = self._limits.least_spread if count >= ENOUGH else self._limits.spread
        return min(max(self._measured, least), self._limits.most_spread)

    @property
    def _doubt(self) -> float:
        """By how much a still quicker travel is possible than the quickest that was seen."""
        count = len(self._sorted)
        if not count:
            return self._limits.least_spread
        doubted = max(self.spread, CAUTION * self._measured)
        return self._limits.least_spread + doubted / sqrt(count)

    @property
    def _measured(self) -> float:
        return self._quantile(HIGH) - self._quantile(LOW)

    def arrives_by(self, turn: Turn, now: float) -> float:
        """The latest moment at which the server may have counted this send."""
        quickest = self._sorted[0] if self._sorted else 0.0
        if turn.answered is not None:
            return turn.answered - quickest + self._doubt
        if not self._sorted:
            return turn.started + self.spread
        expected = turn.started + max(self.spread, self._quantile(SLOW) - quickest)
        # Overdue: for all we know it is arriving now.
        return max(expected, min(now - quickest, turn.started + self._limits.longest_travel))

    def _quantile(self, share: float) -> float:
        return self._sorted[int(share * len(self._sorted))]
