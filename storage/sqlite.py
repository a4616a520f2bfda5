"""SQLite: how a file is opened so that it neither loses nor keeps what it should not."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.errors import StorageUnusable, Unusable
from storage.one_trip import connect

_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    # Without it INSERT OR REPLACE removes a row past every trigger.
    "recursive_triggers = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
)


def make_engine(
    url: URL, busy_seconds: float, queue_seconds: float, connections: int = 1
) -> AsyncEngine:
    """An engine for one file; nothing is opened yet."""
    # SQLite has one writer at a time. With one connection our own transactions wait in a fair
    # queue instead of racing for the file's lock.
    engine = create_async_engine(
        url,
        connect_args={"timeout": busy_seconds, "async_creator_fn": connect},
        pool_size=connections,
        max_overflow=0,
        pool_timeout=queue_seconds,
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


def require_file(path: Path) -> None:
    """StorageUnusable unless the file is there and can be written to."""
    # Asked here, because a driver thread that fails to connect complains on its own as well.
    try:
        path.open("r+b").close()
    except FileNotFoundError as error:
        raise StorageUnusable(str(path), Unusable.BEHIND) from error
    except OSError as error:
        raise StorageUnusable(str(path), Unusable.UNWRITABLE) from error


def is_sound(connection: Connection) -> bool:
    return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"


def _run(connection: DBAPIConnection, *pragmas: str) -> None:
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
    options = connection.get_execution_options()
    is_reading, is_looking = options.get("reading", False), options.get("briefly", False)
    driver: Any = connection.connection.driver_connection
    # To begin to read waits for nobody, to begin to write for the file's lock. A look begins with
    # its first statement, which may be a brief one itself.
    is_brief = options.get("crowded", False) or (is_looking and driver.is_brief)
    driver.is_brief = driver.is_looking = is_looking
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
    driver.is_brief = is_brief
    driver.is_streamed = is_reading and not is_looking
