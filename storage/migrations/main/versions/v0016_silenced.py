"""A group in which the bot may not speak for a while, told apart from one that put it out."""

import sqlalchemy as sa
from alembic import op

revision = "main_0016"
down_revision = "main_0015"


def upgrade() -> None:
    op.add_column(
        "chat", sa.Column("silenced", sa.Boolean(), nullable=False, server_default=sa.false())
    )
