"""Answers in groups that wait, sealed, for the consent of whoever wrote them."""

import sqlalchemy as sa
from alembic import op

revision = "vault_0004"
down_revision = "vault_0003"


def upgrade() -> None:
    op.create_table(
        "public_reply",
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("handle"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_public_reply_who", "public_reply", ["who"])
    op.create_index("ix_public_reply_epoch", "public_reply", ["epoch"])
