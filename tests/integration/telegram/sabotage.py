"""Statements that a database refuses, by its own rules and in its own words."""

import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Engine, event

Result = TypeVar("Result")
log = logging.getLogger(__name__)
WRITING = ("INSERT", "UPDATE")


@dataclass(eq=False)
class Sabotage:
    """Each statement that writes is refused once, and goes through the next time (phá hoại).

    Value after value is left out until one is missed, or the same row comes twice: what a server
    then says quotes the whole row, or its key.
    """

    refused: set[str] = field(default_factory=set)

    def __call__(self, cursor: Any, statement: str, parameters: Any, _context: Any) -> bool:
        is_writing = statement.lstrip().startswith(WRITING) and isinstance(parameters, tuple)
        if is_writing and statement not in self.refused:
            self.refused.add(statement)
            for at in reversed(range(len(parameters))):
                cursor.execute(statement, (*parameters[:at], None, *parameters[at + 1 :]))
        return False


@contextmanager
def sabotaged() -> Iterator[Sabotage]:
    """Whatever any engine writes meanwhile."""
    sabotage = Sabotage()
    event.listen(Engine, "do_execute", sabotage)
    try:
        yield sabotage
    finally:
        event.remove(Engine, "do_execute", sabotage)


async def failing(step: Awaitable[object]) -> None:
    """Goes on where a process would: with what went wrong in the log, and all that led there."""
    try:
        await step
    except Exception:
        log.exception("failed")


async def until_it_goes(step: Callable[[], Awaitable[Result]]) -> Result:
    """Once more whenever a statement of it was refused; each is, once."""
    with sabotaged() as sabotage:
        while True:
            before = len(sabotage.refused)
            try:
                return await step()
            except Exception:
                log.exception("failed")
                if len(sabotage.refused) == before:
                    raise
