"""One sentence an hour to whoever writes faster than anybody can read."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.model.chat import Address
from domain.model.delivery import Lane, Payload
from domain.ports import Received
from handlers.telegram.identify import Identify
from handlers.telegram.turn import CHANNEL

ONE_HOUR = 3600.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Says in private that the last messages were not taken; a group is not disturbed."""

    identify: Identify
    told: dict[str, float] = field(default_factory=dict)
    """When a chat was last told, on the clock that never jumps."""
    telling: set[asyncio.Task[None]] = field(default_factory=set)

    def explain(self, turned_away: Sequence[Received]) -> None:
        """Tell each private chat among these, beside the work: nobody waits for it."""
        # A group's number is below zero.
        for chat in {one.line for one in turned_away if one.line.isdigit()}:
            if self._may_tell(chat):
                task = asyncio.create_task(self._tell(chat))
                self.telling.add(task)
                task.add_done_callback(self.telling.discard)

    def _may_tell(self, chat: str) -> bool:
        now = self.identify.rooms.clock.monotonic()
        for old in [chat for chat, at in self.told.items() if at <= now - ONE_HOUR]:
            del self.told[old]
        if chat in self.told:
            return False
        self.told[chat] = now
        return True

    async def _tell(self, chat: str) -> None:
        who = Address(CHANNEL, self.identify.rooms.bot.id, chat)
        try:
            known = await self.identify.known(who)
            words = self.identify.rooms.words.html("errors.too_fast", known.language)
            await self.identify.rooms.gateway.send(who, Payload(words), Lane.PERSON)
        except Exception:
            log.exception("nobody could be told that a line is full")
