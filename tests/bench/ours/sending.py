"""Our sender at work on what is in line, and how it is stopped when enough was seen."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from handlers.telegram.rooms import Rooms
from handlers.ticks.dispatch import Dispatch
from tests.bench.ours.premises import Ask

LOOK = 0.01
"""Seconds between two looks whether enough is settled."""


@asynccontextmanager
async def sending(rooms: Rooms) -> AsyncIterator[asyncio.Task[None]]:
    """The sender's loop for as long as this block lasts."""
    task = asyncio.create_task(Dispatch(rooms.deliver, rooms.in_flight).run())
    try:
        yield task
    finally:
        # Cancelled in the middle of a look at the database, which its pool would report.
        logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(ask: Ask, question: str, least: int, task: asyncio.Task[None]) -> int:
    """Wait for this number to be reached, or for the sender to fail; the number."""
    while True:
        found = await ask(question) or 0
        if found >= least:
            return found
        if task.done():
            task.result()
        await asyncio.sleep(LOOK)
