"""SQLite's driver with one trip to its thread for each statement, or none, instead of four."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import aiosqlite

Parameters = Sequence[Any]
PATIENCE = 100
"""Milliseconds for which the log waits for readers: a page's are over by then, a backup's not."""


class Cursor:
    """A statement's outcome (con trỏ): all of its rows come along with it."""

    # Opening a cursor, running a statement, fetching and closing are a trip each in the library,
    # with two switches between threads: more than most of our statements take themselves.

    def __init__(self, run: Callable[..., Any]) -> None:
        self._run = run
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, operation: str, parameters: Parameters = ()) -> None:
        self._keep(await self._run(sqlite3.Connection.execute, operation, parameters))

    async def executemany(self, operation: str, parameters: Iterable[Parameters]) -> None:
        self._keep(await self._run(sqlite3.Connection.executemany, operation, parameters))

    async def fetchall(self) -> Sequence[Any]:
        return self._rows

    async def close(self) -> None:
        """Nothing is open."""

    def _keep(self, outcome: tuple[Any, Sequence[Any], int, int | None]) -> None:
        self.description, self._rows, self.rowcount, self.lastrowid = outcome


class Connection(aiosqlite.Connection):
    """A connection whose statements need one trip each, or none while it `is_brief`."""

    is_brief = False
    """Set within a transaction whose statements are over sooner than a trip would be."""
    is_streamed = False
    """Set within a transaction whose rows may be too many to be held at once."""
    is_looking = False
    """Set within a transaction that only reads: neither its beginning nor its end takes long."""

    # What may take its time goes to the thread in any case: waiting for the file's lock, which
    # BEGIN does, and for the disk, which COMMIT does. In between nothing waits for anybody.

    def __init__(self, open_file: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(open_file, iter_chunk_size=64)
        self._thread.daemon = True

    def cursor(self) -> Any:
        return super().cursor() if self.is_streamed else Cursor(self._outcome)

    async def commit(self) -> None:
        self.is_brief = False
        await super().commit()

    async def rollback(self) -> None:
        # Whoever gives up in mid-statement gives up the connection: nothing is under way here.
        self.is_brief = False
        if self.is_looking:
            self._conn.rollback()
        else:
            await super().rollback()

    async def truncate_wal(self) -> None:
        """Empty the write-ahead log, unless somebody keeps reading what is in it."""
        await self._execute(_truncate_wal, self._conn)  # type: ignore[no-untyped-call]

    async def _outcome(self, *statement: Any) -> Any:
        if self.is_brief:
            return _run(self._conn, *statement)
        return await self._execute(_run, self._conn, *statement)  # type: ignore[no-untyped-call]


def connect(path: str, **options: Any) -> Connection:
    """What SQLAlchemy awaits to have a connection; `options` are sqlite3's own."""
    return Connection(partial(sqlite3.connect, path, **options))


def _run(
    connection: sqlite3.Connection, statement: Callable[..., sqlite3.Cursor], *arguments: Any
) -> tuple[Any, Sequence[Any], int, int | None]:
    cursor = statement(connection, *arguments)
    rows = cursor.fetchall() if cursor.description else ()
    outcome = cursor.description, rows, cursor.rowcount, cursor.lastrowid
    cursor.close()
    return outcome


def _truncate_wal(connection: sqlite3.Connection) -> None:
    # All others of this process wait behind it, so that it may not wait as long as a write may.
    (usual,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual}")
