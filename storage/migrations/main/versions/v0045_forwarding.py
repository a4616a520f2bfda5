"""How often a case was handed to another unit, and since when it lies there."""

import sqlalchemy as sa
from alembic import op

revision = "main_0045"
down_revision = "main_0044"


def upgrade() -> None:
    counted = sa.Column("forwardings", sa.Integer(), nullable=False, server_default="0")
    op.add_column("opinion", counted)
    op.add_column("opinion", sa.Column("arrived_at", sa.DateTime(timezone=True)))
