"""The demo is made once, whole, also when its making was broken off in the middle."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text

from channels.telegram.gateway import TelegramGateway, open_gateway
from channels.telegram.sandbox.server import Running, serve
from domain.clock import SystemClock
from domain.ids import RandomIds
from domain.model.chat import ChatPurpose
from domain.ports import Cause
from domain.usecases.manage_access import ManageAccess
from handlers.cli.seed import Seed
from handlers.cli.terminal import Terminal
from handlers.letterhead import CatalogLetterhead
from handlers.periods import office_words
from handlers.settings import Door, OperatorSettings
from storage.open import open_main
from storage.unit_of_work import SqlMemory, SqlWork

CLOCK, IDS, WORDS = SystemClock(), RandomIds(), office_words()
MANY = 1000
"""More commits than a whole seed makes."""


class PowerCut(Exception):
    """The process ends here."""


class FragileMemory(SqlMemory):
    """Main, in a process that ends right after its n-th commit."""

    left = MANY

    @asynccontextmanager
    async def begin(
        self, cause: Cause | None = None, crowded: bool = False
    ) -> AsyncIterator[SqlWork]:
        async with super().begin(cause, crowded) as work:
            kept = work.commit

            async def commit() -> None:
                await kept()
                self.left -= 1
                if self.left == 0:
                    raise PowerCut

            work.commit = commit  # type: ignore[method-assign]  # the cut is in this object alone
            yield work


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Running]:
    running = await serve(("127.0.0.1", 0), tmp_path / "sandbox")
    yield running
    await running.stop()


@pytest.fixture
def settings(data_dir: Path, sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> OperatorSettings:
    monkeypatch.setenv("DATA_DIR", str(data_dir))
    monkeypatch.setenv("SANDBOX_BIND", sandbox.address.removeprefix("http://"))
    return OperatorSettings()


@pytest.fixture
async def memory(settings: OperatorSettings) -> AsyncIterator[FragileMemory]:
    opened = await open_main(settings.main.where, CLOCK)
    yield FragileMemory(opened.engine, CLOCK)
    await opened.close()


@asynccontextmanager
async def gateway(door: Door) -> AsyncIterator[TelegramGateway]:
    opened = await open_gateway(door.token, door.url, CLOCK)
    try:
        yield opened
    finally:
        await opened.close()


def seed(memory: SqlMemory) -> Seed:
    access = ManageAccess(memory, CLOCK, IDS, CatalogLetterhead(WORDS, str))
    return Seed(memory, CLOCK, IDS, Terminal(WORDS), access, gateway)


async def counted(memory: SqlMemory, *what: str) -> dict[str, int]:
    async with memory.engine.connect() as connection:
        return {
            one: await connection.scalar(text(f"SELECT count(*) FROM {one}")) or 0 for one in what
        }


WHOLE = {
    "person": 5,
    "chat": 7,
    "chat WHERE language = 'km'": 1,
    "bulletin": 12,
    "bulletin WHERE state = 'approved'": 1,
    "bulletin WHERE state = 'in_review'": 1,
    "revision": 2,
    "approval": 1,
    "broadcast WHERE state = 'planned'": 1,
    "material WHERE state = 'approved'": 3,
    "material_file": 1,
}


async def test_a_seed_is_whole(memory: FragileMemory, settings: OperatorSettings) -> None:
    await seed(memory)(settings)

    assert await counted(memory, *WHOLE) == WHOLE
    assert settings.seeded_path.exists()


@pytest.mark.parametrize("commits", [1, 3, 11, 12, 13, 20, 26, 27, 28])
async def test_a_seed_that_was_cut_off_is_completed(
    memory: FragileMemory, settings: OperatorSettings, commits: int
) -> None:
    memory.left = commits
    with pytest.raises(PowerCut):
        await seed(memory)(settings)
    assert not settings.seeded_path.exists()

    await seed(memory)(settings)

    assert await counted(memory, *WHOLE) == WHOLE


EVER = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


async def test_the_first_bulletin_goes_to_every_residents_group(
    memory: FragileMemory, settings: OperatorSettings
) -> None:
    await seed(memory)(settings)
    async with memory.begin() as work:
        root = await work.units.root()
        assert root is not None
        groups = await work.chats.in_subtree(root.id, ChatPurpose.RESIDENTS)
        (broadcast,) = await work.broadcasts.between([root.id], *EVER)
        frozen = await work.bulletins.revision(broadcast.revision_id)

    assert len(groups) == 6
    assert set(frozen.chat_ids) == {chat.id for chat in groups}
    assert root.issuing_body in frozen.in_language("vi")


async def test_a_khmer_group_gets_the_first_bulletin_in_khmer(
    memory: FragileMemory, settings: OperatorSettings
) -> None:
    await seed(memory)(settings)
    async with memory.begin() as work:
        root = await work.units.root()
        assert root is not None
        groups = await work.chats.in_subtree(root.id, ChatPurpose.RESIDENTS)
        (broadcast,) = await work.broadcasts.between([root.id], *EVER)
        frozen = await work.bulletins.revision(broadcast.revision_id)

    assert sorted(chat.language for chat in groups) == ["km", *["vi"] * 5]
    assert frozen.in_language("km") != frozen.in_language("vi")


async def test_every_residents_group_has_its_communitys_decision(
    memory: FragileMemory, settings: OperatorSettings
) -> None:
    await seed(memory)(settings)
    async with memory.begin() as work:
        bound = await work.chats.all()

    assert all(chat.decision for chat in bound if chat.purpose is ChatPurpose.RESIDENTS)


async def test_the_page_shows_the_cast(
    memory: FragileMemory, settings: OperatorSettings, sandbox: Running
) -> None:
    await seed(memory)(settings)
    url = f"{sandbox.address}/control/users"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        users = (await answer.json())["users"]

    cast = ["Em", "An", "Bình", "Giang", "Hạnh", "Dung", "Khách"]
    assert [one["first_name"] for one in users] == cast
