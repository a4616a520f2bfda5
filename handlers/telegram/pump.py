"""From the inbox to the doors: one chat in order, different chats side by side."""

import asyncio
import json
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import Application

from domain.errors import MemoryLost
from domain.ports import Waiting
from handlers.telegram.errors import Apologise
from handlers.telegram.rooms import Rooms
from handlers.telegram.turn import HANDLE

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 64
"""Chats at one time: most of them only wait, for a file or for their turn to be answered."""
AHEAD = 256
"""Chats whose next update is fetched at once: each has its turn before any has a second."""
PAUSE = 2.0
"""Seconds before an update that went wrong is tried again; other chats go on meanwhile."""
IDLE = 1.0
"""Seconds after which the inbox is looked at even if nobody rang."""

EDIT = b'"edited_message"'
MOST_PUT_OFF = 15
"""Pauses that an edit waits for its message: one that came long ago is known no more."""

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@dataclass(slots=True)
class Pump:
    """Hands each waiting update to the application, and blanks it once its effect is committed."""

    rooms: Rooms
    application: AnyApplication
    news: asyncio.Event
    apologise: Apologise
    put_off: Counter[int] = field(default_factory=Counter)
    """How often an edit has waited for the message that it edits, by inbox id."""
    failed: dict[int, Exception] = field(default_factory=dict)
    """Why an update's handler failed, by update id: the library reports it, then carries on."""
    unsettled: dict[int, Exception | None] = field(default_factory=dict)
    """What was handled, and how it went, until that is noted down: it is not handled again."""
    ahead: deque[Waiting] = field(default_factory=deque)
    """What comes next, at most one of each chat."""
    interrupted: set[int] = field(default_factory=set)
    """Numbers of updates whose effect is in main already: a crash came before the blanking."""
    under_way: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    """What is being handled, by its line: at most one of each chat."""

    async def run(self) -> None:
        """Handle what waits until cancelled; a database that is away is waited for."""
        while True:
            self.news.clear()
            try:
                await self._start_waiting()
            except MemoryLost as lost:
                log.error("the inbox cannot be read: %s", lost)
            await self._rest()

    async def drain(self, seconds: float) -> None:
        """Let what is being handled come to its end; the rest waits for the next start."""
        if self.under_way:
            _, late = await asyncio.wait(self.under_way.values(), timeout=seconds)
            for task in late:
                task.cancel()

    async def _start_waiting(self) -> None:
        """Start on the next update of each chat, until as many are under way as may be."""
        while len(self.under_way) < SIDE_BY_SIDE:
            if not self.ahead:
                await self._look_ahead()
            if not self.ahead:
                return
            waiting = self.ahead.popleft()
            task = asyncio.create_task(self._handle(waiting))
            self.under_way[waiting.line] = task
            task.add_done_callback(partial(self._ended, waiting.line))

    async def _look_ahead(self) -> None:
        # As it stood before asking: what ends meanwhile may be in the answer as if it waited.
        busy = frozenset(self.under_way)
        bot_id = self.rooms.bot.id
        found = await self.rooms.inbox.oldest(bot_id, AHEAD, busy)
        # Nobody else marks an update of ours: what is so now is so when its turn comes.
        numbers = [waiting.update_id for waiting in found]
        self.interrupted |= await self.rooms.memory.processed(bot_id, numbers)
        self.ahead.extend(found)

    def _ended(self, line: str, _task: asyncio.Task[None]) -> None:
        self.under_way.pop(line, None)
        self.news.set()

    async def _rest(self) -> None:
        # Not wait_for: on Python 3.11 it forgets a stop that comes together with news.
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE):
                await self.news.wait()

    async def _handle(self, waiting: Waiting) -> None:
        self.rooms.steps.reached("picked")
        try:
            if await self._comes_early(waiting):
                await asyncio.sleep(PAUSE)
                return
            if waiting.id not in self.unsettled:
                self.unsettled[waiting.id] = await self._tried(waiting)
            self.rooms.steps.reached("handled")
            await self._settle(waiting, self.unsettled[waiting.id])
            del self.unsettled[waiting.id]
        except MemoryLost as lost:
            log.error("update %s waits for the database: %s", waiting.update_id, lost)
            await asyncio.sleep(PAUSE)
        except Exception:
            # Nobody waits for this task: what is not written down here is seen by nobody.
            log.exception("update %s could not be settled", waiting.update_id)
            await asyncio.sleep(PAUSE)

    async def _comes_early(self, waiting: Waiting) -> bool:
        """Whether it edits a message that was not handled yet; that is given way to, for a time."""
        if EDIT not in waiting.body:
            return False
        try:
            name = self.rooms.updates.original(json.loads(waiting.body))
        except (ValueError, RecursionError, AttributeError):
            return False  # what cannot be read comes to grief further on
        if not name or await self.rooms.inbox.is_past(self.rooms.bot.id, name):
            return False
        self.put_off[waiting.id] += 1
        return self.put_off[waiting.id] <= MOST_PUT_OFF

    async def _tried(self, waiting: Waiting) -> Exception | None:
        """What went wrong with it, if anything did."""
        self.failed.pop(waiting.update_id, None)
        try:
            with self.rooms.inbox.handling(waiting.id):
                if waiting.update_id in self.interrupted:
                    await self._tell(waiting, self.apologise.for_interruption)
                else:
                    await self._process(waiting)
        except Exception as error:
            log.exception("update %s could not be handled", waiting.update_id)
            return error
        return self.failed.pop(waiting.update_id, None)

    async def _settle(self, waiting: Waiting, trouble: Exception | None) -> None:
        """Blank what was handled; a lost database is no fault of the update's, all else is."""
        if trouble is None:
            await self.rooms.inbox.done(waiting.id)
            self.put_off.pop(waiting.id, None)
            self.interrupted.discard(waiting.update_id)
            return
        if isinstance(trouble, MemoryLost):
            del self.unsettled[waiting.id]
            raise trouble
        name = type(trouble).__name__
        if await self.rooms.inbox.failed(waiting.id, name):
            log.error("update %s is parked after its last try: %s", waiting.update_id, name)
            await self._tell(waiting, self.apologise.for_failure)
        else:
            await asyncio.sleep(PAUSE)

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
