"""The days on which staff decided that the offices work, or do not."""

import sqlalchemy as sa
from alembic import op

revision = "main_0009"
down_revision = "main_0008"


def upgrade() -> None:
    op.create_table(
        "office_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day"),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"]),
    )
