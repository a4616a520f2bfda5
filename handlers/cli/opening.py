"""Things that are opened for a command, and closed however it ends."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

Opened = TypeVar("Opened")


@asynccontextmanager
async def opened(
    opening: Awaitable[Opened], close: Callable[[Opened], Awaitable[None]]
) -> AsyncIterator[Opened]:
    thing = await opening
    try:
        yield thing
    finally:
        await close(thing)
