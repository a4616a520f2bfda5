"""Triggers by which the database itself refuses what no code may do."""

from alembic import op


def refuse(name: str, event: str, when: str = "1") -> None:
    """Refuse an event such as `UPDATE OF text ON opinion` whenever the condition holds."""
    said = name.replace("_", " ")
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


def no_longer_refuse(name: str, table: str) -> None:
    """Take away a refusal on a table that a better one replaces."""
    on_table = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER {name}{on_table}")
