"""The way in: updates are sealed and committed before Telegram is told that we have them."""

import asyncio
import logging
from dataclasses import dataclass

from telegram.error import Conflict, TelegramError

from domain.errors import MemoryLost
from handlers.telegram.rooms import Rooms

log = logging.getLogger(__name__)

WAIT = 20
"""Seconds that Telegram may hold a poll open."""
PAUSES = (1, 2, 5, 10, 30)
STEP_BACK = 30
"""Seconds to leave to another process that polls the same bot."""


@dataclass(slots=True)
class PollInbox:
    """The polling loop (hộp thư đến): ask, store, commit, and only then ask for the next."""

    rooms: Rooms
    news: asyncio.Event
    failures: int = 0

    async def run(self) -> None:
        """Poll until cancelled; CredentialsRefused ends it, everything else passes."""
        while True:
            pause = await self.once()
            if pause:
                await asyncio.sleep(pause)

    async def once(self) -> float:
        """One poll; returns how many seconds to wait before the next."""
        bot_id = self.rooms.bot.id
        try:
            offset = await self.rooms.inbox.next_offset(bot_id)
            updates = await self.rooms.poll(offset, WAIT)
            if updates:
                await self.rooms.inbox.store(bot_id, updates)
                self.rooms.steps.reached("stored")
        except Conflict:
            log.warning("another process polls this bot; stepping back for %s s", STEP_BACK)
            return STEP_BACK
        except (TelegramError, MemoryLost) as error:
            self.failures += 1
            log.warning("polling failed (%s), time %s", type(error).__name__, self.failures)
            return PAUSES[min(self.failures, len(PAUSES)) - 1]
        self.failures = 0
        if updates:
            self.news.set()
        return 0
