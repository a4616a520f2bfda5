"""How fast a bot may send: windows that slide, checked when a call is received."""

import math
from collections import deque
from dataclasses import dataclass, field

from channels.telegram.sandbox.records import Settings

LONGEST_WINDOW = 60.0


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `most` sends under `key` within any `seconds`."""

    key: str
    seconds: float
    most: int
    is_burst: bool = False


@dataclass
class Windows:
    """Remembers when each bot sent where; a refused call is not remembered."""

    settings: Settings
    _sent: dict[str, deque[float]] = field(default_factory=dict)

    def hold(self, bot: str, dialog: str, at: float, posts: int = 1) -> int:
        """Seconds to wait before so many posts would be taken at once; 0 means they may go now.

        A burst, which is what an album is, needs no room but for its first.
        """
        if not self.settings.windows:
            return 0
        waits = (
            self._wait(rule, at, 1 if rule.is_burst else posts) for rule in self._rules(bot, dialog)
        )
        longest = max(waits)
        return max(1, math.ceil(longest)) if longest > 0 else 0

    def record(self, bot: str, dialog: str, at: float) -> None:
        for key in (f"bot {bot}", f"dialog {bot} {dialog}"):
            times = self._sent.setdefault(key, deque())
            times.append(at)
            while times[0] <= at - LONGEST_WINDOW:
                times.popleft()

    def _rules(self, bot: str, dialog: str) -> list[Rule]:
        per_chat = self.settings.chat_per_second
        here = f"dialog {bot} {dialog}"
        rules = [
            Rule(f"bot {bot}", 1.0, self.settings.bot_per_second),
            Rule(here, float(self.settings.burst), per_chat * self.settings.burst, is_burst=True),
        ]
        if dialog.startswith("-"):
            rules.append(Rule(here, 60.0, self.settings.group_per_minute))
        return rules

    def _wait(self, rule: Rule, at: float, posts: int) -> float:
        times, first = self._sent.get(rule.key, ()), max(rule.most - posts + 1, 1)
        if rule.most <= 0 or len(times) < first:
            return 0.0
        return times[-first] + rule.seconds - at
