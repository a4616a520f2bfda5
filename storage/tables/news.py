"""Tables of bulletins: drafts, frozen revisions, approvals and their occurrences."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.registry import MainTable


class BulletinRow(MainTable, table=True):
    """A short message and its place in the workflow (bản tin)."""

    __tablename__ = "bulletin"

    id: str = Field(primary_key=True)
    unit_id: str = Field(foreign_key="unit.id", index=True)
    author_id: str = Field(foreign_key="person.id")
    state: str
    revision: int
    place: int
    """The order in which they were begun."""


class DraftRow(MainTable, table=True):
    """What an author is still writing."""

    __tablename__ = "bulletin_draft"

    bulletin_id: str = Field(primary_key=True, foreign_key="bulletin.id")
    unit_id: str = Field(foreign_key="unit.id")
    text: str
    field: str | None = None
    bulletin_class: str
    issuing_body: str
    source: str
    audience_unit_id: str = Field(foreign_key="unit.id")
    version: int = 1
    send_at: datetime | None = None
    recurrence: str
    good_for_seconds: float
    misfire: str
    corrects: str | None = None
    corrected_at: datetime | None = None
    talking_points: str = ""
    title: str = ""
    marks: str = ""
    """A list of their forms as JSON; empty without any."""
    translations: str = ""
    reach: str = ""
    series: str = ""
    """Like the marks."""
    poll: str = ""
    """Its form as JSON; empty without one."""
    follows: str | None = None
    attachments: str = ""
    """Like the marks."""


class RevisionRow(MainTable, table=True):
    """What was submitted, letter for letter (phiên bản); never changed."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("bulletin_id", "number"),
        CheckConstraint("approvals_needed IN (1, 2)", name="approvals_needed"),
        # What the foreign keys of approvals and broadcasts point at.
        UniqueConstraint("id", "author_id", "hash"),
        UniqueConstraint("id", "bulletin_id"),
    )

    id: str = Field(primary_key=True)
    bulletin_id: str = Field(foreign_key="bulletin.id")
    unit_id: str = Field(foreign_key="unit.id")
    number: int
    author_id: str = Field(foreign_key="person.id")
    text: str
    field: str
    bulletin_class: str
    issuing_body: str
    source: str
    audience_unit_id: str = Field(foreign_key="unit.id")
    send_at: datetime | None = None
    good_for_seconds: float
    recurrence: str
    """Its form as JSON; empty for one that goes out once."""
    misfire: str
    written: str
    """The canonical text that is hashed; it holds the markup and a digest of the groups."""
    hash: str
    submitted_at: datetime
    corrects: str | None = None
    corrected_at: datetime | None = None
    talking_points: str = ""
    poll: str = ""
    follows: str | None = None
    approvals_needed: int = 1
    title: str = ""
    marks: str = ""
    """A list of their forms as JSON; empty without any."""
    translations: str = ""
    reach: str = ""
    series: str = ""
    """Like the marks."""
    attachments: str = ""
    """Like the marks."""


class RevisionChatRow(MainTable, table=True):
    """One group that a revision was submitted for."""

    __tablename__ = "revision_chat"

    revision_id: str = Field(primary_key=True, foreign_key="revision.id")
    chat_id: str = Field(primary_key=True, foreign_key="chat.id")


class RevisionChoiceRow(MainTable, table=True):
    """One value that an emergency template leaves to be chosen."""

    __tablename__ = "revision_choice"

    revision_id: str = Field(primary_key=True, foreign_key="revision.id")
    slot: int = Field(primary_key=True)
    value: str = Field(primary_key=True)


class ApprovalRow(MainTable, table=True):
    """A second person's agreement to a revision, bound to its hash (phê duyệt)."""

    __tablename__ = "approval"
    __table_args__ = (
        ForeignKeyConstraint(
            ["revision_id", "author_id", "revision_hash"],
            ["revision.id", "revision.author_id", "revision.hash"],
        ),
        CheckConstraint("author_id <> approver_id", name="second_person"),
        UniqueConstraint("id", "revision_id", "revision_hash"),
    )

    id: str = Field(primary_key=True)
    revision_id: str = Field(unique=True)
    revision_hash: str
    author_id: str
    approver_id: str = Field(foreign_key="person.id")
    approved_at: datetime


class BroadcastRow(MainTable, table=True):
    """An approved revision at one planned time (đợt phát tin)."""

    __tablename__ = "broadcast"
    __table_args__ = (
        ForeignKeyConstraint(
            ["approval_id", "revision_id", "revision_hash"],
            ["approval.id", "approval.revision_id", "approval.revision_hash"],
        ),
        ForeignKeyConstraint(
            ["revision_id", "bulletin_id"], ["revision.id", "revision.bulletin_id"]
        ),
        UniqueConstraint("revision_id", "planned_at"),
        Index("ix_broadcast_revision", "id", "revision_id", unique=True),
        Index("ix_broadcast_planned_at", "planned_at"),
        CheckConstraint(
            "state IN ('planned', 'released', 'finished', 'stopped', 'expired')", name="state"
        ),
    )

    id: str = Field(primary_key=True)
    bulletin_id: str = Field(index=True)
    revision_id: str
    revision_hash: str
    approval_id: str
    planned_at: datetime
    not_after: datetime
    state: str = Field(index=True)
    lined_up_to: str | None = ""
    """The last group, by id, that has its entry in the outbox; None when all of them have."""
    told: bool = False
    """Whether author and approver know how a stopped one ended."""
    late_at: datetime | None = None
    awaits_word: bool = False


class WithdrawalRow(MainTable, table=True):
    """Who took a bulletin back from its groups (thu hồi)."""

    __tablename__ = "withdrawal"

    bulletin_id: str = Field(primary_key=True, foreign_key="bulletin.id")
    person_id: str = Field(foreign_key="person.id")
    asked_at: datetime
    told: bool = False


class BroadcastChoiceRow(MainTable, table=True):
    """A value that was chosen when an emergency template was released."""

    __tablename__ = "broadcast_choice"
    __table_args__ = (
        ForeignKeyConstraint(
            ["broadcast_id", "revision_id"], ["broadcast.id", "broadcast.revision_id"]
        ),
        ForeignKeyConstraint(
            ["revision_id", "slot", "value"],
            ["revision_choice.revision_id", "revision_choice.slot", "revision_choice.value"],
        ),
    )

    broadcast_id: str = Field(primary_key=True)
    slot: int = Field(primary_key=True)
    revision_id: str
    value: str
