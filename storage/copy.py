"""A database's move from its file to a server: all of it or nothing."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engine import READING, make_engine, place_of
from storage.errors import StorageUnusable, Unusable, trouble_with
from storage.revisions import Which, require_current
from storage.sqlite import require_file
from storage.tables import MAIN
from storage.vault.tables import VAULT

TABLES = {Which.MAIN: MAIN.sorted_tables, Which.VAULT: VAULT.sorted_tables}
"""Each after those that it refers to."""
AT_ONCE = 1000
FEW = {
    "session_media": 20,
    "opinion_picture": 20,
    "opinion_voice": 20,
    "held_picture": 20,
    "material_file": 4,
    "bulletin_media": 4,
}
"""At once of a table with files in it: each may have 4 megabytes, or 20."""
LONGEST = 86_400.0
"""Seconds that one table may take."""

Counts = Mapping[str, tuple[int, int]]
"""Rows of each table: in the file, and on the server."""
Tell = Callable[[str, int, int], None]
"""Is told which table is being copied, how many rows have been, and how many there are."""


async def copy(which: str, file: Path, url: str, tell: Tell) -> Counts:
    """Copy into an empty, migrated database; it is kept only if every table counts the same."""
    tables = TABLES[Which(which)]
    require_file(file)
    there, here = make_engine(file), make_engine(url)
    try:
        await require_current(there, Which(which))
        with trouble_with(place_of(here)):
            async with here.connect() as server:
                await _require_empty(server, tables, place_of(here))
                await _copy_all(there, server, tables, tell)
                counted = await _compare(there, server, tables)
                if all(before == after for before, after in counted.values()):
                    await server.commit()
        return counted
    finally:
        await there.dispose()
        await here.dispose()


async def _require_empty(server: AsyncConnection, tables: list[Table], place: str) -> None:
    for table in tables:
        if (await server.execute(select(table).limit(1))).first() is not None:
            raise StorageUnusable(place, Unusable.NOT_EMPTY)


async def _copy_all(
    there: AsyncEngine, server: AsyncConnection, tables: list[Table], tell: Tell
) -> None:
    async with there.connect() as plain:
        file = await plain.execution_options(**READING)
        total = sum([await _count(file, table) for table in tables])
        moving = _Moving(file, server, tell, total)
        for table in tables:
            await moving.table(table)


@dataclass
class _Moving:
    """One database on its way."""

    file: AsyncConnection
    server: AsyncConnection
    tell: Tell
    total: int
    done: int = 0

    async def table(self, table: Table) -> None:
        """All rows in one statement, so that rows may refer to others of their own table."""
        self.tell(table.name, self.done, self.total)
        # The refusals guard acts. What was done under them is taken over as it stands; keys,
        # references and checks are compared all the same.
        await self.server.exec_driver_sql(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
        raw = await self.server.get_raw_connection()
        assert raw.driver_connection is not None  # noqa: S101 - it has just run a statement
        await raw.driver_connection.copy_records_to_table(
            table.name,
            records=self._rows(table),
            columns=[column.name for column in table.columns],
            timeout=LONGEST,
        )
        await self.server.exec_driver_sql(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')
        await _number_on(self.server, table)

    async def _rows(self, table: Table) -> AsyncIterator[tuple[Any, ...]]:
        at_once = FEW.get(table.name, AT_ONCE)
        found = await self.file.stream(select(table).execution_options(yield_per=at_once))
        async for some in found.partitions():
            for row in some:
                yield tuple(row)
            self.done += len(some)
            self.tell(table.name, self.done, self.total)


async def _number_on(server: AsyncConnection, table: Table) -> None:
    """Let the numbers that the server gives out follow those that are taken."""
    column = table.autoincrement_column
    if column is None:
        return
    numbers = func.pg_get_serial_sequence(table.name, column.name)
    if await server.scalar(select(numbers)) is not None:
        following = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
        await server.execute(select(func.setval(numbers, following, False)))


async def _compare(there: AsyncEngine, server: AsyncConnection, tables: list[Table]) -> Counts:
    # Asked anew, so that what somebody has added to the file meanwhile is noticed.
    async with there.connect() as plain:
        file = await plain.execution_options(**READING)
        return {
            table.name: (await _count(file, table), await _count(server, table)) for table in tables
        }


async def _count(connection: AsyncConnection, table: Table) -> int:
    return await connection.scalar(select(func.count()).select_from(table)) or 0
