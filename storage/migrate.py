"""Bring a database file to the tables that this code expects, and tell how far it has come."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import file_of
from storage.errors import StorageUnusable, Unusable, trouble_with


class Which(StrEnum):
    """The two databases; each has a line of migrations of its own."""

    MAIN = "main"
    VAULT = "vault"


def head_revision(which: Which) -> str:
    """The newest migration that this code knows."""
    (head,) = _scripts(which).get_heads()
    return head


async def current_revision(engine: AsyncEngine) -> str | None:
    """How far the file has come; None for an empty one."""
    with trouble_with(file_of(engine)):
        async with engine.connect() as connection:
            return await connection.run_sync(_current)


async def migrate(engine: AsyncEngine, which: Which) -> None:
    """Run what is missing; StorageUnusable if the file is not ours or comes from newer code."""
    path = file_of(engine)
    with trouble_with(path):
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, which, path)


async def require_current(engine: AsyncEngine, which: Which) -> None:
    """StorageUnusable unless the file is sound and has exactly the tables that we expect."""
    path = file_of(engine)
    with trouble_with(path):
        async with engine.connect() as connection:
            current = await connection.run_sync(_known, which, path)
            checked = await connection.exec_driver_sql("PRAGMA quick_check(1)")
            if checked.scalar() != "ok":
                raise StorageUnusable(path, Unusable.DAMAGED)
    if current != head_revision(which):
        raise StorageUnusable(path, Unusable.BEHIND)


def _upgrade(connection: Connection, which: Which, path: str, to: str = "head") -> None:
    _known(connection, which, path)
    settings = _settings(which)
    settings.attributes["connection"] = connection
    command.upgrade(settings, to)


def _known(connection: Connection, which: Which, path: str) -> str | None:
    """The file's revision, once it is certain that it is ours and not from newer code."""
    current = _current(connection)
    if current is None:
        if inspect(connection).get_table_names():
            raise StorageUnusable(path, Unusable.FOREIGN)
        return None
    if not current.startswith(f"{which}_"):
        raise StorageUnusable(path, Unusable.FOREIGN)
    try:
        _scripts(which).get_revision(current)
    except CommandError as error:
        raise StorageUnusable(path, Unusable.NEWER) from error
    return current


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts(which: Which) -> ScriptDirectory:
    return ScriptDirectory.from_config(_settings(which))


def _settings(which: Which) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations" / which))
    return settings
