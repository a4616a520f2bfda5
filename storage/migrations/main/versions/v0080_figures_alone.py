"""Figures of opinions by unit, month and field alone: by state nobody reads them."""

import sqlalchemy as sa
from alembic import op

revision = "main_0080"
down_revision = "main_0079"

ASIDE = """CREATE TABLE figures_aside AS
    SELECT unit_id, month, field, count FROM opinion_figure WHERE state = ''"""
BACK = """INSERT INTO opinion_figure (unit_id, month, field, count)
    SELECT unit_id, month, field, count FROM figures_aside ORDER BY unit_id, month, field"""


def upgrade() -> None:
    op.execute(ASIDE)
    op.drop_table("opinion_figure")
    op.create_table(
        "opinion_figure",
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "month", "field", postgresql_include=["count"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sqlite_with_rowid=False,
    )
    op.execute(BACK)
    op.execute("DROP TABLE figures_aside")
