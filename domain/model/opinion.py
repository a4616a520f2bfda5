"""A resident's opinion and the case that grows from it: who owes what, until when."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import LostRace
from domain.model.bulletin import Field
from domain.model.deadline import ADDRESS_DIES_AFTER_CLOSING
from domain.model.heard import Interest, Spread
from domain.model.objection import Objection
from domain.model.opinion_kind import DATA_REQUESTS, OpinionKind


class OpinionSource(StrEnum):
    """How an opinion came in."""

    PRIVATE = "private"
    SESSION = "session"
    """Asked at an outreach session: nobody's address is behind it."""
    HEARD = "heard"
    """Somebody who works among people heard it there, and passes it on."""
    POLL_COMMENT = "poll_comment"
    """Said about a poll, in private or in answer to it in a group."""
    GROUP_REPLY = "group_reply"
    """Answered to a bulletin in its group, where everybody reads it."""
    WALK_IN = "walk_in"
    """Said at the office, and typed in by staff: nobody's address is behind it."""


class OpinionState(StrEnum):
    """Where a case stands; every one of these is shown to the resident in words."""

    NEW = "new"
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"
    FORWARDED = "forwarded"
    """Handed on to another unit of the house, which has not read it yet."""
    REFERRED = "referred"
    """Handed on to a body outside the house, which answers by itself; the resident knows."""
    MORE_INFO_ASKED = "more_info_asked"
    DECLINED = "declined"
    """Not taken up, for a reason that the resident was told."""
    DUPLICATE_OF = "duplicate_of"
    """Another case of the unit is about the same; one answer reaches both."""
    WITHDRAWN = "withdrawn"


