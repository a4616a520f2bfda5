"""The inbox: a second key against repeats, and an index of what waits and of nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "vault_0002"
down_revision = "vault_0001"

WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    # What waits already has no other name than its handle, which nothing else has.
    op.add_column("inbox", sa.Column("said", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE inbox SET said = handle")
    with op.batch_alter_table("inbox") as inbox:
        inbox.alter_column("said", server_default=None)
    op.create_index("uq_inbox_said", "inbox", ["bot_id", "said"], unique=True)
    op.drop_index("ix_inbox_waiting", "inbox")
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["bot_id", "line", "update_id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
