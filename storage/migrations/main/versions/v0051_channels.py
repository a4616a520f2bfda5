"""A channel is a place where bulletins go, and nobody answers them."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.refusing import refuse

revision = "main_0051"
down_revision = "main_0050"


def upgrade() -> None:
    op.add_column(
        "chat", sa.Column("is_channel", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    for event in ("INSERT ON chat", "UPDATE OF purpose, is_channel ON chat"):
        act = event.partition(" ")[0].lower()
        refuse(
            f"cards_about_residents_go_to_no_channel_{act}",
            event,
            "NEW.is_channel AND NEW.purpose <> 'residents'",
        )
