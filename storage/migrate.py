"""Bring a database to the tables that this code expects."""

# Apart from all else: who just opens a database need not wait for the library, nor hold it.

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import file_of, make_engine, place_of
from storage.errors import StorageUnusable, Unusable, trouble_with
from storage.postgres import is_bytewise
from storage.revisions import MIGRATIONS, Which, known_revision
from storage.sqlite import make_file, require_file


async def bring_up_to_date(path_or_url: Path | str, which: str) -> None:
    """Run the migrations that a database lacks; an SQLite file is made if there is none."""
    engine = make_engine(path_or_url)
    if file := file_of(engine):
        make_file(file)
        require_file(file)
    try:
        await migrate(engine, Which(which))
    finally:
        await engine.dispose()


async def migrate(engine: AsyncEngine, which: Which) -> None:
    """Run what is missing; StorageUnusable if it is not ours or comes from newer code."""
    place = place_of(engine)
    with trouble_with(place):
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, which, place)


def _upgrade(connection: Connection, which: Which, place: str, to: str = "head") -> None:
    empty = known_revision(connection, which, place) is None
    if empty and connection.dialect.name == "postgresql" and not is_bytewise(connection):
        raise StorageUnusable(place, Unusable.WRONG_LOCALE)
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS / which))
    settings.attributes["connection"] = connection
    command.upgrade(settings, to)
