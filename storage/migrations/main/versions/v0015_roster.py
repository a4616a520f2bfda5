"""The roster: what people on it speak."""

import sqlalchemy as sa
from alembic import op

revision = "main_0015"
down_revision = "main_0014"


def upgrade() -> None:
    op.add_column("person", sa.Column("languages", sa.String(), nullable=False, server_default=""))
