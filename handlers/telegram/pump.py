"""From the inbox to the doors: one chat in order, different chats side by side."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import Application

from domain.errors import AlreadyProcessed
from domain.ports import Cause, Waiting
from handlers.telegram.errors import Apologise
from handlers.telegram.rooms import Rooms
from handlers.telegram.turn import HANDLE

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 16
IDLE = 1.0
"""Seconds after which the inbox is looked at even if nobody rang."""

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@dataclass(slots=True)
class Pump:
    """Hands each waiting update to the application, and blanks it once its effect is committed."""

    rooms: Rooms
    application: AnyApplication
    news: asyncio.Event
    apologise: Apologise
    failed: dict[int, str] = field(default_factory=dict)
    """Why an update's handler failed, by update id: the library reports it, then carries on."""

    async def run(self) -> None:
        while True:
            self.news.clear()
            if not await self.once():
                await self._rest()

    async def once(self) -> int:
        """Handle the oldest update of each chat; returns how many there were."""
        waiting = await self.rooms.inbox.oldest(self.rooms.bot.id, SIDE_BY_SIDE)
        await asyncio.gather(*(self._handle(one) for one in waiting))
        return len(waiting)

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self.news.wait(), IDLE)
        except TimeoutError:
            return

    async def _handle(self, waiting: Waiting) -> None:
        self.failed.pop(waiting.update_id, None)
        self.rooms.steps.reached("picked")
        try:
            if await self._is_processed(waiting):
                await self._tell(waiting, self.apologise.for_interruption)
            else:
                await self._process(waiting)
        except Exception as error:
            log.exception("update %s could not be read", waiting.update_id)
            self.failed[waiting.update_id] = type(error).__name__
        self.rooms.steps.reached("handled")
        reason = self.failed.pop(waiting.update_id, None)
        if reason is None:
            await self.rooms.inbox.done(waiting.id)
        elif await self.rooms.inbox.failed(waiting.id, reason):
            log.error("update %s is parked after its last try: %s", waiting.update_id, reason)
            await self._tell(waiting, self.apologise.for_failure)

    async def _is_processed(self, waiting: Waiting) -> bool:
        """Whether this update's effect is in main already: a crash came before the blanking."""
        try:
            async with self.rooms.memory.begin(Cause(self.rooms.bot.id, waiting.update_id)):
                return False
        except AlreadyProcessed:
            return True

    async def _process(self, waiting: Waiting) -> None:
        update = self._read(waiting)
        if update is not None:
            await self.application.process_update(update)

    def _read(self, waiting: Waiting) -> Update | None:
        """The update as the library's object; None if only its number was stored."""
        raw = json.loads(waiting.body)
        if len(raw) == 1:
            return None
        return Update.de_json(raw | {HANDLE: waiting.handle}, self.rooms.bot)

    async def _tell(self, waiting: Waiting, words: Callable[[Update], Awaitable[None]]) -> None:
        try:
            update = self._read(waiting)
            if update is not None:
                await words(update)
        except Exception:
            log.exception("nobody could be told of update %s", waiting.update_id)
