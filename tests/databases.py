"""Main and vault of one office for a test: in files, or on a server; fresh in a moment."""

import asyncio
import shutil
import sqlite3
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

import asyncpg
import pytest

from storage.migrate import bring_up_to_date
from storage.open import open_main
from storage.revisions import Which
from tests.integration.storage.cast import FrozenClock, move_in
from tests.postgres import Cluster

Rows = list[tuple[Any, ...]]

NOTHING = dict.fromkeys(Which, "template0")
"""What a server's databases are copied from in which nothing is to be."""
REFUSED = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
"""What a statement is answered with that the database refuses."""

only_files = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
"""For tests of what only a file has, such as a write-ahead log beside it."""
only_servers = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


class Way(Protocol):
    """A connection past all code of ours."""

    def run(self, statement: str, *values: object) -> Rows: ...


class Databases(Protocol):
    """Both databases, migrated; in main everybody has moved in."""

    kind: ClassVar[str]

    @property
    def folder(self) -> Path:
        """Where the keys lie, and the files if there are any."""
        ...

    @property
    def main(self) -> Path | str: ...
    @property
    def vault(self) -> Path | str: ...
    def refresh(self) -> None: ...
    def straight(self, which: str = "main") -> AbstractContextManager[Way]: ...
    def sql(self, statement: str, *values: object, which: str = "main") -> Rows: ...
    def past_the_rules(self, rule: str, statement: str, *values: object) -> None: ...
    def tables(self, which: str) -> list[str]: ...
    def everything(self, which: str) -> bytes: ...


Furnish = Callable[[Path | str, Path | str], Coroutine[Any, Any, None]]
"""Makes both databases as each test is to find them: main, then the vault."""


async def furnish(main: Path | str, vault: Path | str) -> None:
    await bring_up_to_date(main, Which.MAIN)
    await bring_up_to_date(vault, Which.VAULT)
    memory = await open_main(main, FrozenClock())
    async with memory.begin() as work:
        await move_in(work)
        await work.commit()
    await memory.close()


@dataclass(frozen=True)
class FileWay:
    """Straight into a file."""

    file: sqlite3.Connection

    def run(self, statement: str, *values: object) -> Rows:
        return self.file.execute(statement, values).fetchall()


@dataclass(frozen=True)
class InFiles:
    """Two files, copied from furnished ones."""

    kind: ClassVar[str] = "sqlite"
    folder: Path
    furnished: Path

    @property
    def main(self) -> Path:
        return self.folder / "main.db"

    @property
    def vault(self) -> Path:
        return self.folder / "vault.db"

    def refresh(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.furnished, self.folder)

    @contextmanager
    def straight(self, which: str = "main") -> Iterator[FileWay]:
        """The file as any program sees it that keeps SQLite's own safeguards on."""
        path = self.folder / f"{which}.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.execute("PRAGMA foreign_keys = ON")
            file.execute("PRAGMA recursive_triggers = ON")
            yield FileWay(file)

    def sql(self, statement: str, *values: object, which: str = "main") -> Rows:
        with self.straight(which) as way:
            return way.run(statement, *values)

    def past_the_rules(self, rule: str, statement: str, *values: object) -> None:
        """Run what this rule of main would refuse."""
        with self.straight() as way:
            way.run(f"DROP TRIGGER IF EXISTS {rule}")
            way.run(statement, *values)

    def tables(self, which: str) -> list[str]:
        names = self.sql("SELECT name FROM sqlite_master WHERE type = 'table'", which=which)
        return [name for (name,) in names]

    def everything(self, which: str) -> bytes:
        """The file as it lies on the disk, its write-ahead log included."""
        parts = sorted(self.folder.glob(f"{which}.db*"))
        assert [part.name for part in parts][:2] == [f"{which}.db", f"{which}.db-shm"]
        return b"".join(part.read_bytes() for part in parts)


