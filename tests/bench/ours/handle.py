"""Our pump on residents' first words: from the inbox through door and use case to the commit."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path

from handlers.telegram.errors import Apologise, KeepFailures
from handlers.telegram.identify import Identify
from handlers.telegram.post import _application
from handlers.telegram.pump import Pump
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from storage.revisions import Which
from tests.bench.answering import Stopwatch, answer
from tests.bench.ours.premises import Ask, Premises
from tests.bench.ours.rooms import opened
from tests.bench.posting import update
from tests.integration.storage.cast import move_in

LOOK = 0.02
"""Seconds between two looks whether everything is done."""
WAITING = "SELECT 1 FROM inbox WHERE state = 'waiting' LIMIT 1"


async def handled(url: str, folder: str, updates: int) -> dict[str, float]:
    """Updates a second, from the first look at the inbox until nothing waits."""
    premises = await Premises(Path(folder) / "ours").migrated()
    async with opened(premises, url) as rooms, premises.asking(Which.VAULT) as ask:
        await _fill(rooms, updates)
        application = _application(rooms)
        pump = Pump(rooms, application, asyncio.Event(), Apologise(Identify(rooms), Speak(rooms)))
        application.add_error_handler(KeepFailures(pump.failed))
        await application.initialize()
        watch = Stopwatch()
        pumping = asyncio.create_task(pump.run())
        await _all_done(ask)
        measured = watch.per(updates)
        # Cancelled in the middle of a look at the database, which its pool would report.
        logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
        pumping.cancel()
        with suppress(asyncio.CancelledError):
            await pumping
        counts = await rooms.inbox.counts()
        if counts["parked"]:
            raise RuntimeError(f"not everything was handled: {counts}")
    return measured


async def _all_done(ask: Ask) -> None:
    while True:
        if not await ask(WAITING):
            return
        await asyncio.sleep(LOOK)


async def _fill(rooms: Rooms, updates: int) -> None:
    """Everybody writes once."""
    async with rooms.memory.begin() as work:
        await move_in(work)
        await work.commit()
    read = (rooms.updates.read(update(number, updates)) for number in range(1, updates + 1))
    await rooms.inbox.store(rooms.bot.id, [one for one in read if one is not None])


if __name__ == "__main__":
    answer(handled)
