"""Both databases for every test, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.open import open_vault
from storage.unit_of_work import SqlMemory, SqlWork
from storage.vault.inbox import SqlInbox
from storage.vault.residents import SqlVault
from tests.databases import Databases
from tests.engines import Engines
from tests.integration.storage.cast import CountingIds, FrozenClock


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def main_path(databases: Databases) -> Path:
    """Main as a file; only for tests of files."""
    assert isinstance(databases.main, Path)
    return databases.main


@pytest.fixture
def vault_path(databases: Databases) -> Path:
    assert isinstance(databases.vault, Path)
    return databases.vault


@pytest.fixture(scope="session")
def known_engines() -> dict[str, Engines]:
    """What was used before, by kind: they need not learn their statements again."""
    return {}


@pytest.fixture
async def memory(
    databases: Databases, known_engines: dict[str, Engines], clock: FrozenClock
) -> AsyncIterator[SqlMemory]:
    if databases.kind not in known_engines:
        known_engines[databases.kind] = Engines.of(databases)
    memory = known_engines[databases.kind].memory(clock)
    yield memory
    await memory.close()


@pytest.fixture
async def work(memory: SqlMemory) -> AsyncIterator[SqlWork]:
    async with memory.begin() as work:
        yield work


@pytest.fixture
def keys_folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
async def sealed_side(
    databases: Databases, keys_folder: Path, clock: FrozenClock
) -> AsyncIterator[tuple[SqlVault, SqlInbox]]:
    vault, inbox = await open_vault(databases.vault, keys_folder, clock, CountingIds())
    yield vault, inbox
    await vault.close()


@pytest.fixture
def vault(sealed_side: tuple[SqlVault, SqlInbox]) -> SqlVault:
    return sealed_side[0]


@pytest.fixture
def inbox(sealed_side: tuple[SqlVault, SqlInbox]) -> SqlInbox:
    return sealed_side[1]
