"""A participant's own side: it reads a task from a line, does it, and answers with figures."""

import asyncio
import gc
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop

Task = Callable[..., Awaitable[dict[str, float]]]

WARM_UP = 0.4
"""Seconds of load before the clock starts: connections open, caches fill."""


def answer(task: Task) -> None:
    """Do tasks until the input ends. Everybody runs on uvloop: loops are not what is compared."""
    uvloop.run(_answer(task))


async def _answer(task: Task) -> None:
    # As our `post` does when it has started; here for everybody alike.
    gc.collect()
    gc.freeze()
    while wanted := await asyncio.to_thread(sys.stdin.readline):
        measured = await task(**json.loads(wanted))
        sys.stdout.write(json.dumps(measured) + "\n")
        sys.stdout.flush()


class Stopwatch:
    """Time on the wall and on the processor since it was started."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self._wall, self._busy = time.perf_counter(), time.process_time()

    def per(self, count: int) -> dict[str, float]:
        """So many were done: how many a second, and what each cost in µs of processor time."""
        wall = time.perf_counter() - self._wall
        busy = time.process_time() - self._busy
        cost = busy / count * 1e6 if count else float("inf")
        return {"rate": count / wall, "cpu": cost, "seconds": wall, "share": busy / wall}


async def closed_loop(
    send: Callable[[int], Awaitable[Any]], in_flight: int, seconds: float
) -> dict[str, float]:
    """So many workers, each sending its next message as soon as the last one was answered."""
    done = 0
    failed = 0
    stopping = False

    async def worker() -> None:
        nonlocal done, failed
        while not stopping:
            try:
                await send(done)
                done += 1
            except Exception:
                # A client that collapses under its own load is a result, not a reason to stop.
                failed += 1

    async with asyncio.TaskGroup() as group:
        for _ in range(in_flight):
            group.create_task(worker())
        await asyncio.sleep(WARM_UP)
        watch, before, failed = Stopwatch(), done, 0
        await asyncio.sleep(seconds)
        measured = watch.per(done - before)
        stopping = True
    return measured | {"failed": float(failed)}
