"""Views of the queue that people keep for themselves."""

import sqlalchemy as sa
from alembic import op

revision = "main_0055"
down_revision = "main_0054"


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "written"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
    )
