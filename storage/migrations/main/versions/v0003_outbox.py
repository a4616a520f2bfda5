"""The outbox: everything that is owed to somebody."""

import sqlalchemy as sa
from alembic import op

revision = "main_0003"
down_revision = "main_0002"


def upgrade() -> None:
    _outbox()


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("origin_kind", sa.String(), nullable=False),
        sa.Column("origin_id", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("payload", sa.String()),
        sa.Column("payload_hash", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("not_after", sa.DateTime(timezone=True)),
        sa.Column("delete_after_seconds", sa.Float()),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("delete_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("origin_kind", "origin_id", "destination", "part"),
        sa.CheckConstraint("origin_kind <> 'broadcast' OR payload IS NULL", name="words_once"),
        sa.CheckConstraint("origin_kind IN ('broadcast', 'card', 'letter')", name="origin_kind"),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'uncertain', 'failed', 'cancelled', 'expired')",
            name="state",
        ),
    )
    op.create_index("ix_outbox_delete_at", "outbox", ["delete_at"])
    op.create_index("ix_outbox_destination", "outbox", ["destination"])
    op.create_index("ix_outbox_ready", "outbox", ["state", "lane", "seq"])
