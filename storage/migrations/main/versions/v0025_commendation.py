"""Good words for those in the field, until whoever wrote them takes them back."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0025"
down_revision = "main_0024"


def upgrade() -> None:
    op.create_table(
        "commendation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"]),
        sa.CheckConstraint("author_id <> person_id", name="second_person"),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 300", name="text"),
    )
    op.create_index("ix_commendation_person", "commendation", ["person_id", "given_at"])
    refuse("a_commendation_never_changes", "UPDATE ON commendation")
