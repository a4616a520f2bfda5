"""The log is one unbroken chain, whoever writes at the same time."""

import asyncio

from domain.model.audit import GENESIS, AuditEvent, first_break
from domain.ports import Work
from storage.open import open_main
from storage.unit_of_work import SqlMemory
from tests.databases import Databases
from tests.integration.storage.cast import NOW, FrozenClock

EVENT = AuditEvent(NOW.replace(microsecond=123456), "an", "bulletin:submit", "b1", "Lần 1")


async def append(memory: SqlMemory, times: int) -> None:
    for _ in range(times):
        async with memory.begin() as work:
            await work.audit.append(EVENT)
            await work.commit()


async def test_entries_come_back_in_an_unbroken_chain(work: Work) -> None:
    await work.audit.append(EVENT)
    await work.audit.append(EVENT)
    first, second = await work.audit.entries()

    assert (first.event, first.previous_hash) == (EVENT, GENESIS)
    assert (second.seq, second.previous_hash) == (2, first.hash)
    assert first_break((first, second)) is None


async def test_the_log_is_read_page_by_page(work: Work) -> None:
    for _ in range(3):
        await work.audit.append(EVENT)

    assert [entry.seq for entry in await work.audit.entries(after=1, limit=1)] == [2]


async def test_two_processes_write_one_chain(databases: Databases, memory: SqlMemory) -> None:
    other = await open_main(databases.main, FrozenClock())
    await asyncio.gather(append(memory, 20), append(other, 20))
    async with memory.begin() as work:
        entries = await work.audit.entries()
    await other.close()

    assert len(entries) == 40
    assert first_break(entries) is None
