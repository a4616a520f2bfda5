"""`start`: from the command to the first question for updates, and the memory held then."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

from tests.bench.bulletin import TOKEN
from tests.bench.lines import Goal, Line, line
from tests.bench.memory import resident
from tests.bench.participants import ROOT, Measured, alternate
from tests.bench.places import folder
from tests.bench.responder import METHOD, Responder

LONGEST = 60.0
LONG_POLL = 200
"""Milliseconds after which a question for updates is answered with none."""
PTB, AIOGRAM = "a bare PTB application", "aiogram's import"
IMPORT = "import aiogram; print(flush=True); input()"
GOALS = {"seconds": Goal("value", "≤", 1), "megabytes": Goal("value", "≤", 90)}
UNITS = {"seconds": "s to ready", "megabytes": "MB resident"}


@dataclass
class Doorbell:
    """A server that notices when somebody first asks it for updates."""

    rung: asyncio.Event = field(default_factory=asyncio.Event)

    def connection(self) -> Responder:
        bell = self

        class Listening(Responder):
            """Answers as always, and rings."""

            def _answer(self, start: int, body: int, end: int) -> bytes:
                method = METHOD.search(self.received, start, body)
                if method and method[1].lower() == b"getupdates":
                    bell.rung.set()
                    return self._told(b'{"ok":true,"result":[]}')
                return super()._answer(start, body, end)

        return Listening()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        server = await asyncio.get_running_loop().create_server(self.connection, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/latency/{LONG_POLL}"
        server.close()


async def figures() -> list[Line]:
    bell = Doorbell()
    with folder() as place:
        async with bell.listening() as url:
            ours = {"BOT_TOKEN": TOKEN, "BOT_API_URL": url, "DATA_DIR": str(place)}
            await command(["bot.py", "migrate"], ours)
            ptb = ["-m", "tests.bench.peers.ptb_start", url]
            heard = await alternate(
                {
                    "ours": partial(started, ["bot.py", "run", "post"], ours, bell.rung),
                    PTB: partial(started, ptb, {}, bell.rung),
                    AIOGRAM: partial(started, ["-c", IMPORT], {}, None),
                }
            )
    ours_heard = heard.pop("ours")
    return [
        line(
            "start",
            "post",
            (ours_heard[what], unit),
            peer=(name, peer[what]),
            less_is_better=True,
            goal=GOALS[what],
        )
        for name, peer in heard.items()
        for what, unit in UNITS.items()
    ]


async def command(arguments: Sequence[str], settings: Mapping[str, str]) -> None:
    """One of our commands, from start to end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env=os.environ | settings
    )
    if await process.wait():
        raise RuntimeError(f"{' '.join(arguments)} failed")


async def started(
    arguments: Sequence[str], settings: Mapping[str, str], rung: asyncio.Event | None
) -> Measured:
    """Start it; ready is when it asks for updates or, if it never will, when it says a line."""
    if rung is not None:
        rung.clear()
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env=os.environ | settings, stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        ready = rung.wait() if rung is not None else process.stdout.readline()
        await asyncio.wait_for(ready, LONGEST)
        return {"seconds": perf_counter() - began, "megabytes": resident(process.pid)}
    finally:
        process.kill()
        await process.communicate()
