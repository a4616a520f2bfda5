"""A child process: started, started again when it dies, and stopped in good time."""

import asyncio
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from handlers.cli.terminal import Terminal
from handlers.trouble import CANNOT_START, NOT_NOW

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 10.0
LONG_ENOUGH = 30.0
"""Seconds after which a child counts as having run: its next pause is the first one again."""
GRACE = 32.0
"""Seconds that a child may take to stop; `post` lets begun sends end within them."""


class ChildRefused(Exception):
    """A child ended and starting it again changes nothing; its own sentence was printed."""

    def __init__(self, name: str, code: int) -> None:
        super().__init__(f"{name} ended with code {code}")
        self.code = code


@dataclass
class Child:
    """One process of the run (tiến trình con), with nothing but its own settings."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    terminal: Terminal
    silent: bool = False
    """Whether what it prints is left out: a foreign world speaks other words than ours."""
    patient: bool = False
    """Whether a trouble that may pass is waited out; not while the whole run is coming up."""
    only_at_first: frozenset[str] = frozenset()
    """Variables that a later start no longer gets: a rehearsed crash happens once."""

    async def once(self) -> None:
        """Run to the end; ChildRefused unless it went well."""
        code = await self._run()
        if code:
            raise ChildRefused(self.name, code)

    async def keep_running(self) -> None:
        """Start it whenever it ends, each time after a longer pause, until cancelled."""
        loop, pause = asyncio.get_running_loop(), FIRST_PAUSE
        while True:
            began = loop.time()
            code = await self._run()
            if code == CANNOT_START or (code == NOT_NOW and not self.patient):
                raise ChildRefused(self.name, code)
            if loop.time() - began > LONG_ENOUGH:
                pause = FIRST_PAUSE
            self.terminal.text("cli.child_died", name=self.name, code=code, pause=pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            self._forget_first_time()

    def _forget_first_time(self) -> None:
        kept = self.environment.items()
        self.environment = {key: v for key, v in kept if key not in self.only_at_first}

    async def _run(self) -> int:
        # A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which then
        # stops the children in the right order. They notice its end by their standard input.
        process = await asyncio.create_subprocess_exec(
            *self.command,
            env=dict(self.environment),
            stdin=PIPE,
            stdout=DEVNULL if self.silent else None,
            start_new_session=True,
        )
        try:
            return await process.wait()
        finally:
            await _stop(process)


async def _stop(process: Process) -> None:
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), GRACE)
        except TimeoutError:
            process.kill()
            await process.wait()
