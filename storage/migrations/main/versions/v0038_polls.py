"""Polls: the question, its copies in the groups, and what was published of them."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0038"
down_revision = "main_0037"


def upgrade() -> None:
    for table in ("bulletin_draft", "revision"):
        op.add_column(table, sa.Column("poll", sa.String(), nullable=False, server_default=""))
        op.add_column(table, sa.Column("follows", sa.String(), nullable=True))
    _copies()
    _results()


def _copies() -> None:
    op.create_table(
        "poll_copy",
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("broadcast_id", sa.String(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'counted', 'uncounted', 'lost')", name="state"),
        sa.CheckConstraint("(state = 'counted') = (counts <> '')", name="counted"),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcast.id"]),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("ix_poll_copy_broadcast_id", "poll_copy", ["broadcast_id"])
    op.create_index("ix_poll_copy_poll", "poll_copy", ["bot_id", "poll_id"])
    op.create_index("ix_poll_copy_due", "poll_copy", ["bot_id", "state", "try_at"])
    refuse(
        "final_counts_never_change",
        "UPDATE ON poll_copy",
        "OLD.state = 'counted' AND (NEW.state <> OLD.state OR NEW.counts <> OLD.counts"
        " OR NEW.voters <> OLD.voters)",
    )


def _results() -> None:
    op.create_table(
        "poll_result",
        sa.Column("broadcast_id", sa.String(), nullable=False),
        sa.Column("published", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcast.id"]),
        sa.PrimaryKeyConstraint("broadcast_id"),
    )
    refuse("results_are_published_once", "UPDATE ON poll_result")
    refuse("results_are_never_removed", "DELETE ON poll_result")
