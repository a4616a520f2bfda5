"""One transaction: all of it or nothing, once for each update, one writer at a time."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from domain.errors import AlreadyProcessed
from domain.model.access import EVERYWHERE
from domain.model.bulletin import Field
from domain.model.delivery import to_person
from domain.model.queue import QueueView
from domain.ports import Cause
from domain.ports.queue import Reader
from storage.errors import StorageUnusable
from storage.open import open_main
from storage.postgres import CONNECTIONS
from storage.unit_of_work import SqlMemory
from tests.databases import Databases, only_files
from tests.integration.storage.cast import (
    ANSWER,
    GIANG,
    LATER,
    NOW,
    OPINION,
    SENDER,
    FrozenClock,
    card_to,
    letter_to_em,
)

CAUSE = Cause(bot_id=7, update_id=41)


class Crash(Exception):
    """Stands for a process that ends in the middle."""


async def file_opinion(memory: SqlMemory, cause: Cause | None = None) -> None:
    async with memory.begin(cause) as work:
        await work.opinions.add(OPINION)
        await work.commit()


async def file_and_crash(memory: SqlMemory) -> None:
    async with memory.begin(CAUSE) as work:
        await work.opinions.add(OPINION)
        raise Crash


async def test_what_was_committed_stays(memory: SqlMemory) -> None:
    await file_opinion(memory)

    async with memory.begin() as work:
        assert await work.opinions.get("o1") == OPINION


async def test_without_a_commit_nothing_is_kept(memory: SqlMemory) -> None:
    async with memory.begin(CAUSE) as work:
        await work.opinions.add(OPINION)

    async with memory.begin(CAUSE) as work:
        assert await work.opinions.by_code(OPINION.code) is None


async def test_a_crash_in_the_middle_keeps_nothing(memory: SqlMemory) -> None:
    with pytest.raises(Crash):
        await file_and_crash(memory)

    async with memory.begin(CAUSE) as work:
        assert await work.opinions.by_code(OPINION.code) is None


async def test_a_look_sees_one_moment_whatever_is_written_meanwhile(memory: SqlMemory) -> None:
    async with memory.look() as looking:
        assert await looking.opinions.by_code(OPINION.code) is None
        await file_opinion(memory)
        assert await looking.opinions.by_code(OPINION.code) is None

    async with memory.look() as looking:
        assert await looking.opinions.by_code(OPINION.code) == OPINION


async def test_a_list_and_a_case_of_one_look_are_of_one_moment(memory: SqlMemory) -> None:
    """One is asked by a statement that was put together beforehand, the other as an object."""
    reader, all_of_them = Reader(GIANG.id, [EVERYWHERE], NOW), QueueView(is_open=False)
    async with memory.look() as looking:
        assert await looking.queue.page(reader, all_of_them, 9) == ()
        await file_opinion(memory)
        assert await looking.opinions.by_code(OPINION.code) is None
        assert await looking.queue.page(reader, all_of_them, 9) == ()

    async with memory.look() as looking:
        assert await looking.opinions.by_code(OPINION.code) == OPINION
        assert len(await looking.queue.page(reader, all_of_them, 9)) == 1


async def look_and_crash(memory: SqlMemory) -> None:
    async with memory.look() as looking:
        await looking.opinions.by_code(OPINION.code)
        raise Crash


async def test_a_look_that_breaks_off_leaves_nothing_behind(memory: SqlMemory) -> None:
    for _ in range(CONNECTIONS + 1):
        with pytest.raises(Crash):
            await look_and_crash(memory)
    await file_opinion(memory)

    async with memory.look() as looking:
        assert await looking.opinions.by_code(OPINION.code) == OPINION


async def test_a_look_changes_nothing(memory: SqlMemory) -> None:
    await file_opinion(memory)
    async with memory.look() as looking:
        with suppress(StorageUnusable):  # a server says that it is only read from
            await looking.opinions.save(replace(OPINION, version=2, field=Field.OTHER), OPINION)

    async with memory.look() as looking:
        assert await looking.opinions.by_code(OPINION.code) == OPINION


async def test_an_update_has_its_effect_once(memory: SqlMemory) -> None:
    await file_opinion(memory, CAUSE)

    with pytest.raises(AlreadyProcessed):
        await file_opinion(memory, CAUSE)


async def test_another_bot_may_use_the_same_number(memory: SqlMemory) -> None:
    await file_opinion(memory, CAUSE)

    async with memory.begin(Cause(8, 41)) as work:
        await work.commit()


async def test_one_update_handled_by_two_at_once_has_one_effect(
    databases: Databases, memory: SqlMemory
) -> None:
    other = await open_main(databases.main, FrozenClock())
    results = await asyncio.gather(
        file_opinion(memory, CAUSE), file_opinion(other, CAUSE), return_exceptions=True
    )
    await other.close()

    assert sorted(map(type, results), key=str) == [type(None), AlreadyProcessed]


async def test_two_processes_never_claim_the_same_entry(
    databases: Databases, memory: SqlMemory
) -> None:
    other = await open_main(databases.main, FrozenClock())
    async with memory.begin() as work:
        await work.outbox.add([card_to(to_person("an"), number) for number in range(300)])
        await work.commit()

    seen_by_both = [f"c{number}" for number in range(300)]
    taken = await asyncio.gather(claim_all(memory, seen_by_both), claim_all(other, seen_by_both))
    await other.close()

    assert sorted([*taken[0], *taken[1]]) == sorted(seen_by_both)


async def claim_all(memory: SqlMemory, seen: list[str]) -> list[str]:
    """Try to claim everything that was seen, a few at a time; what came of it."""
    mine: list[str] = []
    for first in range(0, len(seen), 5):
        async with memory.begin() as work:
            mine += await work.outbox.claim(seen[first : first + 5], LATER)
            await work.commit()
    return mine


@pytest.mark.parametrize("pause", [0, 1, 5, 20, 100, 500, 2000])
async def test_a_cancelled_task_keeps_nothing_and_holds_nobody_up(
    memory: SqlMemory, pause: int
) -> None:
    task = asyncio.create_task(file_opinion(memory))
    for _ in range(pause):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])

    async with asyncio.timeout(20), memory.begin() as work:
        found = await work.opinions.by_code(OPINION.code)
    assert found in (None, OPINION)


async def test_tasks_of_one_process_wait_in_line(memory: SqlMemory) -> None:
    async def owe(number: int) -> None:
        async with memory.begin() as work:
            await asyncio.sleep(0)
            await work.outbox.add([card_to(to_person(f"p{number}"), number)])
            await work.commit()

    await asyncio.gather(*(owe(number) for number in range(50)))
    async with memory.begin() as work:
        assert len(await work.outbox.ready(SENDER, NOW, 100)) == 50


@only_files
async def test_erased_words_are_in_neither_the_file_nor_its_log(
    memory: SqlMemory, main_path: Path
) -> None:
    async with memory.begin() as work:
        await work.opinions.add(OPINION)
        await work.opinions.add_answer(ANSWER)
        await work.outbox.add([letter_to_em()])
        await work.commit()
    async with memory.begin() as work:
        await work.opinions.erase(OPINION, NOW)
        await work.commit()

    left = b"".join(path.read_bytes() for path in main_path.parent.glob("main.db*"))
    assert OPINION.text.encode() not in left
    assert ANSWER.text.encode() not in left


@only_files
async def test_the_file_is_set_up_to_lose_nothing(memory: SqlMemory) -> None:
    names = ("synchronous", "foreign_keys", "recursive_triggers", "secure_delete", "journal_mode")
    async with memory.engine.connect() as connection:
        read = [await connection.exec_driver_sql(f"PRAGMA {name}") for name in names]

    assert [one.scalar() for one in read] == [2, 1, 1, 1, "wal"]
