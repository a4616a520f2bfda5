"""What was written in a group for all to read says so, and what it answered."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0046"
down_revision = "main_0045"


def upgrade() -> None:
    op.add_column(
        "opinion", sa.Column("is_public", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "opinion", sa.Column("replied_to", sa.String(), nullable=False, server_default="")
    )
    refuse(
        "written_in_public_is_said_for_good",
        "UPDATE OF is_public ON opinion",
        "NEW.is_public <> OLD.is_public",
    )
