"""The way in: updates are sealed and committed before Telegram is told that we have them."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram.error import Conflict, TelegramError

from domain.errors import MemoryLost
from domain.ports import Received
from handlers.telegram.courtesy import Courtesy
from handlers.telegram.rooms import Rooms

log = logging.getLogger(__name__)

WAIT = 20
"""Seconds that Telegram may hold a poll open."""
PAUSES = (1, 2, 5, 10, 30)
STEP_BACK = 30
"""Seconds to leave to another process that polls the same bot."""


def pause_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row."""
    return PAUSES[min(failures, len(PAUSES)) - 1]


@dataclass(frozen=True, slots=True)
class Inlet:
    """Where updates of one bot come in, whoever brought them (cửa nhận tin)."""

    rooms: Rooms
    news: asyncio.Event
    courtesy: Courtesy

    async def keep(self, updates: Sequence[Received]) -> None:
        """Return once they are durable; MemoryLost if they may not be."""
        # First: what is stored may be handled before this goes on.
        self.rooms.points.keep(self.rooms.bot.id, updates)
        turned_away = await self.rooms.inbox.store(self.rooms.bot.id, updates)
        self.rooms.steps.reached("stored")
        self.news.set()
        if turned_away:
            self.rooms.tally["dropped"] += len(turned_away)
            self.courtesy.explain(turned_away)


@dataclass(slots=True)
class PollInbox:
    """The polling loop (hộp thư đến): ask, store, commit, and only then ask for the next."""

    inlet: Inlet
    failures: int = 0
    ours: bool = False
    """Whether no webhook of an earlier run takes the updates any more."""
    offset: int | None = None
    """Where the next poll begins, as stored; None if that is to be read afresh."""

    async def run(self) -> None:
        """Poll until cancelled; CredentialsRefused ends it, everything else passes."""
        self.offset = None  # another process may have polled meanwhile
        while True:
            pause = await self.once()
            if pause:
                await asyncio.sleep(pause)

    async def once(self) -> float:
        """One poll; returns how many seconds to wait before the next."""
        try:
            offset, self.offset = self.offset, None
            self.offset = await self._poll(offset)
        except Conflict:
            log.warning("another process polls this bot; stepping back for %s s", STEP_BACK)
            return STEP_BACK
        except (TelegramError, MemoryLost) as error:
            self.failures += 1
            log.warning("polling failed (%s), time %s", type(error).__name__, self.failures)
            return pause_after(self.failures)
        self.failures = 0
        return 0

    async def _poll(self, offset: int | None) -> int:
        """One poll and its commit; returns the offset that was stored with it."""
        rooms = self.inlet.rooms
        if not self.ours:
            await rooms.updates.end_webhook()
            self.ours = True
        if offset is None:
            offset = await rooms.inbox.next_offset(rooms.bot.id)
        if updates := await rooms.updates.poll(offset, WAIT):
            await self.inlet.keep(updates)
            offset = max(one.update_id for one in updates) + 1
        return offset
