"""The sends that a sliding window may still count."""

from channels.pacer.limits import Window
from channels.pacer.path import Path, Turn


class Recent:
    """One chat's or one bot's latest sends (các lượt gần đây)."""

    def __init__(self, windows: tuple[Window, ...]) -> None:
        self._windows = windows
        self._longest = max(window.seconds for window in windows)
        self._fewest = min(window.most for window in windows)
        self._turns: list[Turn] = []
        self._tidy_at = 0

    def add(self, turn: Turn, path: Path, now: float) -> None:
        if len(self._turns) >= self._tidy_at:
            self.forget(path, now)
            self._tidy_at = len(self._turns) * 5 // 4 + 8
        self._turns.append(turn)

    def forget(self, path: Path, now: float) -> bool:
        """Drop what no window counts any more; True if that was everything."""
        first = now - self._longest
        self._turns = [turn for turn in self._turns if path.arrives_by(turn, now) > first]
        return not self._turns

    def opens(self, path: Path, now: float, after: int = 0, room: int = 1) -> float:
        """When a send of `room` messages may start, once `after` others have started before it."""
        if len(self._turns) + after + room <= self._fewest:
            return 0.0
        arrivals = sorted([path.arrives_by(turn, now) for turn in self._turns])
        for _ in range(after):
            arrivals.append(max(now, self._opens(arrivals, 1)) + path.spread)
        return self._opens(arrivals, room)

    def _opens(self, arrivals: list[float], room: int) -> float:
        """More at once than a window holds goes into an empty one."""
        return max(
            [
                arrivals[-first] + window.seconds
                for window in self._windows
                if len(arrivals) >= (first := max(window.most - room + 1, 1))
            ],
            default=0.0,
        )
