"""The record: the audit log and the processed updates."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0005"
down_revision = "main_0004"


def upgrade() -> None:
    _audit()
    _processed()
    _refuse()


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("hash"),
    )


def _processed() -> None:
    op.create_table(
        "processed",
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id"),
    )


def _refuse() -> None:
    refuse("the_record_never_changes", "UPDATE ON audit")
    refuse("nothing_leaves_the_record", "DELETE ON audit")
    refuse(
        "the_record_only_grows_at_its_end",
        "INSERT ON audit",
        "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit)"
        " OR NEW.previous_hash <> coalesce((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1),"
        " '0000000000000000000000000000000000000000000000000000000000000000')",
    )
