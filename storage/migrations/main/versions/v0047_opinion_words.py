"""Figures of opinions month by month, made from what is there."""

import sqlalchemy as sa
from alembic import op

revision = "main_0047"
down_revision = "main_0046"

# '' stands for all states together; a later step drops what was kept of each state.
COUNTED = """
INSERT INTO opinion_figure (unit_id, state, month, field, count)
SELECT unit_closure.ancestor_id, '', {month}, coalesce(opinion.field, ''), count(*)
FROM opinion JOIN unit_closure ON unit_closure.descendant_id = opinion.unit_id
GROUP BY 1, 3, 4
"""
# Viet Nam is seven hours before UTC. What is below a second would be rounded by a file.
MONTH = {
    "sqlite": "strftime('%Y-%m', substr(opinion.filed_at, 1, 19), '+7 hours')",
    "postgresql": "to_char(opinion.filed_at AT TIME ZONE 'UTC' + interval '7 hours', 'YYYY-MM')",
}


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
    op.execute(COUNTED.format(month=MONTH[op.get_context().dialect.name]))
