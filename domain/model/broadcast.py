"""One occurrence of an approved bulletin on its way to the groups."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class BroadcastState(StrEnum):
    """How far an occurrence has come."""

    PLANNED = "planned"
    RELEASED = "released"
    FINISHED = "finished"
    STOPPED = "stopped"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """An approved revision at one planned time (đợt phát tin)."""

    id: str
    bulletin_id: str
    revision_id: str
    revision_hash: str
    approval_id: str
    planned_at: datetime
    not_after: datetime
    state: BroadcastState
    late_at: datetime | None = None
    """When it was found that its time had gone by, and it was to be sent all the same."""
    awaits_word: bool = False
    """It is late, and waits until its author or approver has said whether it still goes out."""

    @property
    def went_out_at(self) -> datetime:
        """The moment from which a poll's time is counted, for all groups at once."""
        return self.late_at or self.planned_at

    @property
    def late_by(self) -> timedelta:
        """How late it goes out; nothing if it is in time."""
        return self.late_at - self.planned_at if self.late_at else timedelta()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A send of which nobody knows whether it arrived (chưa rõ đã tới)."""

    entry_id: str
    attempt: int
    broadcast: Broadcast
    chat_title: str
    link: str
    """Of the last message that surely came to the group."""
