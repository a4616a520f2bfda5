"""News: bulletins, revisions, approvals and broadcasts."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0002"
down_revision = "main_0001"


def upgrade() -> None:
    _bulletin()
    _bulletin_draft()
    _revision()
    _approval()
    _revision_chat()
    _broadcast()
    _refuse()


def _bulletin() -> None:
    op.create_table(
        "bulletin",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
    )
    op.create_index("ix_bulletin_unit_id", "bulletin", ["unit_id"])


def _bulletin_draft() -> None:
    op.create_table(
        "bulletin_draft",
        sa.Column("bulletin_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("field", sa.String()),
        sa.Column("bulletin_class", sa.String(), nullable=False),
        sa.Column("issuing_body", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("audience_unit_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("bulletin_id"),
        sa.ForeignKeyConstraint(["audience_unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
    )


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("bulletin_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("bulletin_class", sa.String(), nullable=False),
        sa.Column("issuing_body", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("audience_unit_id", sa.String(), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True)),
        sa.Column("good_for_seconds", sa.Float(), nullable=False),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["audience_unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.UniqueConstraint("bulletin_id", "number"),
        sa.UniqueConstraint("id", "author_id", "hash"),
        sa.UniqueConstraint("id", "bulletin_id"),
    )


def _approval() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision_id", sa.String(), nullable=False),
        sa.Column("revision_hash", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("approver_id", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"]),
        sa.ForeignKeyConstraint(
            ["revision_id", "author_id", "revision_hash"],
            ["revision.id", "revision.author_id", "revision.hash"],
        ),
        sa.UniqueConstraint("id", "revision_id", "revision_hash"),
        sa.UniqueConstraint("revision_id"),
        sa.CheckConstraint("author_id <> approver_id", name="second_person"),
    )


def _revision_chat() -> None:
    op.create_table(
        "revision_chat",
        sa.Column("revision_id", sa.String(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("revision_id", "chat_id"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"]),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"]),
    )


def _broadcast() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("bulletin_id", sa.String(), nullable=False),
        sa.Column("revision_id", sa.String(), nullable=False),
        sa.Column("revision_hash", sa.String(), nullable=False),
        sa.Column("approval_id", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(
            ["approval_id", "revision_id", "revision_hash"],
            ["approval.id", "approval.revision_id", "approval.revision_hash"],
        ),
        sa.ForeignKeyConstraint(
            ["revision_id", "bulletin_id"], ["revision.id", "revision.bulletin_id"]
        ),
        sa.UniqueConstraint("revision_id", "planned_at"),
        sa.CheckConstraint(
            "state IN ('planned', 'released', 'finished', 'stopped', 'expired')", name="state"
        ),
    )
    op.create_index("ix_broadcast_bulletin_id", "broadcast", ["bulletin_id"])
    op.create_index("ix_broadcast_state", "broadcast", ["state"])


def _refuse() -> None:
    refuse("a_revision_never_changes", "UPDATE ON revision")
    refuse("a_revision_is_never_removed", "DELETE ON revision")
    refuse("frozen_groups_never_change", "UPDATE ON revision_chat")
    refuse("frozen_groups_are_never_removed", "DELETE ON revision_chat")
    refuse("an_approval_never_changes", "UPDATE ON approval")
    refuse("an_approval_is_never_removed", "DELETE ON approval")
    refuse(
        "a_broadcast_keeps_what_was_approved",
        "UPDATE OF id, bulletin_id, revision_id, revision_hash, approval_id, planned_at, not_after"
        " ON broadcast",
    )
    refuse("a_broadcast_is_never_removed", "DELETE ON broadcast")
