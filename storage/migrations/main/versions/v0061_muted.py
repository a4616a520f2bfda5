"""A case remembers that its writer was muted from there."""

import sqlalchemy as sa
from alembic import op

revision = "main_0061"
down_revision = "main_0060"


def upgrade() -> None:
    op.add_column("opinion", sa.Column("muted_until", sa.Date(), nullable=True))
