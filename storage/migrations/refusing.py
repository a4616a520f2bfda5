"""Triggers by which the database itself refuses what no code may do."""

from alembic import op


def refuse(name: str, event: str, when: str = "1") -> None:
    """Refuse an event such as `UPDATE OF text ON opinion` whenever the condition holds."""
    said = name.replace("_", " ")
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )
