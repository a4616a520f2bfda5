"""A year's figures are read in one place, and not row by row."""

from alembic import op

revision = "main_0063"
down_revision = "main_0062"


def upgrade() -> None:
    op.create_index(
        "ix_opinion_figure_whole",
        "opinion_figure",
        ["unit_id", "state", "month", "field", "count"],
    )
