"""On a server the numbers of opinions' words lie apart from the rows of their index."""

import sqlalchemy as sa
from alembic import op

revision = "main_0079"
down_revision = "main_0078"

BLOCKS = sa.text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ :named")
MAKE = """CREATE TABLE {0}_narrow (seq integer PRIMARY KEY, words integer[] NOT NULL,
    fill text NOT NULL DEFAULT repeat('x', 2048)) WITH (toast_tuple_target = 128)"""
APART = "ALTER TABLE {0}_narrow ALTER words SET STORAGE EXTERNAL, ALTER fill SET STORAGE MAIN"
FILL = "INSERT INTO {0}_narrow (seq, words) SELECT seq, words FROM {0}"
IN_PLACE = "ALTER TABLE {0}_narrow RENAME TO {0}"
KEY = "ALTER INDEX {0}_narrow_pkey RENAME TO {0}_pkey"
INDEX = "CREATE INDEX {0}_words ON {0} USING gin (words) WITH (gin_pending_list_limit = 256)"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    for name in connection.execute(BLOCKS, {"named": "^opinion_words_[0-9]+$"}).scalars().all():
        for step in (MAKE, APART, FILL, "DROP TABLE {0}", IN_PLACE, KEY, INDEX):
            op.execute(step.format(name))
