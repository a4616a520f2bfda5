"""Checks of a table that change while its rows, triggers and references stay as they are."""

import sqlalchemy as sa
from alembic import op


def change_check(table: str, name: str, old: str, new: str) -> None:
    """Put a wider check in the place of one that every row satisfies already.

    SQLite has no words for it, and a table made anew would lose its triggers and let go of those
    that refer to it; its manual says to change what was written (ALTER TABLE, section 7).
    """
    if op.get_context().dialect.name == "sqlite":
        _rewrite(table, f"CHECK ({old})", f"CHECK ({new})")
        return
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, sa.text(new))


def _rewrite(table: str, old: str, new: str) -> None:
    connection = op.get_bind()
    which = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    written = str(connection.execute(which, {"table": table}).scalar_one())
    if written.count(old) != 1:
        raise ValueError(f"{table} has no check that says {old}")
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    change = sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :table")
    connection.execute(change, {"sql": written.replace(old, new), "table": table})
    # Every connection reads the tables anew, this one too.
    connection.exec_driver_sql(f"PRAGMA schema_version = {int(version) + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
