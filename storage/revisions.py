"""How far a database has come, and whether it has just the tables that this code expects."""

from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import READING, place_of
from storage.errors import StorageUnusable, Unusable, trouble_with
from storage.sqlite import is_sound

MIGRATIONS = Path(__file__).parent / "migrations"


class Which(StrEnum):
    """The two databases; each has a line of migrations of its own."""

    MAIN = "main"
    VAULT = "vault"


def head_revision(which: Which) -> str:
    """The newest migration that this code knows."""
    return _revisions(which)[-1]


async def current_revision(engine: AsyncEngine) -> str | None:
    """How far the database has come; None for an empty one."""
    with trouble_with(place_of(engine)):
        async with engine.connect() as plain:
            connection = await plain.execution_options(**READING)
            return await connection.run_sync(_current)


async def require_current(engine: AsyncEngine, which: Which) -> None:
    """StorageUnusable unless it is sound and has exactly the tables that we expect."""
    place = place_of(engine)
    with trouble_with(place):
        async with engine.connect() as plain:
            connection = await plain.execution_options(**READING)
            current = await connection.run_sync(known_revision, which, place)
            if not await connection.run_sync(_is_sound):
                raise StorageUnusable(place, Unusable.DAMAGED)
    if current != head_revision(which):
        raise StorageUnusable(place, Unusable.BEHIND)


def _is_sound(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql" or is_sound(connection)


def known_revision(connection: Connection, which: Which, place: str) -> str | None:
    """Its revision, once it is certain that it is ours and not from newer code."""
    current = _current(connection)
    if current is None:
        if inspect(connection).get_table_names():
            raise StorageUnusable(place, Unusable.FOREIGN)
        return None
    if not current.startswith(f"{which}_"):
        raise StorageUnusable(place, Unusable.FOREIGN)
    if current not in _revisions(which):
        raise StorageUnusable(place, Unusable.NEWER)
    return current


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    current: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return current


def _revisions(which: Which) -> list[str]:
    """All that this code knows, the oldest first: each file is named by its number."""
    files = sorted((MIGRATIONS / which / "versions").glob("v[0-9]*_*.py"))
    return [f"{which}_{file.name[1:5]}" for file in files]
