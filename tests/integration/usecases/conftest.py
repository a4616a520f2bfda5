"""An office for every test: a copy of migrated files in which everybody has moved in."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from content.catalog import Words
from storage.migrate import Which
from storage.open import bring_up_to_date, open_main
from tests.integration.storage.cast import FrozenClock, move_in
from tests.integration.usecases.office import Office, Premises


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.load()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both databases, made once."""
    folder = tmp_path_factory.mktemp("furnished")

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


@pytest.fixture(scope="session")
def premises(tmp_path_factory: pytest.TempPathFactory) -> Premises:
    return Premises.at(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def other_premises(tmp_path_factory: pytest.TempPathFactory) -> Premises:
    return Premises.at(tmp_path_factory.mktemp("other"))


@pytest.fixture
async def office(furnished: Path, premises: Premises, words: Words) -> AsyncIterator[Office]:
    async with moved_in(furnished, premises, words) as office:
        yield office


@pytest.fixture
async def other_office(
    furnished: Path, other_premises: Premises, words: Words
) -> AsyncIterator[Office]:
    """Furnished alike, with a clock and ids of its own."""
    async with moved_in(furnished, other_premises, words) as office:
        yield office


@asynccontextmanager
async def moved_in(furnished: Path, premises: Premises, words: Words) -> AsyncIterator[Office]:
    shutil.rmtree(premises.folder)
    shutil.copytree(furnished, premises.folder)
    office = Office.open(premises, words)
    try:
        yield office
    finally:
        await office.close()
