"""What was said about the deadlines of a case."""

import sqlalchemy as sa
from alembic import op

revision = "main_0052"
down_revision = "main_0051"


def upgrade() -> None:
    op.create_table(
        "case_step",
        sa.Column("opinion_id", sa.String(), nullable=False),
        sa.Column("news", sa.String(), nullable=False),
        sa.Column("about", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("opinion_id", "news", "about"),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"]),
    )
