"""The console as it runs, on a real migrated database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from domain.ids import RandomIds
from domain.model.unit import Unit, UnitKind
from handlers.console.app import make_app
from handlers.console.desk import Desk
from handlers.periods import office_words
from handlers.pulse import Pulse
from storage.figures import figures
from storage.open import open_main
from storage.unit_of_work import SqlMemory
from tests.migrated import lay_files

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class FrozenClock:
    def now(self) -> datetime:
        return NOON

    def monotonic(self) -> float:
        return 0.0


@pytest.fixture
async def memory(tmp_path: Path, migrated_files: Path) -> AsyncIterator[SqlMemory]:
    lay_files(migrated_files, tmp_path / "data")
    memory = await open_main(tmp_path / "data" / "main.db", FrozenClock())
    yield memory
    await memory.close()


@pytest.fixture
async def office(memory: SqlMemory) -> Unit:
    name = "Phường <Ninh Kiều>"
    unit = Unit(RandomIds().new(), "31135", name, UnitKind.WARD, None, "UBND phường <Ninh Kiều>")
    async with memory.begin() as work:
        await work.units.add(unit)
        await work.commit()
    return unit


@pytest.fixture
def pulse() -> Pulse | None:
    return Pulse(NOON, {"waiting": 2, "done": 9, "parked": 1}, done=7, refused={"forged": 4})


@pytest.fixture
async def client(memory: SqlMemory, pulse: Pulse | None) -> AsyncIterator[TestClient]:  # type: ignore[type-arg]  # its two type arguments say nothing here
    desk = Desk(
        memory, partial(figures, memory.engine), lambda: pulse, office_words(), FrozenClock()
    )
    async with TestClient(TestServer(make_app(desk))) as client:
        yield client
