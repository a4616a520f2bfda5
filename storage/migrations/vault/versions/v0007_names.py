"""What waits is named by a blind index, so that no handle of a case stands beside a person's."""

from alembic import op

revision = "vault_0007"
down_revision = "vault_0006"

WAITING = "opinion_draft", "public_reply", "held_picture"


def upgrade() -> None:
    # The new names are made with the months' keys, which no migration has: what is being written
    # right now is erased, and its buttons say so. docs/operations.md tells it beforehand.
    for table in WAITING:
        op.execute(f"DELETE FROM {table}")  # noqa: S608 - put together from constants
        op.execute(f"ALTER TABLE {table} RENAME COLUMN handle TO name")
    # An update that waits goes on under its row's name. What was parked never becomes a case.
    op.execute("ALTER TABLE inbox RENAME COLUMN handle TO name")
    op.execute("UPDATE inbox SET line = '' WHERE state = 'parked'")