class ServerWay:
    """Straight into a server's database, from a thread of its own, for tests of every kind."""

    def __init__(self, url: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        patience = {"lock_timeout": "5s"}
        self._connection = self._wait(asyncpg.connect(url, server_settings=patience))

    def run(self, statement: str, *values: object) -> Rows:
        found = self._wait(self._connection.fetch(_written(statement, values)))
        return [tuple(row) for row in found]

    def close(self) -> None:
        self._wait(self._connection.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait(self, doing: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(timeout=60)


@dataclass(frozen=True)
class OnServer:
    """Two databases of one server; each keeps a copy of its furnished rows in a schema apart."""

    kind: ClassVar[str] = "postgresql"
    folder: Path
    cluster: Cluster
    name: str
    ways: dict[str, ServerWay]

    @classmethod
    def make(
        cls, folder: Path, cluster: Cluster, name: str, furnish: Furnish = furnish
    ) -> "OnServer":
        made = cls(folder, cluster, name, {})
        with made.straight("postgres") as way:
            for which in Which:
                way.run(f"CREATE DATABASE {name}_{which} TEMPLATE template0")
        asyncio.run(furnish(made.main, made.vault))
        for which in Which:
            made._remember(which)
        return made

    @property
    def main(self) -> str:
        return self.cluster.url(f"{self.name}_main")

    @property
    def vault(self) -> str:
        return self.cluster.url(f"{self.name}_vault")

    def refresh(self) -> None:
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        for which in Which:
            self.sql("DISCARD TEMP", which=which)
            self.sql("SELECT furnished.again()", which=which)
            for table in self._made_since(which):
                self.sql(f"DROP TABLE public.{table}", which=which)

    @contextmanager
    def straight(self, which: str = "main") -> Iterator[ServerWay]:
        if which not in self.ways:
            name = f"{self.name}_{which}" if which in (*Which,) else which
            self.ways[which] = ServerWay(self.cluster.url(name))
        yield self.ways[which]

    def sql(self, statement: str, *values: object, which: str = "main") -> Rows:
        with self.straight(which) as way:
            return way.run(statement, *values)

    def past_the_rules(self, rule: str, statement: str, *values: object) -> None:
        """Run what this rule of main would refuse."""
        with self.straight() as way:
            way.run("SET session_replication_role = replica")
            way.run(statement, *values)
            way.run("RESET session_replication_role")

    def tables(self, which: str) -> list[str]:
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        return [name for (name,) in self.sql(names, which=which)]

    def everything(self, which: str) -> bytes:
        """All rows there are, written out; letters among bytes as letters, not as their codes."""
        self.sql("SET bytea_output = 'escape'", which=which)
        asked = [f"SELECT {name}::text FROM {name}" for name in self.tables(which)]
        rows = [row for one in asked for (row,) in self.sql(one, which=which)]
        self.sql("RESET bytea_output", which=which)
        return "\n".join(rows).encode()

    def close(self) -> None:
        for way in self.ways.values():
            way.close()
        self.ways.clear()

    def _made_since(self, which: str) -> list[str]:
        """Tables that the last test made: the index of opinions grows by whole ones."""
        kept = "SELECT tablename FROM pg_tables WHERE schemaname = 'furnished'"
        at_first = {name for (name,) in self.sql(kept, which=which)}
        return [name for name in self.tables(which) if name not in at_first]

    def _remember(self, which: str) -> None:
        """Keep all rows, and a function by which everything is again as it is now."""
        numbers = self.sql(
            "SELECT sequencename, coalesce(last_value, 1), last_value IS NOT NULL"
            " FROM pg_sequences WHERE schemaname = 'public'",
            which=which,
        )
        self.sql("CREATE SCHEMA furnished", which=which)
        steps: list[str] = []
        for table in self.tables(which):
            self.sql(f"CREATE TABLE furnished.{table} AS TABLE public.{table}", which=which)
            steps.append(f"DELETE FROM public.{table}")
            if self.sql(f"SELECT 1 FROM public.{table} LIMIT 1", which=which):
                steps.append(f"INSERT INTO public.{table} SELECT * FROM furnished.{table}")
        for name, last, called in numbers:
            steps.append(f"PERFORM setval('public.{name}', {last}, {called})")
        self.sql(
            "CREATE FUNCTION furnished.again() RETURNS void LANGUAGE plpgsql"
            f" SET session_replication_role = replica AS $$ BEGIN {'; '.join(steps)}; END $$",
            which=which,
        )


@contextmanager
def named_on(
    cluster: Cluster, name: str, templates: Mapping[Which, str] = NOTHING
) -> Iterator[dict[str, str]]:
    """The settings that name two databases of a server, new copies of these."""
    way = ServerWay(cluster.url("postgres"))
    names = {"DATABASE_URL": f"{name}_main", "VAULT_URL": f"{name}_vault"}
    for one, which in zip(names.values(), Which, strict=True):
        way.run(f'CREATE DATABASE "{one}" TEMPLATE "{templates[which]}"')
    yield {setting: cluster.url(one) for setting, one in names.items()}
    for one in names.values():
        way.run(f'DROP DATABASE "{one}" WITH (FORCE)')
    way.close()


def _written(statement: str, values: tuple[object, ...]) -> str:
    """The statement with literals in the place of its question marks."""
    first, *rest = statement.split("?")
    literals = [_literal(value) for value in values]
    return first + "".join(f"{one}{part}" for one, part in zip(literals, rest, strict=True))


def _literal(value: object) -> str:
    if value is None or isinstance(value, int):
        return "NULL" if value is None else str(value)
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'"
    return "'" + str(value).replace("'", "''") + "'"
