"""The vault's month keys: what they are called, what became of one, and when it may go."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

GRACE = timedelta(days=1)
"""How long a key stays after another took its place: whatever was begun under it is done then."""
FURTHER = "bcdefghijklmnopqrstuvwxyz"
"""What further keys of one month end with: 2026-11, then 2026-11b."""

_EPOCH = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])[b-z]?")


class KeyState(StrEnum):
    """What became of a month's key."""

    IN_USE = "in_use"
    """Everything is sealed under it now."""
    KEPT = "kept"
    """For what was sealed under it."""
    MADE_AHEAD = "made_ahead"
    """For a month that is to come."""
    MISSING = "missing"
    """Something is sealed under it, and nobody destroyed it."""
    WRONG = "wrong"
    """Its file holds no key, or another one."""
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """One month's key as it stands (khóa tháng)."""

    epoch: str
    state: KeyState
    made_at: datetime | None = None
    fingerprint: str = ""
    """Tells two keys apart, and nothing of either; '' where there is no key to look at."""
    superseded_at: datetime | None = None
    destroyed_at: datetime | None = None

    @property
    def may_go_at(self) -> datetime | None:
        """From when on it goes by itself, once nothing is sealed under it."""
        if self.state is not KeyState.KEPT or self.superseded_at is None:
            return None
        return self.superseded_at + GRACE

    def may_go(self, now: datetime) -> bool:
        return self.may_go_at is not None and self.may_go_at <= now


def is_epoch(name: str) -> bool:
    return _EPOCH.fullmatch(name) is not None


def month_of(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m}"


def month_after(month: str) -> str:
    return month_of(begin_of(month) + timedelta(days=31))


def begin_of(epoch: str) -> datetime:
    """The first moment of its month."""
    return datetime.strptime(epoch[:7], "%Y-%m").replace(tzinfo=UTC)


def next_epoch(month: str, taken: Collection[str]) -> str:
    """The first name of that month that no key had; the names of destroyed ones stay taken."""
    names = (month, *(f"{month}{letter}" for letter in FURTHER))
    return next(name for name in names if name not in taken)


def in_force(month: str, epochs: Collection[str]) -> str | None:
    """The newest key of that month."""
    return max((one for one in epochs if one[:7] == month), default=None)
