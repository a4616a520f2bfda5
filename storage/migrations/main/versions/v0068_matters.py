"""Cases about one matter are gathered, to be answered by one bulletin."""

import sqlalchemy as sa
from alembic import op

revision = "main_0068"
down_revision = "main_0067"


def upgrade() -> None:
    op.create_table(
        "matter",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bulletin_id", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"]),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 80", name="title"),
    )
    op.create_index("ix_matter_unit_id", "matter", ["unit_id"])
    op.create_index("ix_matter_bulletin_id", "matter", ["bulletin_id"])
    op.create_table(
        "matter_case",
        sa.Column("opinion_id", sa.String(), nullable=False),
        sa.Column("matter_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("opinion_id"),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"]),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"]),
    )
    op.create_index("ix_matter_case_matter_id", "matter_case", ["matter_id"])
