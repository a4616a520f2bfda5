"""The ways in which an office writes to a resident, and a letter that waits for a second person."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from domain.errors import LostRace, Refusal
from domain.model.dialog import Awaited
from domain.model.opinion import LetterKind, Opinion, OpinionState
from domain.model.permission import Permission
from domain.model.text import has_words, normalised, units_over

LONGEST_REASON = 500
"""UTF-16 units, so that it fits above the letter that it is about."""


@dataclass(frozen=True, slots=True)
class Word:
    """One way to write to a resident, and where it takes the case."""

    permission: Permission
    awaited: Awaited
    kind: LetterKind
    state: OpinionState

    @property
    def is_question(self) -> bool:
        """Of which nothing is decided yet: the case goes on."""
        return self.kind is LetterKind.QUESTION


ANSWER = Word(
    Permission.OPINION_ANSWER, Awaited.ANSWER_TEXT, LetterKind.ANSWER, OpinionState.ANSWERED
)
WORDS = (
    Word(
        Permission.OPINION_ASK_BACK,
        Awaited.CASE_QUESTION,
        LetterKind.QUESTION,
        OpinionState.MORE_INFO_ASKED,
    ),
    Word(
        Permission.OPINION_DECLINE,
        Awaited.CASE_REFUSAL,
        LetterKind.REFUSAL,
        OpinionState.DECLINED,
    ),
    Word(
        Permission.OPINION_REFER,
        Awaited.CASE_REFERRAL,
        LetterKind.REFERRAL,
        OpinionState.REFERRED,
    ),
)
BY_PERMISSION: dict[str, Word] = {word.permission: word for word in WORDS}
BY_AWAITED = {word.awaited: word for word in WORDS}
BY_KIND = {word.kind: word for word in (ANSWER, *WORDS)}


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """A letter that goes out when a second person agrees (thư chờ duyệt)."""

    id: str
    """Another one for each wording that somebody was shown."""
    opinion_id: str
    author_id: str
    kind: LetterKind
    text: str
    hash: str
    """Of the letter as its resident will read it, but for the code."""
    submitted_at: datetime
    returned_by: str | None = None
    reason: str = ""
    """Why it was returned."""

    @property
    def waits(self) -> bool:
        return self.returned_by is None

    def require_open_to(self, approver_id: str, rights: AbstractSet[str]) -> None:
        """Refuse its author, and whoever could agree only in its author's stead."""
        if approver_id == self.author_id:
            raise Refusal("letter.own")
        if rights and rights <= {self.author_id}:
            raise Refusal("letter.in_their_stead")

    def require_standing(self, opinion: Opinion) -> None:
        """LostRace if the case is not its author's to answer any more."""
        if opinion.state is not OpinionState.IN_PROGRESS:
            raise LostRace("letter.decided")
        if opinion.owner_id != self.author_id:
            raise LostRace("letter.writer_gone", code=opinion.number)


def stands_with(was: Opinion, opinion: Opinion) -> bool:
    """Whether a letter that waits outlives a move: only in the same hands, in the same state."""
    return (was.owner_id, was.state) == (opinion.owner_id, opinion.state)


def reason_for(typed: str) -> str:
    """The reason as it is kept; Refusal says what is wrong with it."""
    if not has_words(typed):
        raise Refusal("letter.no_reason")
    kept = normalised(typed)
    if over := units_over(kept, LONGEST_REASON):
        raise Refusal("letter.reason_too_long", over=over, limit=LONGEST_REASON)
    return kept