_UNREAD_GOES_TO = frozenset(
    {
        OpinionState.RECEIVED,
        OpinionState.IN_PROGRESS,
        OpinionState.DUPLICATE_OF,
        OpinionState.WITHDRAWN,
    }
)
_SAID_GOES_TO = frozenset({OpinionState.CLOSED, OpinionState.IN_PROGRESS, OpinionState.WITHDRAWN})
ALLOWED_MOVES: dict[OpinionState, frozenset[OpinionState]] = {
    OpinionState.NEW: _UNREAD_GOES_TO,
    OpinionState.RECEIVED: frozenset(
        {
            OpinionState.IN_PROGRESS,
            OpinionState.FORWARDED,
            OpinionState.DUPLICATE_OF,
            OpinionState.WITHDRAWN,
        }
    ),
    OpinionState.IN_PROGRESS: frozenset(
        {
            OpinionState.RECEIVED,
            OpinionState.ANSWERED,
            OpinionState.FORWARDED,
            OpinionState.REFERRED,
            OpinionState.MORE_INFO_ASKED,
            OpinionState.DECLINED,
            OpinionState.DUPLICATE_OF,
            OpinionState.WITHDRAWN,
        }
    ),
    OpinionState.ANSWERED: _SAID_GOES_TO,
    OpinionState.CLOSED: frozenset({OpinionState.IN_PROGRESS, OpinionState.WITHDRAWN}),
    OpinionState.FORWARDED: _UNREAD_GOES_TO,
    OpinionState.REFERRED: _SAID_GOES_TO,
    OpinionState.MORE_INFO_ASKED: frozenset({OpinionState.IN_PROGRESS, OpinionState.WITHDRAWN}),
    OpinionState.DECLINED: _SAID_GOES_TO,
    OpinionState.DUPLICATE_OF: frozenset(
        {
            OpinionState.RECEIVED,
            OpinionState.ANSWERED,
            OpinionState.REFERRED,
            OpinionState.DECLINED,
            OpinionState.WITHDRAWN,
        }
    ),
    OpinionState.WITHDRAWN: frozenset(),
}
OPEN_CASES = frozenset(
    {
        OpinionState.NEW,
        OpinionState.RECEIVED,
        OpinionState.IN_PROGRESS,
        OpinionState.FORWARDED,
        OpinionState.MORE_INFO_ASKED,
    }
)
"""Somebody in the house owes the next step, or waits for the resident's."""
UNREAD = frozenset({OpinionState.NEW, OpinionState.FORWARDED})
"""Nobody of the unit that it lies with has opened it yet."""
REPLIED = frozenset({OpinionState.ANSWERED, OpinionState.REFERRED, OpinionState.DECLINED})
"""The office has said its word; the resident can object until it closes."""
WAITING = REPLIED | {OpinionState.MORE_INFO_ASKED}
"""The resident's word is waited for, until a day that the case itself knows."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a resident wrote, word for word, and the state of its case (ý kiến)."""

    id: str
    code: str
    """The resident's key to the case: it opens and erases it. Staff see that of a walk-in, once."""
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
    is_public: bool = False
    """Whether it was written in a group, where all could read it (viết công khai)."""
    replied_to: str = ""
    """The heading of the bulletin that it answers there; '' of what answers none."""
    moved_at: datetime | None = None
    """Since when it stands where it stands; None if it has not moved since it was filed."""
    kind: OpinionKind | None = None
    """What its writer calls it, if they said so."""
    urgent: bool = False
    """Whether its writer marked it so (việc gấp)."""
    forwardings: int = 0
    """How often it was handed to another unit; only the first time restarts the answer clock."""
    arrived_at: datetime | None = None
    """Since when it lies with its present unit; None if it was filed there."""
    satisfied: bool | None = None
    """What its resident said of the answer; None if nothing."""
    objection: Objection | None = None
    master_id: str | None = None
    """The case about the same that it was joined to (ý kiến chính); None if to none."""
    pictures: int = 0
    """How many came with it; 0 again once they are erased."""
    voice: int = 0
    """Seconds of its recording; 0 of none, and once it is erased."""
    former_unit_id: str | None = None
    """The unit that it lay with until that one ended; None if it came another way."""
    has_point: bool = False
    """Whether a point on the map came with it; False again once it is erased."""
    muted_until: date | None = None  # said from this case, and of no other of its writer's
    waits_until: datetime | None = None
    """Until when its resident is waited for, or can object; what is set later never moves it."""

    @property
    def is_by_code(self) -> bool:
        """Whether nothing but its code leads to it, since nobody's address was ever behind it."""
        return self.source is OpinionSource.WALK_IN

    @property
    def buttons_until(self) -> datetime:
        """How long what stands below the office's word is good: after its time, to say so."""
        if self.waits_until is None:
            raise ValueError(f"{self.id} waits for its resident without an end")
        asked = self.state is OpinionState.MORE_INFO_ASKED
        return self.waits_until if asked else self.waits_until + ADDRESS_DIES_AFTER_CLOSING

    def moved_to(
        self, state: OpinionState, now: datetime, until: datetime | None = None
    ) -> "Opinion":
        """This case in another state; LostRace if the table does not allow the move.

        One that goes on to wait for its resident needs the moment `until` which it does.
        """
        if state not in ALLOWED_MOVES[self.state]:
            raise LostRace("opinion.moved_on", code=self.number)
        moved = replace(
            self, state=state, moved_at=now, waits_until=until, version=self.version + 1
        )
        match state:
            case OpinionState.ANSWERED | OpinionState.REFERRED | OpinionState.DECLINED:
                return replace(moved, answered_at=now)
            case OpinionState.CLOSED:
                return replace(moved, closed_at=now, waits_until=self.waits_until)
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

    def settled(self, solved: bool, now: datetime, due_at: datetime) -> "Opinion":
        """This case on its resident's word; what is not solved gets a new due date."""
        if solved:
            is_closed = self.state is OpinionState.CLOSED
            case = self if is_closed else self.moved_to(OpinionState.CLOSED, now)
            return replace(case, satisfied=True, objection=None)
        if self.state is OpinionState.IN_PROGRESS:
            return self
        again = self.moved_to(OpinionState.IN_PROGRESS, now)
        return replace(again, satisfied=False, objection=None, due_at=due_at)

    def may_be_disputed(self, now: datetime) -> bool:
        """Until the day that was promised with the office's last word is over."""
        return self.waits_until is None or now <= self.waits_until

    def assigned_to(self, person_id: str, now: datetime) -> "Opinion":
        """This case with whoever it is given to, in work; what was asked back stays asked."""
        if self.state not in OPEN_CASES:
            raise LostRace("opinion.moved_on", code=self.number)
        if self.state in (OpinionState.IN_PROGRESS, OpinionState.MORE_INFO_ASKED):
            return replace(self, owner_id=person_id, version=self.version + 1)
        return replace(self.moved_to(OpinionState.IN_PROGRESS, now), owner_id=person_id)

    def given_back(self, now: datetime) -> "Opinion":
        """This case without an owner, for anybody of the unit to take."""
        return replace(self.moved_to(OpinionState.RECEIVED, now), owner_id=None)

    def forwarded_to(self, unit_id: str, due_at: datetime, now: datetime) -> "Opinion":
        """This case with another unit; `due_at` counts once, and never where the law dates it."""
        stays = self.forwardings or self.kind in DATA_REQUESTS
        return replace(
            self.moved_to(OpinionState.FORWARDED, now),
            unit_id=unit_id,
            owner_id=None,
            due_at=self.due_at if stays else due_at,
            forwardings=self.forwardings + 1,
            arrived_at=now,
        )


class LetterKind(StrEnum):
    """What the office wrote to the resident (loại thư)."""

    ANSWER = "answer"
    QUESTION = "question"
    REFUSAL = "refusal"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office wrote back, under its own name (phản hồi)."""

    id: str
    opinion_id: str
    author_id: str
    signed_as: str
    text: str
    answered_at: datetime
    kind: LetterKind = LetterKind.ANSWER
    shared: bool = False
    """Whether it goes to several people who asked about the same; how many, no letter says."""
    approver_id: str | None = None
    """Who let it go beside its author, where the unit demands two people."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What a resident said later, word for word, beside what they wrote first (bổ sung)."""

    id: str
    opinion_id: str
    text: str
    added_at: datetime
