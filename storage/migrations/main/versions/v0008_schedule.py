"""Recurrences, how long a bulletin is good, and what becomes of one that is late."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0008"
down_revision = "main_0007"

A_DAY = "86400"


def upgrade() -> None:
    for table in ("bulletin_draft", "revision"):
        recurrence = sa.Column("recurrence", sa.String(), nullable=False, server_default="")
        op.add_column(table, recurrence)
        op.add_column(
            table, sa.Column("misfire", sa.String(), nullable=False, server_default="late")
        )
    good_for = sa.Column("good_for_seconds", sa.Float(), nullable=False, server_default=A_DAY)
    op.add_column("bulletin_draft", good_for)
    op.add_column("broadcast", sa.Column("late_at", sa.DateTime(timezone=True)))
    op.add_column(
        "broadcast",
        sa.Column("awaits_word", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _refuse()


def _refuse() -> None:
    refuse(
        "a_broadcast_is_not_before_its_time",
        "INSERT ON broadcast",
        "EXISTS (SELECT 1 FROM revision WHERE revision.id = NEW.revision_id"
        " AND revision.send_at IS NOT NULL AND NEW.planned_at < revision.send_at)",
    )
    refuse(
        "only_what_recurs_goes_out_again",
        "INSERT ON broadcast",
        "EXISTS (SELECT 1 FROM revision"
        " JOIN broadcast AS earlier ON earlier.revision_id = revision.id"
        " WHERE revision.id = NEW.revision_id AND revision.recurrence = ''"
        " AND earlier.planned_at <> NEW.planned_at)",
    )
