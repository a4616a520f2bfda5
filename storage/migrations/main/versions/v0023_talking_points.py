"""What to say about a bulletin, written and approved together with it."""

import sqlalchemy as sa
from alembic import op

revision = "main_0023"
down_revision = "main_0022"


def upgrade() -> None:
    for table in ("bulletin_draft", "revision"):
        op.add_column(
            table, sa.Column("talking_points", sa.String(), nullable=False, server_default="")
        )
