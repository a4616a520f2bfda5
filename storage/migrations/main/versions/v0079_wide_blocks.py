"""On a server the index of opinions' words in wider blocks, its numbers apart from the rows."""

import sqlalchemy as sa
from alembic import op

revision = "main_0079"
down_revision = "main_0078"

# An index that an earlier step has just made is as wide already.
BLOCKS = sa.text(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ :named AND NOT EXISTS"
    " (SELECT 1 FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'fill')"
)
PREFIX = "opinion_words_"
NAMED = f"^{PREFIX}[0-9]+$"
WIDER = 2
MAKE = """CREATE TABLE {0}_wide (seq integer PRIMARY KEY, words integer[] NOT NULL,
    fill text NOT NULL DEFAULT repeat('x', 2048)) WITH (toast_tuple_target = 128)"""
APART = "ALTER TABLE {0}_wide ALTER words SET STORAGE EXTERNAL, ALTER fill SET STORAGE MAIN"
FILL = "INSERT INTO {0}_wide (seq, words) SELECT seq, words FROM {1}"
IN_PLACE = "ALTER TABLE {0}_wide RENAME TO {0}"
KEY = "ALTER INDEX {0}_wide_pkey RENAME TO {0}_pkey"
INDEX = "CREATE INDEX {0}_words ON {0} USING gin (words) WITH (gin_pending_list_limit = 256)"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    narrower = connection.execute(BLOCKS, {"named": NAMED}).scalars()
    numbers = sorted(int(name.removeprefix(PREFIX)) for name in narrower)
    for block in sorted({number // WIDER for number in numbers}):
        name = f"{PREFIX}{block}"
        for step in (MAKE, APART):
            op.execute(step.format(name))
        for number in numbers:
            if number // WIDER == block:
                op.execute(FILL.format(name, f"{PREFIX}{number}"))
                op.execute(f"DROP TABLE {PREFIX}{number}")
        for step in (IN_PLACE, KEY, INDEX):
            op.execute(step.format(name))
