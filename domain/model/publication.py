"""What went out to groups, as anybody may read it afterwards."""

from dataclasses import dataclass
from datetime import datetime

from domain.model.broadcast import Broadcast
from domain.model.frozen import FrozenText


@dataclass(frozen=True, slots=True)
class Publication:
    """A bulletin that at least one group got, word for word (tin đã phát)."""

    broadcast: Broadcast
    text: FrozenText
    corrects: str = ""
    """The publication that this one puts right."""
    corrected_by: str = ""
    followed_by: str = ""
    """The publication that says what came of its poll."""
    follows: str = ""

    @property
    def id(self) -> str:
        return self.broadcast.id

    @property
    def published_at(self) -> datetime:
        return self.broadcast.late_at or self.broadcast.planned_at

    @property
    def poll_closes_at(self) -> datetime | None:
        poll = self.text.revision.poll
        return poll.closes(self.broadcast.went_out_at) if poll else None
