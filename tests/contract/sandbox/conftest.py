"""A sandbox on a real port and the library's own client for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot

from channels.telegram.sandbox.server import serve
from tests.contract.sandbox.desk import Desk
from tests.contract.sandbox.practice import BOT, EM, OTHER_BOT, OTHER_TOKEN, Practice, client


@pytest.fixture
async def practice(tmp_path: Path) -> AsyncIterator[Practice]:
    running = await serve(("127.0.0.1", 0), tmp_path / "state")
    async with aiohttp.ClientSession() as session:
        found = Practice(running.address, session)
        await found.populate()
        yield found
    await running.stop()


@pytest.fixture
async def bot(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with client(practice) as found:
        yield found


@pytest.fixture
async def other_bot(practice: Practice) -> AsyncIterator[Bot]:
    await practice.post("bots", token=OTHER_TOKEN, username=OTHER_BOT)
    async with client(practice, OTHER_TOKEN) as found:
        yield found


@pytest.fixture
async def started(practice: Practice) -> None:
    """Em has pressed START."""
    await practice.post("start", user=EM, bot=BOT)


@pytest.fixture
async def group(practice: Practice) -> None:
    """An's group, with Em and the bot in it."""
    await practice.make_group()


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    found = Desk()
    app = web.Application()
    app.router.add_post("/hook", found.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield found
    await runner.cleanup()
