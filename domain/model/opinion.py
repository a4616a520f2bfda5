"""A resident's opinion and the case that grows from it: who owes what, until when."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import LostRace
from domain.model.bulletin import Field
from domain.model.heard import Interest, Spread


class OpinionSource(StrEnum):
    """How an opinion came in."""

    PRIVATE = "private"
    SESSION = "session"
    """Asked at an outreach session: nobody's address is behind it."""
    HEARD = "heard"
    """Somebody who works among people heard it there, and passes it on."""
    POLL_COMMENT = "poll_comment"
    """Said about a poll, in private."""


class OpinionState(StrEnum):
    """Where a case stands; every one of these is shown to the resident in words."""

    NEW = "new"
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


ALLOWED_MOVES: dict[OpinionState, frozenset[OpinionState]] = {
    OpinionState.NEW: frozenset(
        {OpinionState.RECEIVED, OpinionState.IN_PROGRESS, OpinionState.WITHDRAWN}
    ),
    OpinionState.RECEIVED: frozenset({OpinionState.IN_PROGRESS, OpinionState.WITHDRAWN}),
    OpinionState.IN_PROGRESS: frozenset({OpinionState.ANSWERED, OpinionState.WITHDRAWN}),
    OpinionState.ANSWERED: frozenset(
        {OpinionState.CLOSED, OpinionState.IN_PROGRESS, OpinionState.WITHDRAWN}
    ),
    OpinionState.CLOSED: frozenset({OpinionState.IN_PROGRESS, OpinionState.WITHDRAWN}),
    OpinionState.WITHDRAWN: frozenset(),
}

OPEN_CASES = frozenset({OpinionState.NEW, OpinionState.RECEIVED, OpinionState.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a resident wrote, word for word, and the state of its case (ý kiến)."""

    id: str
    code: str
    """The resident's key to the case: it opens and erases it, and staff are never shown it."""
    number: str
    """What staff call the case."""
    unit_id: str
    source: OpinionSource
    text: str
    language: str
    state: OpinionState
    handle: str | None
    """Names the sealed address in the vault; None once that address is gone."""
    filed_at: datetime
    due_at: datetime
    owner_id: str | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 1
    """Counts the moves, so that a stale button can be told from a fresh one."""
    field: Field | None = None
    spread: Spread | None = None
    interest: Interest | None = None
    """What was said with an opinion that was heard."""
    bearer_id: str | None = None
    """Who brought what they heard, if they put their name to it; never of a resident."""

    def moved_to(self, state: OpinionState, now: datetime) -> "Opinion":
        """This case in another state; LostRace if the table does not allow the move."""
        if state not in ALLOWED_MOVES[self.state]:
            raise LostRace("opinion.moved_on", code=self.number)
        moved = replace(self, state=state, version=self.version + 1)
        match state:
            case OpinionState.ANSWERED:
                return replace(moved, answered_at=now)
            case OpinionState.CLOSED:
                return replace(moved, closed_at=now)
            case OpinionState.IN_PROGRESS:
                return replace(moved, closed_at=None)
            case _:
                return moved

    def taken_by(self, person_id: str, now: datetime) -> "Opinion":
        """This case with an owner; LostRace if somebody has it already, or it is answered."""
        if self.owner_id not in (None, person_id):
            raise LostRace("triage.taken_by_another", code=self.number)
        if self.state not in OPEN_CASES:
            raise LostRace("opinion.moved_on", code=self.number)
        if self.state is OpinionState.IN_PROGRESS and self.owner_id is None:
            return replace(self, owner_id=person_id, version=self.version + 1)
        return replace(self.moved_to(OpinionState.IN_PROGRESS, now), owner_id=person_id)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office wrote back, under its own name (phản hồi)."""

    id: str
    opinion_id: str
    author_id: str
    signed_as: str
    text: str
    answered_at: datetime
