"""Whose group it is, and the words by which some groups can be meant."""

import sqlalchemy as sa
from alembic import op

revision = "main_0030"
down_revision = "main_0029"


def upgrade() -> None:
    for column, default in (("kind", "dan_cu"), ("tags", "")):
        op.add_column(
            "chat", sa.Column(column, sa.String(), nullable=False, server_default=default)
        )
