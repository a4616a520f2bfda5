"""Our sender on a bulletin that is due for many groups: claim, re-hash, send, settle."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path

from handlers.ticks.dispatch import Dispatch
from storage.unit_of_work import SqlMemory
from tests.bench.answering import Stopwatch, answer
from tests.bench.ours.office import open_office
from tests.bench.ours.rooms import migrated, opened
from tests.bench.places import asked, copied, emptied

LOOK = 0.01
"""Seconds between two looks whether everything is settled."""
UNDER_WAY = "SELECT 1 FROM outbox WHERE state IN ('queued', 'sending') LIMIT 1"
SENT = "SELECT count(*) FROM outbox WHERE state = 'sent'"


async def broadcast(url: str, folder: str, chats: int, in_flight: int) -> dict[str, float]:
    """From the first claim until the last receipt is committed."""
    place = await _copied(Path(folder), url, chats)
    async with opened(place, url) as rooms:
        watch = Stopwatch()
        sending = asyncio.create_task(Dispatch(rooms.deliver, in_flight).run())
        await _settled(place, sending)
        measured = watch.per(chats)
        # Cancelled in the middle of a look at the database, which its pool would report.
        logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
    if asked(place / "main.db", SENT) != chats:
        raise RuntimeError("not everything was sent")
    return measured


async def _copied(folder: Path, url: str, chats: int) -> Path:
    """A fresh copy of an office whose broadcast is in line; the first is made once."""
    first, copy = folder / f"first-{chats}", folder / "copy"
    if not first.exists():
        async with opened(await migrated(emptied(first)), url) as rooms:
            assert isinstance(rooms.memory, SqlMemory)
            await open_office(rooms.memory, chats)
            await rooms.release.release_due()
            await rooms.line_up.line_up_released()
    return copied(first, copy)


async def _settled(place: Path, sending: asyncio.Task[None]) -> None:
    while await asyncio.to_thread(asked, place / "main.db", UNDER_WAY):
        if sending.done():
            await sending
        await asyncio.sleep(LOOK)


if __name__ == "__main__":
    answer(broadcast)
