"""Copies of both files as they are at one moment, while others go on writing."""

import asyncio
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from storage.engine import QUEUE_SECONDS
from storage.errors import StorageUnusable, Unusable
from storage.revisions import Which
from storage.sqlite import make_file, require_file

Rows = Mapping[str, int]
"""How many rows each table has."""


async def back_up(files: Mapping[str, Path], folder: Path) -> Mapping[str, Rows]:
    """Copy main and the vault into a folder, as a crash at this moment would leave them."""
    for file in files.values():
        require_file(file)
    return await asyncio.to_thread(_back_up, files, folder)


def _back_up(files: Mapping[str, Path], folder: Path) -> Mapping[str, Rows]:
    counted: dict[str, Rows] = {}
    with _one_moment(files) as sources:
        for name, source in sources.items():
            copy = folder / f"{name}.db"
            make_file(copy)
            with closing(sqlite3.connect(copy)) as target, _trouble_with(copy):
                source.backup(target)
                counted[name] = _count(target)
    return counted


@contextmanager
def _one_moment(files: Mapping[str, Path]) -> Iterator[Mapping[str, sqlite3.Connection]]:
    """Readers of both files, at a moment when nothing is being committed in main.

    What belongs in the vault is written before main's commit, and an update is blanked after it:
    with main standing still, the vault is as a crash might leave it, and every replay is at home
    with that. Writers wait only until both readers have begun.
    """
    main = files[Which.MAIN]
    with closing(_open(main)) as gate:
        readers = {name: _open(file) for name, file in files.items()}
        try:
            with _trouble_with(main):
                gate.execute("BEGIN IMMEDIATE")
            for name, reader in readers.items():
                with _trouble_with(files[name]):
                    reader.execute("BEGIN")
                    reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
            gate.execute("ROLLBACK")
            yield readers
        finally:
            for reader in readers.values():
                reader.close()


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=QUEUE_SECONDS, isolation_level=None)


def _count(copy: sqlite3.Connection) -> Rows:
    if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("malformed")
    tables = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [name for (name,) in tables.fetchall()]
    counts = "SELECT count(*) FROM {}"
    return {name: copy.execute(counts.format(f'"{name}"')).fetchone()[0] for name in names}


@contextmanager
def _trouble_with(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        reasons = {"locked": Unusable.LOCKED, "full": Unusable.FULL}
        reason = next((r for said, r in reasons.items() if said in str(error)), None)
        raise StorageUnusable(str(file), reason or Unusable.UNWRITABLE) from error
    except sqlite3.DatabaseError as error:
        raise StorageUnusable(str(file), Unusable.DAMAGED) from error
