"""SQLite's driver: statements that need one trip to its thread, or none, and wait for nobody."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.engine import (
    A_FEW,
    READING,
    SOME,
    at_length,
    briefly,
    connection_of,
    looking,
    make_engine,
    soon,
    transaction,
)

BUSY = 3.0
"""Seconds that the engine waits for another program's lock."""
LONG = text("""WITH RECURSIVE
    steps(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM steps WHERE n < 3000000)
    SELECT max(n) FROM steps""")


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(tmp_path / "some.db", BUSY)
    async with transaction(engine) as session:
        connection = await session.connection()
        await connection.execute(text("CREATE TABLE street (id INTEGER PRIMARY KEY, name TEXT)"))
        await session.commit()
    yield engine
    await engine.dispose()


ADD = text("INSERT INTO street (name) VALUES ('Lê Lợi')")


@asynccontextmanager
async def traced(session: AsyncSession) -> AsyncIterator[list[tuple[str, bool]]]:
    """Each statement of a transaction, and whether it left the loop's own thread."""
    home, seen = threading.get_ident(), list[tuple[str, bool]]()
    raw = await connection_of(session).get_raw_connection()
    driver: Any = raw.driver_connection
    driver._conn.set_trace_callback(
        lambda statement: seen.append((statement.split()[0], threading.get_ident() != home))
    )
    yield seen
    driver._conn.set_trace_callback(None)


async def threads_of(engine: AsyncEngine, crowded: bool) -> list[tuple[str, bool]]:
    async with transaction(engine, crowded) as session, traced(session) as seen:
        connection = connection_of(session)
        await connection.execute(ADD)
        await connection.execute(text("SELECT * FROM street"))
        await session.commit()
    return seen


async def test_a_crowded_transaction_leaves_the_loop_only_to_wait(engine: AsyncEngine) -> None:
    seen = await threads_of(engine, crowded=True)

    assert seen == [("INSERT", False), ("SELECT", False), ("COMMIT", True)]


async def test_any_other_transaction_leaves_the_loop_for_all_it_does(engine: AsyncEngine) -> None:
    await threads_of(engine, crowded=True)

    seen = await threads_of(engine, crowded=False)

    assert seen == [("INSERT", True), ("SELECT", True), ("COMMIT", True)]


async def test_what_is_brief_leaves_the_loop_only_to_wait(engine: AsyncEngine) -> None:
    async with transaction(engine) as session, traced(session) as seen:
        with briefly(session):
            await connection_of(session).execute(ADD)
        await connection_of(session).execute(ADD)
        await session.commit()

    assert seen == [("INSERT", False), ("INSERT", True), ("COMMIT", True)]


async def test_many_rows_and_what_takes_its_time_leave_the_loop(engine: AsyncEngine) -> None:
    async with transaction(engine) as session, traced(session) as seen:
        connection = connection_of(session)
        with briefly(session, A_FEW + 1):
            await connection.execute(ADD)
        with briefly(session):
            await connection.run_sync(_at_length)
            await connection.execute(ADD)

    assert seen[:3] == [("INSERT", True), ("INSERT", True), ("INSERT", False)]


def _at_length(connection: Connection) -> None:
    with at_length(connection):
        connection.execute(ADD)


async def test_what_is_refused_while_it_is_brief_leaves_the_next_as_it_was(
    engine: AsyncEngine,
) -> None:
    async with transaction(engine) as session, traced(session) as seen:
        with pytest.raises(OperationalError), briefly(session):
            await connection_of(session).execute(text("INSERT INTO nowhere VALUES (1)"))
        await connection_of(session).execute(ADD)

    assert seen[0] == ("INSERT", True)


