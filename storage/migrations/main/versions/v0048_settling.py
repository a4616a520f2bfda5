"""The buttons below an answer are found by their case."""

import sqlalchemy as sa
from alembic import op

revision = "main_0048"
down_revision = "main_0047"

THOSE = sa.text("action = 'opinion:settle'")


def upgrade() -> None:
    op.create_index(
        "ix_button_settling",
        "button",
        ["subject"],
        sqlite_where=THOSE,
        postgresql_where=THOSE,
    )
