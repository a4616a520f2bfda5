"""The marks of handled updates know their day, so that they need not be kept for good."""

import sqlalchemy as sa
from alembic import op

revision = "main_0049"
down_revision = "main_0048"


def upgrade() -> None:
    op.add_column("processed", sa.Column("marked_on", sa.Date()))
    # Of those that are there nobody knows: their time begins today.
    op.execute("UPDATE processed SET marked_on = CURRENT_DATE")
    op.create_index("ix_processed_marked_on", "processed", ["marked_on"])
