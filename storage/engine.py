"""Engines and transactions, alike on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, func, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import postgres, sqlite
from storage.errors import StorageUnusable, Unusable, trouble_with

BUSY_SECONDS = 5.0
"""How long one process waits for another one's write to end."""
QUEUE_SECONDS = 30.0
"""How long a transaction waits in line behind others of this process."""
READING = {"reading": True}
"""Execution options of a connection that only reads, all at one moment: it waits for no writer."""
LOOKING = {"reading": True, "briefly": True}
"""The same of one whose rows are few enough to come all at once."""
READERS = 4
"""Connections of this process beside the one that writes, for those who only look."""
CROWDED = {"crowded": True}
"""Execution options of a connection that may write beside others: conditional updates only."""

A_FEW = 10
"""Rows that take a few milliseconds at most to write."""
SOME = 100
"""And to read."""

CONNECTION = "connection"
"""Where a transaction's session keeps the connection that it runs on."""

_Turns = WeakKeyDictionary[asyncio.AbstractEventLoop, WeakKeyDictionary[Engine, asyncio.Lock]]
_TURNS: _Turns = WeakKeyDictionary()


def make_engine(path_or_url: Path | str, busy_seconds: float = BUSY_SECONDS) -> AsyncEngine:
    """An engine for one database; nothing is opened yet."""
    url = _url(path_or_url)
    if url.get_backend_name() == "postgresql":
        return postgres.make_engine(url, busy_seconds, QUEUE_SECONDS)
    return sqlite.make_engine(url, busy_seconds, QUEUE_SECONDS)


def readers_beside(engine: AsyncEngine) -> AsyncEngine:
    """An engine for the same database whose connections wait for nobody that writes."""
    if on_postgres(engine):
        return postgres.make_engine(engine.url, BUSY_SECONDS, QUEUE_SECONDS, only_looks=True)
    return sqlite.make_engine(engine.url, BUSY_SECONDS, QUEUE_SECONDS, READERS)


def file_of(engine: AsyncEngine) -> Path | None:
    """The file that an SQLite database is; None for a server's."""
    return None if on_postgres(engine) else Path(engine.url.database or "")


def place_of(engine: AsyncEngine) -> str:
    """Where the database is, for messages; never with a password."""
    return postgres.place_of(engine.url) if on_postgres(engine) else str(file_of(engine))


def on_postgres(engine: AsyncEngine) -> bool:
    return engine.dialect.name == "postgresql"


def open_session(
    engine_or_connection: AsyncEngine | AsyncConnection, autobegin: bool = False
) -> AsyncSession:
    """One transaction's session: rows are always read afresh."""
    return AsyncSession(
        engine_or_connection,
        autobegin=autobegin,
        expire_on_commit=False,
        execution_options={"populate_existing": True, "synchronize_session": False},
    )


@asynccontextmanager
async def transaction(engine: AsyncEngine, crowded: bool = False) -> AsyncIterator[AsyncSession]:
    """A transaction that is alone from its start to its end, and keeps only what it commits.

    A crowded one may run beside others where the database has more than one writer: it must
    write conditionally, by statements that are right whatever others have just done.
    """
    with trouble_with(place_of(engine)):
        async with _turn(engine, crowded), open_session(engine) as session:
            await session.begin()
            options = CROWDED if crowded else {}
            session.info[CONNECTION] = await session.connection(execution_options=options)
            yield session


@asynccontextmanager
async def looking(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """A view of one moment that changes nothing."""
    with trouble_with(place_of(engine)):
        # The connection begins and ends it. Most looks are at statements that were put together
        # beforehand: the session takes part only if it is asked for objects.
        async with engine.connect() as plain:
            connection = await plain.execution_options(**LOOKING)
            session = open_session(connection, autobegin=True)
            session.info[CONNECTION] = connection
            yield session


def connection_of(session: AsyncSession) -> AsyncConnection:
    """The transaction's connection, for statements that were put together beforehand."""
    connection: AsyncConnection = session.info[CONNECTION]
    return connection


@contextmanager
def briefly(session: AsyncSession, rows: int = 1) -> Iterator[None]:
    """Statements of a few rows: over sooner than a trip to a file's own thread would be (ADR 12).

    Nothing else of the process runs meanwhile, so that many rows go to the thread all the same.
    """
    connection = connection_of(session).sync_connection
    if connection is None or rows > A_FEW:
        yield
        return
    with _being(connection, is_brief=True):
        yield


@contextmanager
def soon(connection: Connection, rows: int = 1) -> Iterator[None]:
    """The same of statements that read what they know the keys of, if it is not too much."""
    if rows > SOME:
        yield
        return
    with _being(connection, is_brief=True):
        yield


@contextmanager
def at_length(connection: Connection) -> Iterator[None]:
    """A statement among brief ones that takes its time, and goes to the thread all the same."""
    with _being(connection, is_brief=False):
        yield


@contextmanager
def _being(connection: Connection, is_brief: bool) -> Iterator[None]:
    if connection.dialect.name == "postgresql":
        yield
        return
    driver: Any = connection.connection.driver_connection
    was, driver.is_brief = driver.is_brief, is_brief
    try:
        yield
    finally:
        driver.is_brief = was


async def take_turns(session: AsyncSession, turn: int) -> None:
    """Let nobody else have this turn until the transaction ends; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        await session.exec(select(func.pg_advisory_xact_lock(turn)))


async def truncate_wal(engine: AsyncEngine) -> None:
    """Leave nothing of what was erased in SQLite's log; a server clears up by itself (VACUUM).

    While a backup is being made the log stays, until somebody asks again once it is over.
    """
    if not on_postgres(engine):
        async with engine.connect() as connection:
            # The driver's own: inside a transaction nothing can be checkpointed.
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            await driver.truncate_wal()


@asynccontextmanager
async def _turn(engine: AsyncEngine, crowded: bool) -> AsyncIterator[None]:
    """Wait in line within this process first, so that one connection at most waits for others."""
    if crowded or not on_postgres(engine):
        yield
        return
    turns = _TURNS.setdefault(asyncio.get_running_loop(), WeakKeyDictionary())
    lock = turns.setdefault(engine.sync_engine, asyncio.Lock())
    try:
        async with asyncio.timeout(QUEUE_SECONDS):
            await lock.acquire()
    except TimeoutError as error:
        raise StorageUnusable(place_of(engine), Unusable.LOCKED) from error
    try:
        yield
    finally:
        lock.release()


def _url(path_or_url: Path | str) -> URL:
    if isinstance(path_or_url, str) and "://" in path_or_url:
        return make_url(path_or_url)
    return URL.create("sqlite+aiosqlite", database=str(path_or_url))
