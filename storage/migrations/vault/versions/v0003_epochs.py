"""What is still sealed under an older month's key is found without reading all the rest."""

import sqlalchemy as sa
from alembic import op

revision = "vault_0003"
down_revision = "vault_0002"

PARKED = sa.text("state = 'parked'")


def upgrade() -> None:
    for table in ("address", "opinion_draft", "resident"):
        op.create_index(f"ix_{table}_epoch", table, ["epoch"])
    op.create_index(
        "ix_inbox_parked", "inbox", ["epoch"], sqlite_where=PARKED, postgresql_where=PARKED
    )
