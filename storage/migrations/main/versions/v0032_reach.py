"""Which groups of its places a bulletin is meant for, and which part of a series it is."""

import sqlalchemy as sa
from alembic import op

revision = "main_0032"
down_revision = "main_0031"


def upgrade() -> None:
    for table in ("bulletin_draft", "revision"):
        for column in ("reach", "series"):
            op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default=""))
