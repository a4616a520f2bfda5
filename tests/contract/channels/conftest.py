"""The practice Telegram as a child process, and a fresh scene in it for each test."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from itertools import count

import aiohttp
import pytest
import uvloop

from channels.telegram.gateway import open_gateway
from domain.clock import SystemClock
from tests.architecture.tree import ROOT
from tests.contract.channels.scene import Scene
from tests.contract.sandbox.practice import Practice

# Without it the Telegram library warns at every 429, and here a warning is an error.
os.environ["PTB_TIMEDELTA"] = "true"

NUMBERS = count(1)
Loops = Mapping[str, Callable[[], asyncio.AbstractEventLoop]]


def pytest_asyncio_loop_factories(item: pytest.Item) -> Loops:
    """What sockets do is looked at on both loops: their errors are not the same."""
    loops: Loops = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}
    both = item.path.name == "test_real_sockets.py"
    return loops if both else {"asyncio": loops["asyncio"]}


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    state = tmp_path_factory.mktemp("sandbox")
    command = [sys.executable, "-m", "channels.telegram.sandbox", "--bind", "127.0.0.1:0"]
    with subprocess.Popen(
        [*command, "--state", str(state)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1].rstrip("/")
        process.terminate()


@pytest.fixture
async def scene(sandbox: str) -> AsyncIterator[Scene]:
    number = next(NUMBERS)
    token, name = f"{42_000 + number}:practice", f"practice_{number}_bot"
    em, an = 10 * number, 10 * number + 1
    async with aiohttp.ClientSession() as session:
        practice = Practice(sandbox, session)
        await practice.post("bots", token=token, username=name, name="Bot thực hành")
        await practice.post("users", id=em, first_name="Em", language_code="vi")
        await practice.post("users", id=an, first_name="An")
        gateway = await open_gateway(token, sandbox, SystemClock())
        yield Scene(practice, gateway, name, em, an)
        await gateway.close()
