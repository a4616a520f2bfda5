"""A bulletin's title, its formatting, and what it says in other languages."""

import sqlalchemy as sa
from alembic import op

revision = "main_0031"
down_revision = "main_0030"


def upgrade() -> None:
    for table in ("bulletin_draft", "revision"):
        for name in ("title", "marks", "translations"):
            op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
