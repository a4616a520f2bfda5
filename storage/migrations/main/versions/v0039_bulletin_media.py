"""What goes along with bulletins, byte for byte as it was approved; albums in the outbox."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0039"
down_revision = "main_0038"


def upgrade() -> None:
    for table in ("bulletin_draft", "revision"):
        op.add_column(
            table, sa.Column("attachments", sa.String(), nullable=False, server_default="")
        )
    op.add_column("outbox", sa.Column("messages", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("outbox", sa.Column("more_ids", sa.String(), nullable=False, server_default=""))
    _bulletin_media()
    _revision_media()


def _bulletin_media() -> None:
    op.create_table(
        "bulletin_media",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
        sa.CheckConstraint("length(content) BETWEEN 1 AND 20971520", name="size"),
        sa.CheckConstraint("length(sha256) = 64", name="sha256"),
    )


def _revision_media() -> None:
    op.create_table(
        "revision_media",
        sa.Column("revision_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("revision_id", "number"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"]),
        sa.ForeignKeyConstraint(["sha256"], ["bulletin_media.sha256"]),
    )
    op.create_index("ix_revision_media_sha256", "revision_media", ["sha256"])
    refuse("the_bytes_of_a_file_never_change", "UPDATE OF sha256, content ON bulletin_media")
    refuse(
        "the_bytes_of_a_revision_are_never_removed",
        "DELETE ON bulletin_media",
        "EXISTS (SELECT 1 FROM revision_media WHERE sha256 = OLD.sha256)",
    )
    refuse("the_files_of_a_revision_never_change", "UPDATE ON revision_media")
    refuse("the_files_of_a_revision_are_never_removed", "DELETE ON revision_media")
    refuse(
        "no_file_is_added_to_what_was_approved",
        "INSERT ON revision_media",
        "EXISTS (SELECT 1 FROM approval WHERE revision_id = NEW.revision_id)",
    )
