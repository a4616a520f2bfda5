"""Tables of material for communicators: drafts, files, frozen revisions, approvals."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.registry import MainTable

KINDS = "kind IN ('chuyen_de', 'hoi_dap', 'tai_lieu_phat')"
STATES = "state IN ('draft', 'in_review', 'approved', 'withdrawn')"
SIZE = "length(content) BETWEEN 1 AND 20971520 AND length(content) = size"
WHOLE = (
    "title <> '' AND source <> '' AND issuing_body <> '' AND"
    " (kind <> 'chuyen_de' OR (text <> '' AND minutes IS NOT NULL)) AND"
    " (kind <> 'hoi_dap' OR pairs <> '[]') AND"
    " (kind <> 'tai_lieu_phat' OR file_id IS NOT NULL)"
)


class MaterialRow(MainTable, table=True):
    """Something for communicators, and its place in the workflow (tài liệu tuyên truyền)."""

    __tablename__ = "material"
    __table_args__ = (
        CheckConstraint(STATES, name="state"),
        # What the foreign key of its revisions points at.
        UniqueConstraint("id", "author_id"),
    )

    id: str = Field(primary_key=True)
    unit_id: str = Field(foreign_key="unit.id", index=True)
    author_id: str = Field(foreign_key="person.id")
    state: str
    revision: int
    begun_at: datetime


class MaterialFileRow(MainTable, table=True):
    """A handout with its bytes, which are read only to be sent; never changed (tệp)."""

    __tablename__ = "material_file"
    __table_args__ = (
        CheckConstraint(SIZE, name="size"),
        # What the foreign key of revisions points at: each names the bytes it was hashed with.
        UniqueConstraint("id", "sha256"),
    )

    id: str = Field(primary_key=True)
    material_id: str = Field(foreign_key="material.id", index=True)
    name: str
    media: str
    size: int
    sha256: str
    content: bytes
    added_at: datetime


class MaterialDraftRow(MainTable, table=True):
    """What an author is still writing (bản nháp)."""

    __tablename__ = "material_draft"
    __table_args__ = (CheckConstraint(KINDS, name="kind"),)

    material_id: str = Field(primary_key=True, foreign_key="material.id")
    version: int
    kind: str
    audience_unit_id: str = Field(foreign_key="unit.id")
    title: str
    field: str | None = None
    text: str
    points: str
    pairs: str
    """Questions and answers as JSON."""
    minutes: int | None = None
    issuing_body: str
    source: str
    valid_until: date | None = None
    file_id: str | None = Field(default=None, foreign_key="material_file.id")


class MaterialRevisionRow(MainTable, table=True):
    """What was submitted, letter for letter and file for file (phiên bản); never changed."""

    __tablename__ = "material_revision"
    __table_args__ = (
        CheckConstraint(KINDS, name="kind"),
        CheckConstraint("minutes BETWEEN 1 AND 180", name="minutes"),
        CheckConstraint(WHOLE, name="whole"),
        CheckConstraint("(file_id IS NULL) = (file_sha256 IS NULL)", name="file"),
        ForeignKeyConstraint(["material_id", "author_id"], ["material.id", "material.author_id"]),
        ForeignKeyConstraint(
            ["file_id", "file_sha256"], ["material_file.id", "material_file.sha256"]
        ),
        UniqueConstraint("material_id", "number"),
        # What the foreign key of approvals points at.
        UniqueConstraint("id", "author_id", "hash"),
        Index("ix_material_revision_audience_unit_id", "audience_unit_id"),
    )

    id: str = Field(primary_key=True)
    material_id: str
    unit_id: str = Field(foreign_key="unit.id")
    number: int
    author_id: str = Field(foreign_key="person.id")
    kind: str
    audience_unit_id: str = Field(foreign_key="unit.id")
    title: str
    field: str
    text: str
    points: str
    pairs: str
    minutes: int | None = None
    issuing_body: str
    source: str
    valid_until: date | None = None
    file_id: str | None = None
    file_sha256: str | None = None
    hash: str
    submitted_at: datetime


class MaterialApprovalRow(MainTable, table=True):
    """A second person's agreement, bound to the hash of all of it (phê duyệt)."""

    __tablename__ = "material_approval"
    __table_args__ = (
        ForeignKeyConstraint(
            ["revision_id", "author_id", "revision_hash"],
            ["material_revision.id", "material_revision.author_id", "material_revision.hash"],
        ),
        CheckConstraint("author_id <> approver_id", name="second_person"),
    )

    id: str = Field(primary_key=True)
    revision_id: str = Field(unique=True)
    revision_hash: str
    author_id: str
    approver_id: str = Field(foreign_key="person.id")
    approved_at: datetime
