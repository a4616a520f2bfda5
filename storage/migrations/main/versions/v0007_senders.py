"""Several bots: whose to send an entry is, and which process sends for a bot."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0007"
down_revision = "main_0006"

OPEN = "state IN ('queued', 'sending')"


def upgrade() -> None:
    op.add_column(
        "outbox", sa.Column("bot_id", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.execute(
        "UPDATE outbox SET bot_id = (SELECT bot_id FROM chat"
        " WHERE chat.id = substr(outbox.destination, 6))"
        " WHERE substr(destination, 1, 5) = 'chat:'"
    )
    op.add_column("broadcast", sa.Column("lined_up_to", sa.String(), server_default=""))
    op.execute("UPDATE broadcast SET lined_up_to = NULL WHERE state <> 'planned'")
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["origin_kind", "origin_id"],
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    op.drop_index("ix_outbox_ready", "outbox")
    op.create_index("ix_outbox_ready", "outbox", ["bot_id", "state", "lane", "seq"])
    op.create_table(
        "duty",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    refuse("a_term_only_grows", "UPDATE OF term ON duty", "NEW.term < OLD.term")
