"""Participants in processes of their own, asked in turn, so that none disturbs another."""

import asyncio
import json
import os
import statistics
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_TASK = 3600.0
"""Seconds after which a participant that says nothing has failed."""
ORDERLY_END = 10.0

Measured = dict[str, float]
Run = Callable[[], Awaitable[Measured]]


class ParticipantFailed(Exception):
    """A participant ended, or answered with something else than figures."""


class Participant:
    """One process that answers each task with what it measured."""

    def __init__(self, module: str, process: Process) -> None:
        self._module = module
        self._process = process

    async def ask(self, **task: object) -> Measured:
        """Let it do this now; it does nothing else meanwhile, and nothing afterwards."""
        said, heard = self._process.stdin, self._process.stdout
        assert said is not None
        assert heard is not None
        said.write(json.dumps(task).encode() + b"\n")
        await said.drain()
        answer = await asyncio.wait_for(heard.readline(), LONGEST_TASK)
        if not answer:
            raise ParticipantFailed(f"{self._module} ended while it did {task}")
        measured: Measured = json.loads(answer)
        return measured

    async def end(self) -> None:
        """Close its input, which tells it to stop; kill it if it does not."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), ORDERLY_END)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


@asynccontextmanager
async def participant(module: str, *arguments: str) -> AsyncIterator[Participant]:
    """Start `python -m tests.bench.MODULE`; it ends with this block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"tests.bench.{module}", *arguments, stdin=PIPE, stdout=PIPE, cwd=ROOT
    )
    started = Participant(module, process)
    try:
        yield started
    finally:
        await started.end()


@asynccontextmanager
async def participants(modules: Mapping[str, str]) -> AsyncIterator[dict[str, Participant]]:
    """Several at once, by name."""
    async with AsyncExitStack() as stack:
        yield {
            name: await stack.enter_async_context(participant(module))
            for name, module in modules.items()
        }


def repeats() -> int:
    """How often each is asked; REPEATS lowers it for a try-out."""
    return int(os.environ.get("REPEATS") or 5)


async def alternate(runs: Mapping[str, Run]) -> dict[str, Measured]:
    """Ask everybody in turn, round after round; the median of each figure of each."""
    heard: dict[str, list[Measured]] = {name: [] for name in runs}
    for _ in range(repeats()):
        for name, run in runs.items():
            heard[name].append(await run())
    return {name: medians(rounds) for name, rounds in heard.items()}


def medians(rounds: list[Measured]) -> Measured:
    """Figure by figure over all rounds."""
    return {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
