"""Work that one process at a time may do: begun when on duty, and ended when somebody took over."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.errors import MemoryLost
from domain.model.duty import EVERY
from domain.usecases.stand_watch import StandWatch

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between two looks at whether the one on duty still lives."""


@dataclass(slots=True)
class OnDuty:
    """Does `work` for as long as the watch is ours (trực)."""

    watch: StandWatch
    work: Callable[[], Awaitable[None]]
    """Runs until it is cancelled; what it raises ends the process."""

    async def run(self) -> None:
        """Wait for the duty, do the work, and wait again if it was lost."""
        while True:
            if await self._is_taken():
                await self._do_work()
            await asyncio.sleep(LOOK)

    async def _is_taken(self) -> bool:
        try:
            return await self.watch.take()
        except MemoryLost as lost:
            log.error("nobody can go on duty for %s: %s", self.watch.name, lost)
            return False

    async def _do_work(self) -> None:
        log.info("on duty for %s, term %s", self.watch.name, self.watch.term)
        work = asyncio.ensure_future(self.work())
        try:
            while await self._is_alive():
                done, _ = await asyncio.wait({work}, timeout=EVERY)
                if done:
                    return work.result()
            log.warning("somebody else is on duty for %s", self.watch.name)
        finally:
            await self._end(work)
            await self._leave()
        return None

    async def _end(self, work: asyncio.Future[None]) -> None:
        """What the work has in hand is still on this watch: beat until it has come to its end."""
        work.cancel()
        try:
            while not (await asyncio.wait({work}, timeout=EVERY))[0]:
                await self._is_alive()
        finally:
            await asyncio.gather(work, return_exceptions=True)

    async def _is_alive(self) -> bool:
        """A database that is away for a moment does not end a watch; one that stays away does."""
        try:
            return await self.watch.beat()
        except MemoryLost:
            return not self.watch.is_overdue()

    async def _leave(self) -> None:
        try:
            await self.watch.leave()
        except MemoryLost as lost:
            log.error("the duty for %s was not laid down: %s", self.watch.name, lost)
