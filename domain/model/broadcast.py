"""One occurrence of an approved bulletin on its way to the groups."""

from dataclasses import dataclass
from datetime import datetime
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
