"""What a deed says to main, statement by statement."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.integration.usecases.office import Office


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """What is said to main meanwhile; many rows of one statement are one."""
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        made.append(statement)

    engine = office.file.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(engine, "before_cursor_execute", note)
