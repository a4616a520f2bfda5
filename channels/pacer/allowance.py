"""What the server grants just now: less when it has said so, and slowly more again."""

from collections import deque

from channels.pacer.limits import Limits


class Allowance:
    """The share of the bot's limit that may be used (mức được phép)."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._refusals: deque[tuple[float, str, float]] = deque()
        self._share = 1.0
        self._cut_at = 0.0

    def share(self, now: float) -> float:
        """From 0 to 1, never above what is documented."""
        if self._share == 1.0:
            return 1.0
        quiet = max(0.0, now - self._cut_at - self._limits.calm)
        return min(1.0, self._share + quiet * self._limits.climb)

    def refused(self, chat: str, seconds: float, now: float) -> float:
        """This chat asks for so much silence; returns the seconds that the whole bot owes."""
        self._refusals.append((now, chat, seconds))
        while self._refusals[0][0] < now - self._limits.repeated_within:
            self._refusals.popleft()
        if len({chat for _, chat, _ in self._refusals}) < self._limits.repeated:
            return 0.0
        self._cut(now)
        # The shortest: each chat keeps its own hold, and one of them may last for hours.
        return min(seconds for _, _, seconds in self._refusals)

    def _cut(self, now: float) -> None:
        # What was under way is refused together: that is one complaint, not sixteen.
        if self._share == 1.0 or now >= self._cut_at + self._limits.repeated_within:
            self._share = max(self.share(now) * self._limits.cut, self._limits.least_share)
            self._cut_at = now
