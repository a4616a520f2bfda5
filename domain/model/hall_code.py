"""The code that is shown in the hall: for some minutes it proves that whoever types it is there."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.errors import Refusal

WINDOW = timedelta(minutes=5)
"""How long one code is shown; it is taken for as long again."""
DIGITS = 6
MOST_WRONG = 5
"""Wrong codes of one person in a row, before they have to wait."""
PAUSE = timedelta(minutes=10)


def code_at(secret: str, conference_id: str, moment: datetime) -> str:
    """The code of the window in which a moment lies."""
    return _code(secret, conference_id, _window(moment))


def changes_at(moment: datetime) -> datetime:
    """When the next code takes the place of the one that is shown."""
    return datetime.fromtimestamp((_window(moment) + 1) * WINDOW.total_seconds(), UTC)


def fits(code: str, secret: str, conference_id: str, moment: datetime) -> bool:
    """Whether it is the code of this conference that is shown now, or was just before."""
    window = _window(moment)
    shown = (_code(secret, conference_id, each) for each in (window, window - 1))
    return bool(secret) and any(hmac.compare_digest(code, each) for each in shown)


def read_code(typed: str) -> str:
    """The digits of what was typed, in whatever script; Refusal unless there are six."""
    digits = "".join(str(int(c)) for c in typed if c.isdecimal())
    if len(digits) != DIGITS:
        raise Refusal("conference.code_shape")
    return digits


def spaced(code: str) -> str:
    """As it is read from the back of a hall: `482 913`."""
    half = DIGITS // 2
    return f"{code[:half]} {code[half:]}"


@dataclass(frozen=True, slots=True)
class Tries:
    """Somebody's wrong codes, counted from the first (số lần sai)."""

    count: int = 0
    since: datetime | None = None

    def require_another(self, now: datetime) -> None:
        """Refuse one more while they have to wait."""
        if self._run_at(now) >= MOST_WRONG:
            raise Refusal("conference.too_many_tries", minutes=int(PAUSE.total_seconds() // 60))

    def with_another(self, now: datetime) -> "Tries":
        if run := self._run_at(now):
            return Tries(run + 1, self.since)
        return Tries(1, now)

    def _run_at(self, now: datetime) -> int:
        """How many of them still count."""
        return self.count if self.since is not None and now < self.since + PAUSE else 0


def _window(moment: datetime) -> int:
    return int(moment.timestamp() // WINDOW.total_seconds())


def _code(secret: str, conference_id: str, window: int) -> str:
    about = f"{conference_id}:{window}".encode()
    digest = hmac.new(secret.encode(), about, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"
