"""The expansion that people write: read the groups, make an object for each, add them all."""

from datetime import timedelta
from pathlib import Path

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.clock import SystemClock
from domain.ids import RandomIds
from domain.model.delivery import Lane, bulk_entry
from storage.entries import row_of
from storage.tables.offices import ChatRow
from tests.bench.answering import Stopwatch, answer
from tests.bench.ours.premises import Premises
from tests.bench.peers.durable import careful_engine

IDS, CLOCK = RandomIds(), SystemClock()


async def expand(folder: str, server: str, chats: int) -> dict[str, float]:
    """Into the same tables, with the same rules, on a copy of the office that we expand."""
    premises = await Premises(Path(folder) / f"due_{chats}", server).copied_to("added")
    engine = careful_engine(premises.main_url)
    now = CLOCK.now()
    times = (now, now + timedelta(days=1))
    watch = Stopwatch()
    async with AsyncSession(engine) as session:
        found = await session.exec(select(ChatRow).where(col(ChatRow.id).startswith("n")))
        entries = [bulk_entry(IDS.new(), "bc1", chat.id, Lane.BULK, times) for chat in found]
        session.add_all([row_of(entry) for entry in entries])
        await session.commit()
    measured = watch.per(chats)
    await engine.dispose()
    return measured


if __name__ == "__main__":
    answer(expand)
