"""Tables of opinions and the answers given: the text and the case, never the person."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, UniqueConstraint, false, text
from sqlmodel import Field

from domain.model import bulletin
from storage.tables.registry import MainTable


def _only(rows: str, in_files: str = "") -> dict[str, Any]:
    """For an index on some of the rows; a file may have to be told otherwise which."""
    return {"sqlite_where": text(in_files or rows), "postgresql_where": text(rows)}


_STILL_DUE = _only("closed_at IS NULL")
_STILL_OPEN = _only("due_at IS NOT NULL")
_THAT_HAVE_ONE = _only("owner_id IS NOT NULL")
_OPEN = "state IN ('forwarded', 'in_progress', 'more_info_asked', 'new', 'received')"
"""Word for word as `is_open` in `storage/queue_pages.py` asks for it."""
_OWNED = f"{_OPEN} AND owner_id IS NOT NULL"
_IF_OPEN, _IF_OWNED = _only(_OPEN, f"'' || {_OPEN}"), _only(_OWNED, f"'' || {_OWNED}")
_LISTED = ("field", "owner_id", "urgent")
"""What a list of open cases may ask besides, so that no case has to be read for it."""
NO_FIELD = "no_field"
COUNTS = (*(field.value for field in bulletin.Field), NO_FIELD)
"""What a month's opinions are counted by."""


class OpinionRow(MainTable, table=True):
    """What a resident wrote, word for word, and the state of its case (ý kiến)."""

    __tablename__ = "opinion"
    __table_args__ = (
        CheckConstraint(
            "state IN ('new', 'received', 'in_progress', 'answered', 'closed', 'forwarded',"
            " 'referred', 'more_info_asked', 'declined', 'duplicate_of', 'withdrawn')",
            name="state",
        ),
        CheckConstraint("erased_at IS NULL OR text = ''", name="erased"),
        Index("ix_opinion_seq", "seq", unique=True),
        Index("ix_opinion_of_unit", "unit_id", "seq"),
        Index("ix_opinion_of_unit_in_state", "unit_id", "state", "seq"),
        Index("ix_opinion_of_unit_and_field", "unit_id", "field", "state", "seq"),
        Index("ix_opinion_in_state", "state", "seq"),
        Index("ix_opinion_of_field", "field", "state", "seq"),
        Index("ix_opinion_open", "unit_id", "due_at", "seq", "state", *_LISTED, **_IF_OPEN),
        Index(
            "ix_opinion_open_anywhere", "state", "due_at", "seq", "unit_id", *_LISTED, **_IF_OPEN
        ),
        Index("ix_opinion_open_of_owner", "owner_id", "due_at", "seq", **_IF_OWNED),
        Index("ix_opinion_of_owner", "owner_id", "seq", **_THAT_HAVE_ONE),
        Index("ix_opinion_waits", "state", "waits_until", **_STILL_DUE),
    )

    id: str = Field(primary_key=True)
    code: str = Field(unique=True)
    number: str = Field(unique=True)
    unit_id: str = Field(foreign_key="unit.id")
    source: str
    text: str
    language: str
    state: str
    handle: str | None = Field(default=None, unique=True)
    filed_at: datetime
    due_at: datetime
    owner_id: str | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    version: int
    erased_at: datetime | None = None
    field: str | None = None
    spread: str | None = None
    interest: str | None = None
    bearer_id: str | None = Field(default=None, foreign_key="person.id")
    """Who brought what they heard, if they put their name to it; erased with the text."""
    moved_at: datetime | None = None
    forwardings: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    arrived_at: datetime | None = None
    satisfied: bool | None = None
    objection: str | None = None
    master_id: str | None = Field(default=None, foreign_key="opinion.id", index=True)
    seq: int | None = None
    """Counts the cases in the order in which they were filed; storage alone knows it."""
    kind: str | None = None
    urgent: bool = False
    is_public: bool = False
    """Whether it was written in a group, for all to read."""
    replied_to: str = ""
    pictures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many came with it; 0 again once they are erased."""
    voice: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Seconds of the recording that came with it; 0 again once it is erased."""
    former_unit_id: str | None = Field(default=None, foreign_key="unit.id")
    muted_until: date | None = None
    has_point: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether a point on the map came with it; false again once it is erased."""
    waits_until: datetime | None = None


class OpinionPointRow(MainTable, table=True):
    """Where an opinion says that it is, which goes with its words (vị trí kèm ý kiến)."""

    __tablename__ = "opinion_point"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        CheckConstraint("latitude <> 0 OR longitude <> 0", name="somewhere"),
    )

    opinion_id: str = Field(primary_key=True, foreign_key="opinion.id")
    latitude: float
    longitude: float


class OpinionPictureRow(MainTable, table=True):
    """A picture that came with an opinion, and goes with it (ảnh kèm ý kiến)."""

    __tablename__ = "opinion_picture"
    __table_args__ = (
        CheckConstraint("number BETWEEN 1 AND 5", name="number"),
        CheckConstraint("length(content) BETWEEN 1 AND 4194304", name="size"),
        UniqueConstraint("opinion_id", "number"),
    )

    id: str = Field(primary_key=True)
    opinion_id: str = Field(foreign_key="opinion.id")
    number: int
    content: bytes


class OpinionVoiceRow(MainTable, table=True):
    """A recording that came with an opinion, with the consent to it (ghi âm kèm ý kiến)."""

    __tablename__ = "opinion_voice"
    __table_args__ = (
        CheckConstraint("agreed_to >= 1", name="agreed_to"),
        CheckConstraint("length(content) BETWEEN 1 AND 4194304", name="size"),
    )

    id: str = Field(primary_key=True)
    opinion_id: str = Field(foreign_key="opinion.id", unique=True)
    agreed_to: int
    """The version of the question that its speaker answered."""
    agreed_at: datetime
    content: bytes


class AnswerRow(MainTable, table=True):
    """What the office wrote back (phản hồi)."""

    __tablename__ = "answer"

    id: str = Field(primary_key=True)
    opinion_id: str = Field(foreign_key="opinion.id", index=True)
    author_id: str = Field(foreign_key="person.id")
    signed_as: str
    text: str
    answered_at: datetime
    kind: str = Field(default="answer", sa_column_kwargs={"server_default": "answer"})
    shared: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    approver_id: str | None = Field(default=None, foreign_key="person.id")
    """Who let it go beside its author, where the unit demands two people."""


class WaitingLetterRow(MainTable, table=True):
    """A letter that goes out when a second person agrees; gone when its case moves."""

    __tablename__ = "waiting_letter"
    __table_args__ = (
        CheckConstraint("kind IN ('answer', 'refusal', 'referral')", name="kind"),
        CheckConstraint("returned_by <> author_id", name="second_person"),
    )

    opinion_id: str = Field(primary_key=True, foreign_key="opinion.id")
    id: str = Field(unique=True)
    author_id: str = Field(foreign_key="person.id")
    kind: str
    text: str
    hash: str
    submitted_at: datetime
    returned_by: str | None = Field(default=None, foreign_key="person.id")
    reason: str


class CaseNoteRow(MainTable, table=True):
    """What staff note on a case for each other (ghi chú nội bộ)."""

    __tablename__ = "case_note"
    __table_args__ = (CheckConstraint("length(text) BETWEEN 1 AND 500", name="text"),)

    id: str = Field(primary_key=True)
    opinion_id: str = Field(foreign_key="opinion.id", index=True)
    author_id: str = Field(foreign_key="person.id")
    text: str
    noted_at: datetime


class LetterTemplateRow(MainTable, table=True):
    """What a unit often writes to residents (mẫu thư)."""

    __tablename__ = "letter_template"
    __table_args__ = (
        CheckConstraint("kind IN ('answer', 'question', 'refusal', 'referral')", name="kind"),
    )

    id: str = Field(primary_key=True)
    unit_id: str = Field(foreign_key="unit.id", index=True)
    name: str
    text: str
    kept_by: str = Field(foreign_key="person.id")
    kept_at: datetime
    kind: str = Field(default="answer", sa_column_kwargs={"server_default": "answer"})


class LabelRow(MainTable, table=True):
    """A short word of a unit's own by which cases are sorted (nhãn)."""

    __tablename__ = "label"
    __table_args__ = (
        UniqueConstraint("unit_id", "key"),
        CheckConstraint("length(name) BETWEEN 1 AND 24", name="name"),
    )

    id: str = Field(primary_key=True)
    unit_id: str = Field(foreign_key="unit.id")
    name: str
    key: str
    """The name for comparing."""
    kept_by: str = Field(foreign_key="person.id")
    kept_at: datetime


