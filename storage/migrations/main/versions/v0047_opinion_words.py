"""Figures of opinions month by month, made from what is there."""

import sqlalchemy as sa
from alembic import op

from storage.opinion_figures import recount

revision = "main_0047"
down_revision = "main_0046"


def upgrade() -> None:
    op.create_table(
        "opinion_figure",
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "state", "month", "field"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
    )
    recount(op.get_bind())
