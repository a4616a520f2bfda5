"""A unit keeps templates for its answers."""

import sqlalchemy as sa
from alembic import op

revision = "main_0064"
down_revision = "main_0063"


def upgrade() -> None:
    op.create_table(
        "letter_template",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kept_by", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["kept_by"], ["person.id"]),
    )
    op.create_index("ix_letter_template_unit_id", "letter_template", ["unit_id"])
