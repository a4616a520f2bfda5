"""A poll as it stands in one group: until it is closed, and what was counted then."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.model.chat import Address
from domain.model.delivery import Rejected, Sent

POLL_PART = 1
"""Of a broadcast's sends to a group: the words are part 0, and the poll follows them."""
COUNTS_COME_WITHIN = timedelta(minutes=15)
"""How long counts are waited for that the channel did not give in answer to us."""


class CopyState(StrEnum):
    """What is known of a poll in one group."""

    OPEN = "open"
    COUNTED = "counted"
    UNCOUNTED = "uncounted"
    """It is closed, and nobody has said how it ended."""
    LOST = "lost"
    """The group or the message is gone."""


@dataclass(frozen=True, slots=True)
class PollCopy:
    """One group's copy of a poll (bản thăm dò của nhóm)."""

    entry_id: str
    broadcast_id: str
    poll_id: str
    message_id: str
    chat_id: str
    address: Address
    closes_at: datetime
    ended_at: datetime | None = None
    """When it was found closed without its counts."""


@dataclass(frozen=True, slots=True)
class Closed(Sent):
    """The channel closed a poll, and says how it ended (đã đóng)."""

    counts: tuple[int, ...] = ()
    """By option."""
    voters: int = 0


@dataclass(frozen=True, slots=True)
class AlreadyClosed(Rejected):
    """The channel closes no poll twice, and does not repeat its counts."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How many of a poll's copies came to which end."""

    counted: int
    uncounted: int
