"""Bulletins keep the order in which they were begun, which SQLite alone knows by itself."""

import sqlalchemy as sa
from alembic import op

revision = "main_0010"
down_revision = "main_0009"


def upgrade() -> None:
    op.add_column("bulletin", sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
    if op.get_context().dialect.name == "sqlite":
        op.execute("UPDATE bulletin SET place = rowid")
