"""Our sender and clock in an office that has grown: many groups, many occurrences ahead."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path

from sqlalchemy import insert

from domain.model.broadcast import BroadcastState
from domain.model.delivery import Lane, bulk_entry
from handlers.ticks.dispatch import Dispatch
from storage.engine import transaction
from storage.entries import row_of
from storage.tables.outbox import OutboxRow
from storage.unit_of_work import SqlMemory
from tests.bench.answering import Stopwatch, answer
from tests.bench.memory import resident
from tests.bench.ours.office import AFTER, BEFORE, open_office, plan
from tests.bench.ours.rooms import migrated, opened
from tests.bench.places import asked, copied, emptied

LOOK = 0.01
TICKS = 20
IN_FLIGHT = 64
SENT = "SELECT count(*) FROM outbox WHERE state = 'sent'"


async def grown(url: str, folder: str, chats: int, schedules: int, sends: int) -> dict[str, float]:
    """What a message and a tick cost there, and the memory held afterwards."""
    place = await _office(Path(folder), url, chats, schedules)
    async with opened(place, url) as rooms:
        watch = Stopwatch()
        for _ in range(TICKS):
            await rooms.release.release_due()
        tick = watch.per(TICKS)["seconds"] / TICKS
        sending = asyncio.create_task(Dispatch(rooms.deliver, IN_FLIGHT).run())
        measured = await _measured(place, sends, sending)
        # Cancelled in the middle of a look at the database, which its pool would report.
        logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
    return measured | {"tick": tick * 1e6, "megabytes": resident()}


async def _measured(place: Path, sends: int, sending: asyncio.Task[None]) -> dict[str, float]:
    """Until so many receipts are committed."""
    watch = Stopwatch()
    while True:
        sent = await asyncio.to_thread(asked, place / "main.db", SENT)
        if sent >= sends:
            return watch.per(sent)
        if sending.done():
            await sending
        await asyncio.sleep(LOOK)


async def _office(folder: Path, url: str, chats: int, schedules: int) -> Path:
    """A fresh copy of an office with sends in line and occurrences ahead; made once."""
    first, copy = folder / f"grown-{chats}-{schedules}", folder / "grown"
    if not first.exists():
        async with opened(await migrated(emptied(first)), url) as rooms:
            assert isinstance(rooms.memory, SqlMemory)
            await open_office(rooms.memory, chats)
            await plan(rooms.memory, schedules)
            await _release(rooms.memory, chats)
    return copied(first, copy)


async def _release(memory: SqlMemory, chats: int) -> None:
    """The broadcast's sends in line; how long that takes is another figure."""
    times = (BEFORE, AFTER)
    entries = (
        bulk_entry(f"e{number}", "bc1", f"n{number}", Lane.BULK, times) for number in range(chats)
    )
    rows = [row_of(entry).model_dump(exclude={"seq"}) for entry in entries]
    async with memory.begin() as work:
        broadcast = await work.broadcasts.get("bc1")
        await work.broadcasts.save_state(broadcast, BroadcastState.RELEASED)
        await work.commit()
    async with transaction(memory.engine) as session:
        await session.exec(insert(OutboxRow), params=rows)
        await session.commit()


if __name__ == "__main__":
    answer(grown)
