"""Cases about one matter: each stays its own, and the office answers all of them in public."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import LostRace, Refusal
from domain.model.opinion import OPEN_CASES, Opinion, OpinionState
from domain.model.text import has_words, masked, one_line, units_over
from domain.model.unit import Lineage

LONGEST_TITLE = 80
"""UTF-16 units, so that it fits into a bulletin's heading and on a button's page."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What several cases are about, to be answered once in public (việc chung)."""

    id: str
    unit_id: str
    """Its cases are those of this unit and of all below it."""
    title: str
    opened_by: str
    opened_at: datetime
    bulletin_id: str | None = None
    """The public answer, from its first draft on; None until somebody begins one."""
    closed_at: datetime | None = None
    """Since when nothing more is gathered or answered here; its cases stay with it."""
    version: int = 1
    """Counts the changes, so that a stale button can be told from a fresh one."""

    def require_open(self) -> None:
        if self.closed_at is not None:
            raise LostRace("matter.closed_already", title=self.title)

    def require_reach(self, opinion: Opinion, lineage: Lineage) -> None:
        """LostRace unless this case, whose unit has this lineage, can be gathered here now."""
        self.require_open()
        if self.unit_id not in lineage.unit_ids:
            raise LostRace("matter.elsewhere", code=opinion.number)
        if opinion.state not in OPEN_CASES:
            raise LostRace("opinion.moved_on", code=opinion.number)

    def changed(self) -> "Matter":
        """The same after cases came or went."""
        return replace(self, version=self.version + 1)

    def answered_by(self, bulletin_id: str) -> "Matter":
        return replace(self, bulletin_id=bulletin_id, version=self.version + 1)

    def closed(self, now: datetime) -> "Matter":
        self.require_open()
        return replace(self, closed_at=now, version=self.version + 1)


class MatterNews(StrEnum):
    """Why a card about a matter comes (tin về việc chung)."""

    SENT = "sent"
    """Its bulletin has reached residents: the cases can be answered by it."""
    WANTED = "wanted"
    """To those who may write it: somebody asks for the bulletin that answers it."""
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


class Hindrance(StrEnum):
    """Why a case is not answered along with its matter (lý do chưa trả lời được)."""

    UNTAKEN = "untaken"
    """Nobody has it in hand: who answers must have taken it."""
    ANOTHERS = "anothers"
    """It is in a colleague's hands, who answers it."""
    ASKED_BACK = "asked_back"
    """It waits for its resident."""
    LETTER_WAITS = "letter_waits"
    """A letter about it waits for a second person."""
    NO_SECOND = "no_second"
    """Its unit demands two people for a letter, and there is no second one."""
    NO_RIGHT = "no_right"
    """Whoever answers has lost the right to since they began."""
    JOINED = "joined"
    """It waits for the answer of another about the same."""
    ANSWERED = "answered"
    """The office has said its word already."""
    MOVED = "moved"
    """It was handed to a unit outside while the answers went out."""
    ERASED = "erased"
    """Its writer erased it meanwhile: nobody is left to be answered."""
    TAKEN_OUT = "taken_out"
    """Somebody took it out of the matter meanwhile."""
    CHANGED = "changed"
    """It changed under the answer: whoever looks again can still answer it."""


class Halt(StrEnum):
    """Why nobody else of a matter is answered after the first ones (lý do ngừng trả lời)."""

    BULLETIN = "bulletin"
    """It was stopped, taken back or corrected meanwhile."""
    CLOSED = "closed"
    """Somebody closed the matter meanwhile: whoever opens it again can go on."""


@dataclass(frozen=True, slots=True)
class MatterCase:
    """A case as its matter lists it: number and state, never its text."""

    seq: int
    """Its place in the list; shown to nobody."""
    id: str
    number: str
    state: OpinionState
    owner_id: str | None
    letter_waits: bool = False


_STANDING = {
    OpinionState.NEW: Hindrance.UNTAKEN,
    OpinionState.RECEIVED: Hindrance.UNTAKEN,
    OpinionState.FORWARDED: Hindrance.UNTAKEN,
    OpinionState.MORE_INFO_ASKED: Hindrance.ASKED_BACK,
    OpinionState.DUPLICATE_OF: Hindrance.JOINED,
    OpinionState.WITHDRAWN: Hindrance.ERASED,
}


def hindrance(case: MatterCase, actor_id: str) -> Hindrance | None:
    """Why this person cannot answer it now; None if they can."""
    if case.state is not OpinionState.IN_PROGRESS:
        return _STANDING.get(case.state, Hindrance.ANSWERED)
    if case.owner_id not in (None, actor_id):
        return Hindrance.ANOTHERS
    return Hindrance.LETTER_WAITS if case.letter_waits else None


Reasons = Counter[Hindrance]
"""How many cases are left unanswered, and why."""


def read_title(typed: str) -> str:
    """The title as it is kept; Refusal says what is wrong with it."""
    title = one_line(typed)
    if not has_words(title):
        raise Refusal("matter.no_title")
    if over := units_over(title, LONGEST_TITLE):
        raise Refusal("matter.title_too_long", limit=LONGEST_TITLE, over=over)
    if masked(title) != title:
        raise Refusal("matter.title_with_number")
    return title
