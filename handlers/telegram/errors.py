"""What went wrong, in one sentence to whoever spoke; what nobody foresaw is kept for a retry."""

import logging
from collections.abc import MutableMapping
from dataclasses import dataclass

from telegram import Update
from telegram.ext import ContextTypes

from domain.errors import AlreadyProcessed
from handlers.telegram.identify import Identify
from handlers.telegram.speak import Speak

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Apologise:
    """Tells whoever spoke that their message could not be handled, once no further try is left."""

    identify: Identify
    speak: Speak

    async def __call__(self, update: Update) -> None:
        turn = await self.identify(update)
        await self.speak.reply(turn, "errors.sorry")


@dataclass(frozen=True, slots=True, eq=False)  # the library keeps its handlers in a dict
class KeepFailures:
    """The application's error handler: the library would report and forget."""

    failed: MutableMapping[int, str]
    """By update id; the pump reads it and does not call the update done."""

    async def __call__(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        if isinstance(error, AlreadyProcessed) or not isinstance(update, Update):
            return
        name = type(error).__name__
        log.error("update %s failed: %s", update.update_id, name, exc_info=error)
        self.failed[update.update_id] = name
