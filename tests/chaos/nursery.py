"""Starts `bot.py` in processes that are born with everything imported: starting takes no second."""

import asyncio
import gc
import json
import os
import runpy
import select
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from tests.e2e.town import ROOT

IMPORTED = (
    "bot", "channels.telegram.gateway", "channels.telegram.updates", "handlers.cli.crash",
    "handlers.letterhead", "handlers.pulse", "handlers.telegram.post", "handlers.telegram.rooms",
    "storage.calendar", "storage.open", "uvloop",
)  # fmt: skip
BORN_IN = 60.0


@dataclass(frozen=True, slots=True)
class Life:
    """One `bot.py`, of which there is one at a time in a nursery."""

    pid: int
    nursery: asyncio.subprocess.Process

    async def wait(self) -> int:
        """Its exit code, negative for the signal that ended it."""
        return int((await _heard(self.nursery))["code"])

    def send(self, sign: signal.Signals) -> None:
        os.kill(self.pid, sign)


@dataclass(frozen=True, slots=True)
class Nursery:
    """Where they are born."""

    process: asyncio.subprocess.Process

    async def bear(self, arguments: list[str], settings: dict[str, str], log: Path) -> Life:
        assert self.process.stdin is not None
        wish = {"arguments": arguments, "settings": settings, "log": str(log)}
        self.process.stdin.write(json.dumps(wish).encode() + b"\n")
        async with asyncio.timeout(BORN_IN):
            return Life(int((await _heard(self.process))["pid"]), self.process)


@asynccontextmanager
async def opened(defect: str = "") -> AsyncIterator[Nursery]:
    """Whoever still lives at the end of this block dies with it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.chaos.nursery", defect,
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Nursery(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


async def _heard(process: asyncio.subprocess.Process) -> dict[str, int]:
    assert process.stdout is not None
    line = await process.stdout.readline()
    assert line, "the nursery has ended"
    heard: dict[str, int] = json.loads(line)
    return heard


def _be_born(wish: dict[str, Any]) -> NoReturn:
    sink = os.open(wish["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    os.environ.clear()
    os.environ.update(wish["settings"])
    sys.argv = ["bot.py", *wish["arguments"]]
    runpy.run_path(str(ROOT / "bot.py"), run_name="__main__")
    sys.exit("bot.py has ended without a code")


def _tell(**news: int) -> None:
    sys.stdout.write(json.dumps(news) + "\n")
    sys.stdout.flush()


def _serve() -> None:
    """One birth after the other; when nobody asks any more, whoever lives is ended."""
    while line := sys.stdin.buffer.readline():
        pid = os.fork()
        if pid == 0:
            _be_born(json.loads(line))
        _tell(pid=pid)
        life = os.pidfd_open(pid)
        ready, _, _ = select.select([life, sys.stdin], [], [])
        if life not in ready:
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        os.close(life)
        if life in ready:
            _tell(code=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    for module in IMPORTED:
        __import__(module)
    if sys.argv[1]:
        from tests.chaos.planted import DEFECTS

        DEFECTS[sys.argv[1]]()
    gc.freeze()
    _serve()