async def test_a_look_leaves_the_loop_for_its_statements_alone(engine: AsyncEngine) -> None:
    home, seen = threading.get_ident(), []
    async with looking(engine) as session:
        raw = await connection_of(session).get_raw_connection()
        driver: Any = raw.driver_connection
        driver._conn.set_trace_callback(
            lambda statement: seen.append((statement.split()[0], threading.get_ident() != home))
        )
        await connection_of(session).execute(text("SELECT * FROM street"))
    async with looking(engine):
        """Whoever asks nothing begins nothing."""
    driver._conn.set_trace_callback(None)

    assert seen == [("BEGIN", False), ("SELECT", True), ("ROLLBACK", False)]


async def test_a_look_at_a_few_rows_by_their_keys_does_not_leave_the_loop(
    engine: AsyncEngine,
) -> None:
    async with looking(engine) as session, traced(session) as seen:
        for rows in (SOME, SOME + 1):
            await connection_of(session).run_sync(_soon, rows)

    assert [one for one in seen if one[0] == "SELECT"] == [("SELECT", False), ("SELECT", True)]


def _soon(connection: Connection, rows: int) -> None:
    with soon(connection, rows):
        connection.execute(text("SELECT * FROM street"))


async def test_a_look_given_up_in_mid_statement_holds_up_nobody(engine: AsyncEngine) -> None:
    async def look() -> None:
        async with looking(engine) as session:
            await connection_of(session).execute(LONG)

    given_up = asyncio.create_task(look())
    await asyncio.sleep(0.05)
    given_up.cancel()
    turns = 0
    while not given_up.done():
        await asyncio.sleep(0)
        turns += 1

    assert given_up.cancelled()
    assert turns > 100, "the loop stood still until it was over"
    async with looking(engine) as session:
        assert (await connection_of(session).execute(text("SELECT 1"))).scalar() == 1


async def test_a_statement_tells_its_rows_and_how_many_it_changed(engine: AsyncEngine) -> None:
    async with transaction(engine) as session:
        connection = await session.connection()
        names = [{"name": f"Hẻm {number}"} for number in range(3)]
        await connection.execute(text("INSERT INTO street (name) VALUES (:name)"), names)
        changed = await connection.execute(text("UPDATE street SET name = 'Lê Lợi' WHERE id > 1"))
        found = await connection.execute(text("SELECT name FROM street ORDER BY id"))

        assert (changed.rowcount, found.scalars().all()) == (2, ["Hẻm 0", "Lê Lợi", "Lê Lợi"])


async def test_a_refused_statement_takes_its_transaction_along(engine: AsyncEngine) -> None:
    async def add_twice() -> None:
        async with transaction(engine, crowded=True) as session:
            connection = await session.connection()
            await connection.execute(text("INSERT INTO street VALUES (1, 'Lê Lợi')"))
            await connection.execute(text("INSERT INTO street VALUES (1, 'Hùng Vương')"))

    with pytest.raises(IntegrityError):
        await add_twice()
    async with transaction(engine, crowded=True) as session:
        connection = await session.connection()
        assert await connection.scalar(text("SELECT count(*) FROM street")) == 0


async def test_waiting_for_another_programs_lock_holds_up_nobody(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    async def write() -> None:
        async with transaction(engine, crowded=True) as session:
            await (await session.connection()).execute(text("DELETE FROM street"))
            await session.commit()

    with closing(sqlite3.connect(tmp_path / "some.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(write())
        for _ in range(20):
            await asyncio.sleep(0.01)
        assert not writing.done()
        other.execute("ROLLBACK")

    await asyncio.wait_for(writing, BUSY)


async def test_rows_too_many_to_hold_are_read_in_pieces(engine: AsyncEngine) -> None:
    async with transaction(engine) as session:
        names = [{"name": "Hẻm"} for _ in range(100)]
        connection = await session.connection()
        await connection.execute(text("INSERT INTO street (name) VALUES (:name)"), names)
        await session.commit()

    async with engine.connect() as plain:
        reading = await plain.execution_options(**READING)
        await reading.begin()
        found = await reading.stream(text("SELECT id FROM street"))
        sizes = [len(some) async for some in found.partitions(40)]

    assert sizes == [40, 40, 20]
