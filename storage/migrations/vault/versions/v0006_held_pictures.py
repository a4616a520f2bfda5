"""Pictures that wait, sealed, with the opinion that they belong to."""

import sqlalchemy as sa
from alembic import op

revision = "vault_0006"
down_revision = "vault_0005"


def upgrade() -> None:
    op.create_table(
        "held_picture",
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("handle"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_held_picture_draft", "held_picture", ["draft"])
    op.create_index("ix_held_picture_epoch", "held_picture", ["epoch"])
