"""Connections to the database files, set up so that they neither lose nor keep what they should."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, PoolProxiedConnection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.errors import StorageUnusable, Unusable, trouble_with

BUSY_SECONDS = 5.0
"""How long one process waits for another one's write to end."""
QUEUE_SECONDS = 30.0
"""How long a transaction waits in line behind others of this process."""
READING = {"reading": True}
"""Execution options of a connection that will not write, and so need not wait for writers."""

_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    # Without it INSERT OR REPLACE removes a row past every trigger.
    "recursive_triggers = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
)


def make_engine(path_or_url: Path | str, busy_seconds: float = BUSY_SECONDS) -> AsyncEngine:
    """An engine for one SQLite file; nothing is opened yet."""
    url = _url(path_or_url)
    # SQLite has one writer at a time. With one connection our own transactions wait in a fair
    # queue instead of racing for the file's lock.
    engine = create_async_engine(
        url,
        connect_args={"timeout": busy_seconds},
        pool_size=1,
        max_overflow=0,
        pool_timeout=QUEUE_SECONDS,
        # What a statement carries may be a resident's words: an error must not quote it in a log.
        hide_parameters=True,
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def make_file(path: Path) -> None:
    """Make an empty file and its folder, closed to other users; what is there stays."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise StorageUnusable(str(path), Unusable.UNWRITABLE) from error


def require_file(engine: AsyncEngine) -> None:
    """StorageUnusable unless the file is there and can be written to."""
    # Asked here, because a driver thread that fails to connect complains on its own as well.
    path = Path(file_of(engine))
    try:
        path.open("r+b").close()
    except FileNotFoundError as error:
        raise StorageUnusable(str(path), Unusable.BEHIND) from error
    except OSError as error:
        raise StorageUnusable(str(path), Unusable.UNWRITABLE) from error


def file_of(engine: AsyncEngine) -> str:
    """The database file, for messages."""
    return engine.url.database or ""


def open_session(engine: AsyncEngine) -> AsyncSession:
    """One transaction's session: rows are always read afresh, and nothing begins by itself."""
    return AsyncSession(
        engine,
        autobegin=False,
        expire_on_commit=False,
        execution_options={"populate_existing": True, "synchronize_session": False},
    )


@asynccontextmanager
async def transaction(engine: AsyncEngine, crowded: bool = False) -> AsyncIterator[AsyncSession]:
    """A transaction that holds the write lock from its start, and keeps only what it commits.

    One that is `crowded` would not need the lock; SQLite has no other way to write.
    """
    with trouble_with(file_of(engine)):
        async with open_session(engine) as session:
            await session.begin()
            await session.connection(execution_options={"crowded": crowded})
            yield session


async def truncate_wal(engine: AsyncEngine) -> None:
    """Empty the write-ahead log, so that nothing erased can be read in it."""
    async with engine.connect() as connection:
        await connection.run_sync(_checkpoint)


def _url(path_or_url: Path | str) -> URL:
    if isinstance(path_or_url, str) and "://" in path_or_url:
        return make_url(path_or_url)
    return URL.create("sqlite+aiosqlite", database=str(path_or_url))


def _checkpoint(connection: Connection) -> None:
    # Through the driver's own cursor: inside a transaction nothing can be checkpointed.
    _run(connection.connection, "wal_checkpoint(TRUNCATE)")


def _run(connection: DBAPIConnection | PoolProxiedConnection, *pragmas: str) -> None:
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare(connection: DBAPIConnection, _record: Any) -> None:
    # The driver would begin by itself, too late and without taking the lock: see _begin.
    connection.isolation_level = None
    try:
        _run(connection, *_PRAGMAS)
    except BaseException:
        connection.close()
        raise


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails at once under contention.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
