"""On a server fewer of the newest opinions' words wait to be put in their place in the index."""

import sqlalchemy as sa
from alembic import op

revision = "main_0082"
down_revision = "main_0081"

INDEXES = sa.text(
    "SELECT relname FROM pg_class WHERE relkind = 'i' AND relname ~ '^opinion_words_[0-9]+_words$'"
    " ORDER BY relname"
)
SOONER = "ALTER INDEX {} SET (gin_pending_list_limit = 64)"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for name in connection.execute(INDEXES).scalars().all():
            op.execute(SOONER.format(name))
