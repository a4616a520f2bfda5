"""The index of opinions' words in small pages, each block of a file written in one piece."""

import sqlalchemy as sa
from alembic import op

revision = "main_0078"
down_revision = "main_0077"

BLOCKS = sa.text(
    "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE opinion_words_%'"
)


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    for block in connection.execute(BLOCKS).scalars().all():
        op.execute(f"INSERT INTO {block} ({block}, rank) VALUES ('pgsz', 512)")  # noqa: S608
        op.execute(f"INSERT INTO {block} ({block}) VALUES ('optimize')")  # noqa: S608
