"""The sandbox's disk: every change is in `sandbox.db` before anybody is answered."""

import asyncio
import logging
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from channels.telegram.sandbox.errors import Json

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    kind TEXT, key TEXT, doc BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (
    dialog TEXT, message_id INTEGER, sender INTEGER, doc BLOB,
    PRIMARY KEY (dialog, message_id));
CREATE TABLE IF NOT EXISTS updates (
    bot INTEGER, update_id INTEGER, doc BLOB, PRIMARY KEY (bot, update_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, doc BLOB, bytes BLOB);
CREATE TABLE IF NOT EXISTS receipts (
    seq INTEGER PRIMARY KEY, time REAL, bot TEXT, chat INTEGER, dialog TEXT, method TEXT,
    message_id INTEGER, sha256 TEXT, length INTEGER);
CREATE TABLE IF NOT EXISTS calls (
    seq INTEGER PRIMARY KEY, time REAL, bot TEXT, method TEXT, chat TEXT, code INTEGER,
    description TEXT, retry_after INTEGER, fault TEXT);
CREATE INDEX IF NOT EXISTS receipts_by_time ON receipts (time);
"""
THREADS = """
CREATE TABLE threads (
    dialog TEXT, thread INTEGER, message_id INTEGER, topic INTEGER,
    PRIMARY KEY (dialog, thread, message_id)) WITHOUT ROWID;
INSERT INTO threads
    SELECT dialog, thread, message_id, coalesce(topic, 0) FROM (
        SELECT dialog, message_id,
            json_extract(CAST(doc AS TEXT), '$.message_thread_id') AS thread,
            json_extract(CAST(doc AS TEXT), '$.is_topic_message') AS topic
        FROM messages WHERE doc IS NOT NULL)
    WHERE thread IS NOT NULL;
"""
NEWEST = 2**62
EVERYWHERE, THREAD, GENERAL = (
    "",
    " AND message_id IN (SELECT message_id FROM threads WHERE dialog = ?1 AND thread = ?5)",
    " AND message_id NOT IN (SELECT message_id FROM threads WHERE dialog = ?1 AND topic = 1)",
)
PAGE = 1000
LOG = logging.getLogger(__name__)
COLUMNS = {
    "receipts": ("time", "bot", "chat", "dialog", "method", "message_id", "sha256", "length"),
    "calls": ("time", "bot", "method", "chat", "code", "description", "retry_after", "fault"),
}
INSERTS = {
    table: f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - names of ours
    for table, names in COLUMNS.items()
}


class Unusable(Exception):
    """The file cannot be opened as the sandbox's state."""


class Busy(Unusable):
    """Another sandbox holds this state directory."""


class Unwritten(Exception):
    """What was to be kept could not be."""


@dataclass(slots=True)
class Batch:
    """The writes of one turn of the loop, which share a commit."""

    kept: bool = False


class Store:
    """One SQLite file, locked for this process; a killed process loses nothing it has answered."""

    def __init__(self, path: Path) -> None:
        self._batch: Batch | None = None
        self._lines: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=0.5)
            self._db.row_factory = sqlite3.Row
            self._open()
        except sqlite3.DatabaseError as error:
            raise (Busy if "locked" in str(error) else Unusable)(str(error)) from error

    def _open(self) -> None:
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode=WAL")
        # A killed process loses nothing this way; only a power cut could, and this is practice.
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.executescript(SCHEMA)
        # A file of an older sandbox has messages of threads and no table of them.
        if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'threads'").fetchone():
            self._db.executescript(THREADS)

    def close(self) -> None:
        self._commit()
        self._db.close()

    async def written(self) -> None:
        """Returns once all that was put here is in the file, together with what came beside it."""
        batch = self._batch
        if batch is None:
            return
        # The commit was asked for before this turn of the loop ends, so it runs first.
        await asyncio.sleep(0)
        if not batch.kept:
            raise Unwritten

    def _write(self, sql: str, row: tuple[Any, ...]) -> None:
        self._begin()
        self._db.execute(sql, row)

    def _begin(self) -> None:
        """All that is written in one turn of the loop shares one commit."""
        if self._batch is None:
            self._batch = Batch()
            self._db.execute("BEGIN")
            asyncio.get_running_loop().call_soon(self._commit)

    def _commit(self) -> None:
        batch, self._batch = self._batch, None
        if batch is None:
            return
        try:
            self._add_lines()
            self._db.execute("COMMIT")
            batch.kept = True
        except sqlite3.Error:
            LOG.exception("the state could not be written")
            self._db.rollback()
            for rows in self._lines.values():
                rows.clear()

    def _add_lines(self) -> None:
        for table, rows in self._lines.items():
            self._db.executemany(INSERTS[table], rows)
            rows.clear()

    def put(self, kind: str, key: str | int, value: Any) -> None:
        doc = orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)
        self._write("REPLACE INTO objects VALUES (?, ?, ?)", (kind, str(key), doc))

    def drop(self, kind: str, key: str | int) -> None:
        self._write("DELETE FROM objects WHERE kind = ? AND key = ?", (kind, str(key)))

    def everything(self, kind: str) -> list[Json]:
        rows = self._db.execute("SELECT doc FROM objects WHERE kind = ? ORDER BY key", (kind,))
        return [orjson.loads(row["doc"]) for row in rows]

    def one(self, kind: str, key: str | int) -> Json | None:
        where = (kind, str(key))
        row = self._db.execute("SELECT doc FROM objects WHERE kind = ? AND key = ?", where)
        found = row.fetchone()
        return orjson.loads(found["doc"]) if found else None

    def put_message(self, dialog: str, message: Json, author: int) -> None:
        row = (dialog, message["message_id"], author, orjson.dumps(message))
        self._write("REPLACE INTO messages VALUES (?, ?, ?, ?)", row)
        if thread := message.get("message_thread_id"):
            topic = int(message.get("is_topic_message", False))
            place = (dialog, thread, message["message_id"], topic)
            self._write("REPLACE INTO threads VALUES (?, ?, ?, ?)", place)

    def drop_message(self, dialog: str, message_id: int) -> None:
        # The row stays without its content: an id, once used, is never given out again.
        where = (dialog, message_id)
        self._write("UPDATE messages SET doc = NULL WHERE dialog = ? AND message_id = ?", where)
        self._write("DELETE FROM threads WHERE dialog = ? AND message_id = ?", where)

    def message(self, dialog: str, message_id: int) -> Json | None:
        where = (dialog, message_id)
        found = self._db.execute(
            "SELECT doc FROM messages WHERE dialog = ? AND message_id = ?", where
        ).fetchone()
        return orjson.loads(found["doc"]) if found and found["doc"] else None

    def author(self, dialog: str, message_id: int) -> int:
        """Who wrote it, whoever it shows; 0 if nobody did."""
        found = self._db.execute(
            "SELECT sender FROM messages WHERE dialog = ? AND message_id = ?", (dialog, message_id)
        ).fetchone()
        return int(found["sender"]) if found else 0

    def messages(
        self, dialog: str, after: int, limit: int, before: int = NEWEST, thread: int | None = None
    ) -> list[Json]:
        """The newest `limit` messages between the two, oldest first; thread 0 is General."""
        within = _within(thread)
        rows = self._db.execute(
            "SELECT doc FROM messages WHERE dialog = ?1 AND message_id > ?2 AND message_id < ?3"  # noqa: S608 - clauses of ours
            f" AND doc IS NOT NULL{within} ORDER BY message_id DESC LIMIT ?4",
            (dialog, after, before, limit, thread)[: 5 if within == THREAD else 4],
        ).fetchall()
        return [orjson.loads(row["doc"]) for row in reversed(rows)]

    def in_thread(self, dialog: str, thread: int) -> int:
        """How many messages a thread has, its opening not among them."""
        where = (dialog, thread)
        sql = (
            "SELECT count(*) FROM threads WHERE dialog = ? AND thread = ? AND message_id <> thread"
        )
        return int(self._db.execute(sql, where).fetchone()[0])

    def unread(self, dialog: str, after: int, reader: int, thread: int | None = None) -> int:
        """How many messages of others come after this one; thread 0 is General."""
        within = _within(thread)
        row = self._db.execute(
            "SELECT count(*) FROM messages WHERE dialog = ?1 AND message_id > ?2"  # noqa: S608 - clauses of ours
            f" AND sender <> ?3 AND doc IS NOT NULL{within}",
            (dialog, after, reader, None, thread)[: 5 if within == THREAD else 3],
        ).fetchone()
        return int(row[0])

    def last_message_ids(self) -> dict[str, int]:
        rows = self._db.execute("SELECT dialog, max(message_id) FROM messages GROUP BY dialog")
        return {row[0]: row[1] for row in rows}

    def put_update(self, bot: int, update_id: int, doc: bytes) -> None:
        self._write("INSERT INTO updates VALUES (?, ?, ?)", (bot, update_id, doc))

    def drop_updates(self, bot: int, upto: int) -> None:
        self._write("DELETE FROM updates WHERE bot = ? AND update_id <= ?", (bot, upto))

    def drop_update(self, bot: int, update_id: int) -> None:
        self._write("DELETE FROM updates WHERE bot = ? AND update_id = ?", (bot, update_id))

    def updates(self, bot: int) -> list[tuple[int, bytes]]:
        rows = self._db.execute(
            "SELECT update_id, doc FROM updates WHERE bot = ? ORDER BY update_id", (bot,)
        )
        return [(row["update_id"], row["doc"]) for row in rows]

    def put_file(self, file_id: str, doc: Json, content: bytes) -> None:
        row = (file_id, orjson.dumps(doc), content)
        self._write("INSERT INTO files VALUES (?, ?, ?)", row)

    def file(self, file_id: str) -> Json | None:
        row = self._db.execute("SELECT doc FROM files WHERE id = ?", (file_id,)).fetchone()
        return orjson.loads(row["doc"]) if row else None

    def file_bytes(self, file_id: str) -> bytes:
        row = self._db.execute("SELECT bytes FROM files WHERE id = ?", (file_id,)).fetchone()
        return bytes(row["bytes"])

    def add_line(self, table: str, line: Json) -> None:
        """One more line in `receipts` or `calls`; the column names are the keys."""
        self._begin()
        self._lines[table].append(tuple(map(line.get, COLUMNS[table])))

    def lines(self, table: str, after: int) -> list[Json]:
        self._add_lines()
        sql = f"SELECT * FROM {table} WHERE seq > ? ORDER BY seq LIMIT {PAGE}"  # noqa: S608 - both are literals of ours
        return [dict(row) for row in self._db.execute(sql, (after,))]

    def receipts_since(self, moment: float) -> list[Json]:
        sql = "SELECT time, bot, dialog FROM receipts WHERE time > ? ORDER BY time"
        return [dict(row) for row in self._db.execute(sql, (moment,))]


def _within(thread: int | None) -> str:
    return EVERYWHERE if thread is None else THREAD if thread else GENERAL
