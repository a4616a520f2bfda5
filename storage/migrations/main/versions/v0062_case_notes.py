"""Staff note something on a case for each other."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0062"
down_revision = "main_0061"


def upgrade() -> None:
    op.create_table(
        "case_note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("opinion_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"]),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"]),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 500", name="text"),
    )
    op.create_index("ix_case_note_opinion_id", "case_note", ["opinion_id"])
    refuse("a_note_on_a_case_never_changes", "UPDATE ON case_note")
