"""Many at one tick of the clock: trouble with one of them holds up no other."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from domain.errors import MemoryLost

Thing = TypeVar("Thing")


async def one_by_one(things: Iterable[Thing], act: Callable[[Thing], Awaitable[object]]) -> None:
    """Give every one its turn, then raise together what went wrong with some of them.

    A database that is away is trouble with all of them, and is raised at once.
    """
    troubles: list[Exception] = []
    for thing in things:
        try:
            await act(thing)
        except MemoryLost:
            raise
        except Exception as error:
            error.add_note(f"while at work on {getattr(thing, 'id', thing)}")
            troubles.append(error)
    if troubles:
        raise ExceptionGroup("trouble with some, the others went on", troubles)
