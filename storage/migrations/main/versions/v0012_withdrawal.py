"""Withdrawals: who took a bulletin back, and what became of each message of it."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0012"
down_revision = "main_0011"


def upgrade() -> None:
    op.create_table(
        "withdrawal",
        sa.Column("bulletin_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("bulletin_id"),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
    )
    op.add_column("outbox", sa.Column("removal", sa.String(), nullable=False, server_default=""))
    refuse(
        "only_what_was_withdrawn_is_taken_away",
        "UPDATE OF removal ON outbox",
        "NEW.removal <> OLD.removal AND NOT EXISTS (SELECT 1 FROM withdrawal"
        " JOIN broadcast ON broadcast.bulletin_id = withdrawal.bulletin_id"
        " WHERE broadcast.id = NEW.origin_id AND NEW.origin_kind = 'broadcast')",
    )
    refuse(
        "what_was_withdrawn_goes_out_no_more",
        "UPDATE OF state ON broadcast",
        "NEW.state IN ('planned', 'released') AND NEW.state <> OLD.state AND EXISTS"
        " (SELECT 1 FROM withdrawal WHERE withdrawal.bulletin_id = NEW.bulletin_id)",
    )
    refuse("a_withdrawal_is_never_removed", "DELETE ON withdrawal")
