"""Opinions' words in posting lists, alike in files and on servers, instead of each one's own."""

import sqlalchemy as sa
from alembic import op

from storage.opinion_index import rebuild

revision = "main_0083"
down_revision = "main_0082"

BEFORE = {
    "sqlite": "SELECT name FROM sqlite_master"
    " WHERE sql LIKE 'CREATE VIRTUAL TABLE opinion_words_%'",
    "postgresql": "SELECT relname FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = current_schema()::regnamespace AND relname ~ '^opinion_words_[0-9]+$'",
}
AS_THEY_ARE = "ALTER TABLE opinion_posting ALTER cases SET STORAGE EXTERNAL"
"""They are packed already: a server need not try to."""


def upgrade() -> None:
    connection = op.get_bind()
    for name in connection.execute(sa.text(BEFORE[connection.dialect.name])).scalars().all():
        op.execute(f"DROP TABLE {name}")
    op.create_table(
        "opinion_posting",
        sa.Column(
            "key",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("cases", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "opinion_unposted",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tokens", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    if connection.dialect.name == "postgresql":
        op.execute(AS_THEY_ARE)
    rebuild(connection)
