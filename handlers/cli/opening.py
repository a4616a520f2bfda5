"""Things that are opened for a command, and closed however it ends."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
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


@asynccontextmanager
async def all_opened(
    openings: Sequence[AbstractAsyncContextManager[Opened]],
) -> AsyncIterator[list[Opened]]:
    """All of them, one after the other; what was opened is closed if a later one is not."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(opening) for opening in openings]
