"""One's own cases, whatever has become of them, stand in an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "main_0077"
down_revision = "main_0076"


def upgrade() -> None:
    which = sa.text("owner_id IS NOT NULL")
    op.create_index(
        "ix_opinion_of_owner",
        "opinion",
        ["owner_id", "seq"],
        sqlite_where=which,
        postgresql_where=which,
    )
