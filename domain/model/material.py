"""Material for those who go among people: what it says, who checked it, whom it reaches."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from domain.errors import LostRace, Tampered
from domain.model.bulletin import Field
from domain.model.frozen import fingerprint
from domain.model.handout import Handout
from domain.model.search import Searchable, Weight

LONGEST = {
    "title": 120,
    "text": 2500,
    "points": 800,
    "source": 500,
    "issuing_body": 120,
    "question": 300,
    "answer": 1500,
}
"""UTF-16 units: with all the rest of its page, the longest of everything fits in one message."""
MOST_PAIRS = 30
MOST_MINUTES = 180


class MaterialKind(StrEnum):
    """What it is for (loại tài liệu)."""

    TOPIC = "chuyen_de"
    """Told face to face only: never shown in a group by anybody (chuyên đề chỉ nói trực tiếp)."""
    QUESTIONS = "hoi_dap"
    HANDOUT = "tai_lieu_phat"


class MaterialState(StrEnum):
    """Where material stands between its author and its readers.

    Whether its last day is over is no state: the day decides that, and nothing has to run for it.
    """

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


ALLOWED_MOVES: dict[MaterialState, frozenset[MaterialState]] = {
    MaterialState.DRAFT: frozenset({MaterialState.IN_REVIEW, MaterialState.WITHDRAWN}),
    MaterialState.IN_REVIEW: frozenset(
        {MaterialState.DRAFT, MaterialState.APPROVED, MaterialState.WITHDRAWN}
    ),
    MaterialState.APPROVED: frozenset({MaterialState.DRAFT, MaterialState.WITHDRAWN}),
    MaterialState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A question that people ask and what to answer (cặp hỏi – đáp)."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class MaterialBody:
    """Everything that material says, and for whom; much of it may be missing in a draft."""

    kind: MaterialKind
    audience_unit_id: str
    """Those who serve in this unit, above or below it can read it."""
    title: str = ""
    field: Field | None = None
    text: str = ""
    points: str = ""
    """The main points, one a line."""
    pairs: tuple[Pair, ...] = ()
    minutes: int | None = None
    """How long it takes to tell."""
    issuing_body: str = ""
    source: str = ""
    valid_until: date | None = None
    """The last day on which it is shown."""
    handout: Handout | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be said before it can be submitted, in the order in which it is asked."""
        return tuple(name for name in WANTED[self.kind] if not getattr(self, name))

    def is_over_on(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day


WANTED = {
    MaterialKind.TOPIC: ("title", "text", "minutes", "field", "source", "issuing_body"),
    MaterialKind.QUESTIONS: ("title", "pairs", "field", "source", "issuing_body"),
    MaterialKind.HANDOUT: ("title", "handout", "field", "source", "issuing_body"),
}
_ALWAYS = ("title", "minutes", "field", "source", "issuing_body", "audience", "valid_until")
EDITABLE = {
    MaterialKind.TOPIC: ("text", "points", *_ALWAYS),
    MaterialKind.QUESTIONS: ("pairs", *_ALWAYS),
    MaterialKind.HANDOUT: ("handout", "text", *_ALWAYS),
}
"""What can be changed of each kind."""


@dataclass(frozen=True, slots=True)
class Material:
    """Something for communicators, and its place in the workflow (tài liệu tuyên truyền)."""

    id: str
    unit_id: str
    author_id: str
    state: MaterialState
    revision: int
    """The number of the newest revision; 0 while nothing was submitted."""

    def moved_to(self, state: MaterialState) -> "Material":
        """This material in another state; LostRace if the table does not allow the move."""
        if state not in ALLOWED_MOVES[self.state]:
            raise LostRace("material.moved_on")
        return replace(self, state=state)


@dataclass(frozen=True, slots=True)
class MaterialDraft:
    """What an author is still writing (bản nháp)."""

    material_id: str
    body: MaterialBody
    version: int = 1
    """Counts the changes, so that a stale button can be told from a fresh one."""


@dataclass(frozen=True)  # keeps what it was made searchable as
class MaterialRevision:
    """Material as one person submitted it and another may approve it (phiên bản)."""

    id: str
    material_id: str
    unit_id: str
    number: int
    author_id: str
    body: MaterialBody

    @property
    def written(self) -> str:
        """Everything an approver agrees to, the file by its SHA-256, in one canonical text."""
        body, file = self.body, self.body.handout
        return json.dumps(
            {
                "revision": self.id,
                "material": self.material_id,
                "unit": self.unit_id,
                "author": self.author_id,
                "audience": body.audience_unit_id,
                "kind": body.kind,
                "field": body.field,
                "title": body.title,
                "text": body.text,
                "points": body.points,
                "pairs": [[pair.question, pair.answer] for pair in body.pairs],
                "minutes": body.minutes,
                "issuing_body": body.issuing_body,
                "source": body.source,
                "valid_until": body.valid_until and body.valid_until.isoformat(),
                "file": file and [file.name, file.media, file.size, file.sha256],
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )

    @cached_property
    def hash(self) -> str:
        return fingerprint(self.written)

    def require_unchanged(self, submitted: str) -> None:
        """Tampered unless it still has the hash under which it was submitted."""
        if self.hash != submitted:
            raise Tampered(self.id)

    def searchable(self, field_name: str) -> tuple[tuple[Weight, Searchable], ...]:
        """Its words; the name of its field is given, since names are words of the catalogue."""
        body = self.body
        asked = [text for pair in body.pairs for text in (pair.question, pair.answer)]
        rest = (body.text, body.points, *asked, body.source)
        return (
            (Weight.TITLE, Searchable.of((body.title, field_name))),
            (Weight.TEXT, Searchable.of(rest)),
        )


@dataclass(frozen=True, slots=True)
class ApprovedMaterial:
    """What its readers see (tài liệu đã duyệt)."""

    revision: MaterialRevision
    approved_at: datetime


def in_order(found: Sequence[ApprovedMaterial]) -> tuple[ApprovedMaterial, ...]:
    """By kind, in the order of the kinds; within a kind the newest in front."""
    kinds = list(MaterialKind)
    newest = sorted(found, key=lambda one: (one.approved_at, one.revision.id), reverse=True)
    return tuple(sorted(newest, key=lambda one: kinds.index(one.revision.body.kind)))
