"""Taking back what groups already got: who asked for it, and what became of each message."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.model.bulletin import BulletinState

WITHDRAWABLE = frozenset({BulletinState.APPROVED, BulletinState.STOPPED, BulletinState.SENT})


class Removal(StrEnum):
    """What became of one message that was to be deleted from its group."""

    WANTED = "wanted"
    GONE = "gone"
    TOO_OLD = "too_old"
    REFUSED = "refused"
    LOST = "lost"
    """The bot is no longer in the group."""
    NO_NUMBER = "no_number"
    """It arrived, but nobody knows under which number, so that it cannot be named."""
    UNKNOWN = "unknown"
    """Nobody knows whether it arrived at all."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One person's wish that a bulletin be taken back from its groups (thu hồi)."""

    bulletin_id: str
    person_id: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Remains:
    """A message that may still stand in a group, and why."""

    chat_title: str
    link: str
    why: Removal


@dataclass(frozen=True, slots=True)
class Recalled:
    """How a withdrawal ended: from how many of its groups it is gone."""

    gone: int
    groups: int
    left: int
    """How many messages remain; the first of them are named in `remains`."""
    remains: tuple[Remains, ...]


@dataclass(frozen=True, slots=True)
class Overdue:
    """A message whose time in the chat is over."""

    entry_id: str
    destination: str
    message_id: str
    sent_at: datetime
    more_ids: tuple[str, ...] = ()
    """Of an album the numbers of the others."""
