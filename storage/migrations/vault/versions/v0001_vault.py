"""The vault: sealed residents, drafts and addresses, the inbox and its cursor."""

import sqlalchemy as sa
from alembic import op

revision = "vault_0001"
down_revision = None


def upgrade() -> None:
    _address()
    _cursor()
    _inbox()
    _opinion_draft()
    _resident()


def _address() -> None:
    op.create_table(
        "address",
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("handle"),
        sqlite_with_rowid=False,
    )


def _cursor() -> None:
    op.create_table(
        "cursor",
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("next_offset", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("bot_id", "update_id"),
        sa.CheckConstraint("state IN ('waiting', 'done', 'parked')", name="state"),
    )
    op.create_index("ix_inbox_done_at", "inbox", ["done_at"])
    op.create_index("ix_inbox_waiting", "inbox", ["bot_id", "state", "line"])


def _opinion_draft() -> None:
    op.create_table(
        "opinion_draft",
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("handle"),
        sa.UniqueConstraint("who"),
        sqlite_with_rowid=False,
    )


def _resident() -> None:
    op.create_table(
        "resident",
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("who"),
        sqlite_with_rowid=False,
    )