class CaseLabelRow(MainTable, table=True):
    """That a label stands on a case; gone with the words of that."""

    __tablename__ = "case_label"
    __table_args__ = (
        Index("ix_case_label_of_case", "opinion_id"),
        # Beside the key: a list is read along one of the two, in the order in which it is shown.
        Index("ix_case_label_due", "label_id", "due_at", "seq", **_STILL_OPEN),
    )

    label_id: str = Field(primary_key=True, foreign_key="label.id")
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """The case's own."""
    opinion_id: str = Field(foreign_key="opinion.id")
    due_at: datetime | None = None
    """The case's own while that is open; None once it is not."""


class OpinionFigureRow(MainTable, table=True):
    """How many opinions of a month a unit and all below it have, field by field (số liệu ý kiến).

    Each field is a column: a year of a city's communes has some 24,000 counts, in 1,300 rows.
    """

    __tablename__ = "opinion_figure"
    __table_args__ = (
        *(Column(name, Integer, nullable=False, server_default="0") for name in COUNTS),
        {"sqlite_with_rowid": False},
    )

    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    month: str = Field(primary_key=True)


class AdditionRow(MainTable, table=True):
    """What a resident said later, beside what they wrote first (bổ sung)."""

    __tablename__ = "addition"

    id: str = Field(primary_key=True)
    opinion_id: str = Field(foreign_key="opinion.id", index=True)
    text: str
    added_at: datetime


class CaseStepRow(MainTable, table=True):
    """That something was said about one deadline of a case; each of them once."""

    __tablename__ = "case_step"

    opinion_id: str = Field(primary_key=True, foreign_key="opinion.id")
    news: str = Field(primary_key=True)
    about: datetime = Field(primary_key=True)
    told_at: datetime


class SavedViewRow(MainTable, table=True):
    """A view of the queue that somebody keeps; never with words to look for (bộ lọc đã lưu)."""

    __tablename__ = "saved_view"

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    written: str = Field(primary_key=True)
    kept_at: datetime
