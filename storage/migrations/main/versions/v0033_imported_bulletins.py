"""Which of somebody's bulletins came from which file."""

import sqlalchemy as sa
from alembic import op

revision = "main_0033"
down_revision = "main_0032"


def upgrade() -> None:
    op.create_table(
        "imported_bulletin",
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bulletin_id", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("author_id", "name"),
        sa.UniqueConstraint("bulletin_id"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"]),
    )
