"""What an account did in the last hour."""

import sqlalchemy as sa
from alembic import op

revision = "vault_0005"
down_revision = "vault_0004"


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("who"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tally_expires_at", "tally", ["expires_at"])
