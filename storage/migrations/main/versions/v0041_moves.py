"""The side states of a case, and since when it stands where it stands."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.checking import change_check

revision = "main_0041"
down_revision = "main_0040"

OLD = "state IN ('new', 'received', 'in_progress', 'answered', 'closed', 'withdrawn')"
NEW = (
    "state IN ('new', 'received', 'in_progress', 'answered', 'closed', 'forwarded',"
    " 'referred', 'more_info_asked', 'declined', 'duplicate_of', 'withdrawn')"
)


def upgrade() -> None:
    op.add_column("opinion", sa.Column("moved_at", sa.DateTime(timezone=True)))
    change_check("opinion", "state", OLD, NEW)
