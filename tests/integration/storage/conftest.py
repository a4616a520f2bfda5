"""Real files for every test: a copy of a migrated one in which everybody has moved in."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migrate import Which
from storage.open import bring_up_to_date, open_main, open_vault
from storage.unit_of_work import SqlMemory, SqlWork
from storage.vault.inbox import SqlInbox
from storage.vault.residents import SqlVault
from tests.integration.storage.cast import CountingIds, FrozenClock, move_in


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")

    async def build() -> None:
        for which in Which:
            await bring_up_to_date(folder / f"{which}.db", which)
        memory = await open_main(folder / "main.db", FrozenClock())
        async with memory.begin() as work:
            await move_in(work)
            await work.commit()
        await memory.close()

    asyncio.run(build())
    return folder


@pytest.fixture
def main_path(templates: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(templates / "main.db", tmp_path / "main.db"))


@pytest.fixture
def vault_path(templates: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(templates / "vault.db", tmp_path / "vault.db"))


@pytest.fixture
async def memory(main_path: Path, clock: FrozenClock) -> AsyncIterator[SqlMemory]:
    memory = await open_main(main_path, clock)
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
    vault_path: Path, keys_folder: Path, clock: FrozenClock
) -> AsyncIterator[tuple[SqlVault, SqlInbox]]:
    vault, inbox = await open_vault(vault_path, keys_folder, clock, CountingIds())
    yield vault, inbox
    await vault.close()


@pytest.fixture
def vault(sealed_side: tuple[SqlVault, SqlInbox]) -> SqlVault:
    return sealed_side[0]


@pytest.fixture
def inbox(sealed_side: tuple[SqlVault, SqlInbox]) -> SqlInbox:
    return sealed_side[1]
