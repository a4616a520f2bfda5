"""Bring a database to the tables that this code expects, and tell how far it has come."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import READING, place_of
from storage.errors import StorageUnusable, Unusable, trouble_with
from storage.postgres import is_bytewise
from storage.sqlite import is_sound


class Which(StrEnum):
    """The two databases; each has a line of migrations of its own."""

    MAIN = "main"
    VAULT = "vault"


def head_revision(which: Which) -> str:
    """The newest migration that this code knows."""
    (head,) = _scripts(which).get_heads()
    return head


async def current_revision(engine: AsyncEngine) -> str | None:
    """How far the database has come; None for an empty one."""
    with trouble_with(place_of(engine)):
        async with engine.connect() as plain:
            connection = await plain.execution_options(**READING)
            return await connection.run_sync(_current)


async def migrate(engine: AsyncEngine, which: Which) -> None:
    """Run what is missing; StorageUnusable if it is not ours or comes from newer code."""
    place = place_of(engine)
    with trouble_with(place):
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, which, place)


async def require_current(engine: AsyncEngine, which: Which) -> None:
    """StorageUnusable unless it is sound and has exactly the tables that we expect."""
    place = place_of(engine)
    with trouble_with(place):
        async with engine.connect() as plain:
            connection = await plain.execution_options(**READING)
            current = await connection.run_sync(_known, which, place)
            if not await connection.run_sync(_is_sound):
                raise StorageUnusable(place, Unusable.DAMAGED)
    if current != head_revision(which):
        raise StorageUnusable(place, Unusable.BEHIND)


def _is_sound(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql" or is_sound(connection)


def _upgrade(connection: Connection, which: Which, place: str, to: str = "head") -> None:
    empty = _known(connection, which, place) is None
    if empty and connection.dialect.name == "postgresql" and not is_bytewise(connection):
        raise StorageUnusable(place, Unusable.WRONG_LOCALE)
    settings = _settings(which)
    settings.attributes["connection"] = connection
    command.upgrade(settings, to)


def _known(connection: Connection, which: Which, place: str) -> str | None:
    """Its revision, once it is certain that it is ours and not from newer code."""
    current = _current(connection)
    if current is None:
        if inspect(connection).get_table_names():
            raise StorageUnusable(place, Unusable.FOREIGN)
        return None
    if not current.startswith(f"{which}_"):
        raise StorageUnusable(place, Unusable.FOREIGN)
    try:
        _scripts(which).get_revision(current)
    except CommandError as error:
        raise StorageUnusable(place, Unusable.NEWER) from error
    return current


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts(which: Which) -> ScriptDirectory:
    return ScriptDirectory.from_config(_settings(which))


def _settings(which: Which) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations" / which))
    return settings
