"""What went wrong, in one sentence to whoever spoke; what nobody foresaw is kept for a retry."""

import logging
from collections.abc import MutableMapping
from dataclasses import dataclass

from telegram import Update
from telegram.ext import ContextTypes, filters

from domain.errors import AlreadyProcessed
from handlers.telegram.identify import Identify
from handlers.telegram.replies import PublicLine
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Apologise:
    """Says what the person would otherwise never learn: it went wrong, or its answer was lost."""

    identify: Identify
    speak: Speak

    async def for_failure(self, update: Update) -> None:
        """No further try is left."""
        if somebody_spoke(update):
            await self.speak.reply(await self.identify(update), "errors.sorry")

    async def for_interruption(self, update: Update) -> None:
        """It was done, but a crash came before the answer: tell them how to go on."""
        if not somebody_spoke(update):
            return
        turn = await self.identify(update)
        if turn.answers:
            await self._in_group(turn)
            return
        key = "start.resumed_staff" if turn.actor.is_staff else "start.resumed"
        await self.speak.reply(turn, key)

    async def _in_group(self, turn: Turn) -> None:
        """A reply to a bulletin was taken in; of an edit nobody waits to hear."""
        chat = await self.speak.rooms.take_reply.bound(turn.chat)
        if chat is not None and not turn.edited_at:
            line = PublicLine(self.speak.rooms, self.speak)
            await line.say(turn, chat, "reply.resumed")


def somebody_spoke(update: Update) -> bool:
    """Whether anybody waits for an answer: Telegram's own notes are nobody's words."""
    said = update.message or update.edited_message
    note = filters.StatusUpdate.ALL.check_update(update)
    return update.callback_query is not None or (said is not None and not note)


@dataclass(frozen=True, slots=True, eq=False)  # the library keeps its handlers in a dict
class KeepFailures:
    """The application's error handler: the library would report and forget."""

    failed: MutableMapping[int, Exception]
    """By update id; the pump reads it and does not call the update done."""

    async def __call__(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        if isinstance(error, AlreadyProcessed) or not isinstance(update, Update):
            return
        if error is not None:
            log.error("update %s failed", update.update_id, exc_info=error)
            self.failed[update.update_id] = error
