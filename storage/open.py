"""Open the databases for use, or say in one exception why they cannot be used."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from domain.clock import Clock
from domain.ids import Ids
from storage.engine import file_of, make_engine
from storage.erasures import ErasureJournal
from storage.revisions import Which, current_revision, head_revision, require_current
from storage.sqlite import require_file
from storage.unit_of_work import SqlMemory
from storage.vault.check import require_keys
from storage.vault.chest import SqlKeyChest
from storage.vault.inbox import SqlInbox
from storage.vault.keys import KeyRing
from storage.vault.residents import SqlVault


async def how_far(path_or_url: Path | str, which: str) -> tuple[str | None, str]:
    """The migration that the file has come to, None for an empty one, and the newest there is."""
    engine = make_engine(path_or_url)
    try:
        return await current_revision(engine), head_revision(Which(which))
    finally:
        await engine.dispose()


async def open_main(
    path_or_url: Path | str, clock: Clock, erasures_folder: Path | None = None
) -> SqlMemory:
    """Main, which must be up to date; close it when done. What erases keeps its journal there."""
    engine = make_engine(path_or_url)
    async with _closed_on_trouble(engine):
        _require_file(engine)
        await require_current(engine, Which.MAIN)
    return SqlMemory(engine, clock, _journal(erasures_folder, clock))


async def open_vault(
    path_or_url: Path | str,
    keys_folder: Path,
    clock: Clock,
    ids: Ids,
    erasures_folder: Path | None = None,
) -> tuple[SqlVault, SqlInbox]:
    """The vault and its inbox, up to date and with every key; closing the vault closes both."""
    engine = make_engine(path_or_url)
    async with _closed_on_trouble(engine):
        _require_file(engine)
        await require_current(engine, Which.VAULT)
        keys = KeyRing(keys_folder, clock)
        await require_keys(engine, keys)
    vault = SqlVault(engine, keys, _journal(erasures_folder, clock))
    return vault, SqlInbox(engine, keys, clock, ids)


@asynccontextmanager
async def open_chest(
    path_or_url: Path | str, keys_folder: Path, clock: Clock
) -> AsyncIterator[SqlKeyChest]:
    """The keys, and what is sealed under each: also where one is missing or wrong."""
    engine = make_engine(path_or_url)
    async with _closed_on_trouble(engine):
        _require_file(engine)
        await require_current(engine, Which.VAULT)
        yield SqlKeyChest(engine, KeyRing(keys_folder, clock, lenient=True))
    await engine.dispose()


def _journal(folder: Path | None, clock: Clock) -> ErasureJournal | None:
    if folder is None:
        return None
    journal = ErasureJournal(folder, clock)
    journal.make_ready()
    return journal


def _require_file(engine: AsyncEngine) -> None:
    if file := file_of(engine):
        require_file(file)


@asynccontextmanager
async def _closed_on_trouble(engine: AsyncEngine) -> AsyncIterator[None]:
    try:
        yield
    except BaseException:
        await engine.dispose()
        raise
