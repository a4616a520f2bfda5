"""Material for communicators: approved by a second person, and kept from every group."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0037"
down_revision = "main_0036"

KINDS = "kind IN ('chuyen_de', 'hoi_dap', 'tai_lieu_phat')"
STATES = "state IN ('draft', 'in_review', 'approved', 'withdrawn')"
SIZE = "length(content) BETWEEN 1 AND 20971520 AND length(content) = size"
WHOLE = (
    "title <> '' AND source <> '' AND issuing_body <> '' AND"
    " (kind <> 'chuyen_de' OR (text <> '' AND minutes IS NOT NULL)) AND"
    " (kind <> 'hoi_dap' OR pairs <> '[]') AND"
    " (kind <> 'tai_lieu_phat' OR file_id IS NOT NULL)"
)
SECOND_PERSON = (
    "NEW.state = 'approved' AND NOT EXISTS (SELECT 1 FROM material_approval AS agreed"
    " JOIN material_revision AS submitted ON submitted.id = agreed.revision_id"
    " WHERE submitted.material_id = NEW.id AND submitted.number = NEW.revision)"
)
ELSEWHERE = "NEW.origin_id LIKE 'material:%' AND substr(NEW.destination, 1, 7) <> 'person:'"


def upgrade() -> None:
    _material()
    _material_file()
    _material_draft()
    _material_revision()
    _material_approval()
    _refuse()


def _text(name: str, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str) -> "sa.Column[datetime]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _body(field_may_be_missing: bool) -> "list[sa.Column[Any]]":
    """The columns of what it says, in a draft as in a revision."""
    return [
        _text("kind"),
        _text("audience_unit_id"),
        _text("title"),
        _text("field", field_may_be_missing),
        _text("text"),
        _text("points"),
        _text("pairs"),
        sa.Column("minutes", sa.Integer()),
        _text("issuing_body"),
        _text("source"),
        sa.Column("valid_until", sa.Date()),
        _text("file_id", nullable=True),
    ]


def _material() -> None:
    op.create_table(
        "material",
        _text("id"),
        _text("unit_id"),
        _text("author_id"),
        _text("state"),
        sa.Column("revision", sa.Integer(), nullable=False),
        _moment("begun_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"]),
        sa.UniqueConstraint("id", "author_id"),
        sa.CheckConstraint(STATES, name="state"),
    )
    op.create_index("ix_material_unit_id", "material", ["unit_id"])


def _material_file() -> None:
    op.create_table(
        "material_file",
        _text("id"),
        _text("material_id"),
        _text("name"),
        _text("media"),
        sa.Column("size", sa.Integer(), nullable=False),
        _text("sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _moment("added_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"]),
        sa.UniqueConstraint("id", "sha256"),
        sa.CheckConstraint(SIZE, name="size"),
    )
    op.create_index("ix_material_file_material_id", "material_file", ["material_id"])


def _material_draft() -> None:
    op.create_table(
        "material_draft",
        _text("material_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_body(field_may_be_missing=True),
        sa.PrimaryKeyConstraint("material_id"),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"]),
        sa.ForeignKeyConstraint(["audience_unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["file_id"], ["material_file.id"]),
        sa.CheckConstraint(KINDS, name="kind"),
    )


def _material_revision() -> None:
    op.create_table(
        "material_revision",
        _text("id"),
        _text("material_id"),
        _text("unit_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("author_id"),
        *_body(field_may_be_missing=False),
        _text("file_sha256", nullable=True),
        _text("hash"),
        _moment("submitted_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["audience_unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"]),
        sa.ForeignKeyConstraint(
            ["material_id", "author_id"], ["material.id", "material.author_id"]
        ),
        sa.ForeignKeyConstraint(
            ["file_id", "file_sha256"], ["material_file.id", "material_file.sha256"]
        ),
        sa.UniqueConstraint("material_id", "number"),
        sa.UniqueConstraint("id", "author_id", "hash"),
        sa.CheckConstraint(KINDS, name="kind"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 180", name="minutes"),
        sa.CheckConstraint(WHOLE, name="whole"),
        sa.CheckConstraint("(file_id IS NULL) = (file_sha256 IS NULL)", name="file"),
    )
    op.create_index(
        "ix_material_revision_audience_unit_id", "material_revision", ["audience_unit_id"]
    )


def _material_approval() -> None:
    op.create_table(
        "material_approval",
        _text("id"),
        _text("revision_id"),
        _text("revision_hash"),
        _text("author_id"),
        _text("approver_id"),
        _moment("approved_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"]),
        sa.ForeignKeyConstraint(
            ["revision_id", "author_id", "revision_hash"],
            ["material_revision.id", "material_revision.author_id", "material_revision.hash"],
        ),
        sa.UniqueConstraint("revision_id"),
        sa.CheckConstraint("author_id <> approver_id", name="second_person"),
    )


def _refuse() -> None:
    begins = "NEW.state <> 'draft' OR NEW.revision <> 0"
    refuse("material_begins_as_a_draft", "INSERT ON material", begins)
    refuse("a_second_person_approves_material", "UPDATE ON material", SECOND_PERSON)
    refuse("material_keeps_its_author", "UPDATE OF id, author_id ON material")
    refuse("material_is_never_removed", "DELETE ON material")
    refuse("a_file_of_material_never_changes", "UPDATE ON material_file")
    refuse("a_revision_of_material_never_changes", "UPDATE ON material_revision")
    refuse("a_revision_of_material_is_never_removed", "DELETE ON material_revision")
    refuse("an_approval_of_material_never_changes", "UPDATE ON material_approval")
    refuse("an_approval_of_material_is_never_removed", "DELETE ON material_approval")
    refuse("word_of_material_goes_to_persons_only", "INSERT ON outbox", ELSEWHERE)
