"""A unit keeps labels for its cases, and lists of cases are read along them."""

import sqlalchemy as sa
from alembic import op

revision = "main_0067"
down_revision = "main_0066"

STILL_OPEN = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "label",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kept_by", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.ForeignKeyConstraint(["kept_by"], ["person.id"]),
        sa.UniqueConstraint("unit_id", "key"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 24", name="name"),
    )
    op.create_table(
        "case_label",
        sa.Column("label_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opinion_id", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("label_id", "seq"),
        sa.ForeignKeyConstraint(["label_id"], ["label.id"]),
        sa.ForeignKeyConstraint(["opinion_id"], ["opinion.id"]),
    )
    op.create_index("ix_case_label_of_case", "case_label", ["opinion_id"])
    op.create_index(
        "ix_case_label_due",
        "case_label",
        ["label_id", "due_at", "seq"],
        sqlite_where=STILL_OPEN,
        postgresql_where=STILL_OPEN,
    )
