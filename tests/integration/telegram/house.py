"""What `post` is made of, without a network: updates go in, and a recording gateway answers."""

import asyncio
import json
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from telegram import Bot, User
from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest

from channels.telegram.updates import TelegramUpdates
from content.catalog import Words
from handlers.telegram.courtesy import Courtesy
from handlers.telegram.errors import Apologise, KeepFailures
from handlers.telegram.identify import Identify
from handlers.telegram.inbox import Inlet
from handlers.telegram.pump import AnyApplication, Pump
from handlers.telegram.rooms import Rooms
from handlers.telegram.routes import routes
from handlers.telegram.speak import Speak
from tests.integration.storage.cast import BOT, EM
from tests.integration.usecases.office import Office

Json = dict[str, Any]
NAME = "HaiChieuBot"
UNREAD = {"verify": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)}
"""No list of authorities is read for connections that nobody opens: it costs more than a test."""
EM_ID = int(EM.chat)


def offline_bot() -> Bot:
    """Knows who it is without having asked."""
    asking, receiving = (HTTPXRequest(httpx_kwargs=UNREAD) for _ in range(2))
    bot = Bot(f"{BOT}:{'A' * 35}", request=asking, get_updates_request=receiving)
    bot._bot_user = User(BOT, "Hai Chiều", is_bot=True, username=NAME)
    bot._initialized = True
    return bot


@dataclass(repr=False)  # for the reason that an office has
class House:
    """The doors, the pump and the way in (nhà)."""

    office: Office
    rooms: Rooms
    application: AnyApplication
    pump: Pump
    inlet: Inlet
    numbers: Iterator[int] = field(default_factory=lambda: count(1001))
    """Of updates; those that the office makes up by itself begin with 1."""

    @classmethod
    def on(cls, office: Office, words: Words) -> "House":
        bot = offline_bot()
        rooms = Rooms(
            memory=office.memory,
            vault=office.vault,
            inbox=office.inbox,
            gateway=office.gateway,
            updates=TelegramUpdates(bot),
            bot=bot,
            clock=office.clock,
            ids=office.ids,
            words=words,
            letterhead=office.letterhead,
        )
        news, identify = asyncio.Event(), Identify(rooms)
        application: AnyApplication = (
            ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
        )
        application._initialized = True
        application.add_handlers(routes(rooms))
        pump = Pump(rooms, application, news, Apologise(identify, Speak(rooms)))
        application.add_error_handler(KeepFailures(pump.failed))
        return cls(office, rooms, application, pump, Inlet(rooms, news, Courtesy(identify)))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """A failing example shows what was tried, not all that is in the house."""
        printer.text("House")

    async def close(self) -> None:
        left = [*self.pump.under_way.values(), *self.inlet.courtesy.telling]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def bring(self, *updates: Json) -> None:
        """As a webhook does, one by one."""
        for update in updates:
            numbered = {"update_id": next(self.numbers)} | update
            received = self.rooms.updates.read(json.dumps(numbered).encode())
            if received is not None:
                await self.inlet.keep([received])

    async def handle_all(self) -> None:
        """The pump's loop, until nothing waits and nothing is under way."""
        self.pump.news.set()
        while self.pump.news.is_set() or self.pump.under_way:
            await self.pump.news.wait()
            self.pump.news.clear()
            await self.pump._start_waiting()

    async def hears(self, *updates: Json) -> None:
        await self.bring(*updates)
        await self.handle_all()

    def said_to(self, chat: int | str) -> list[str]:
        return [call.payload.markup for call in self.office.gateway.to(str(chat))]


def user(account: int) -> Json:
    return {"id": account, "is_bot": False, "first_name": "x"}


def says(text: str, account: int = EM_ID, number: int = 1, **more: object) -> Json:
    """Private words; a command is marked as Telegram marks it."""
    message: Json = {
        "message_id": number,
        "date": 1_700_000_000,
        "chat": {"id": account, "type": "private", "first_name": "x"},
        "from": user(account),
        "text": text,
    }
    if text.startswith("/"):
        length = len(text.split(maxsplit=1)[0])
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return {"message": message | more}


def edits(text: str, account: int = EM_ID, number: int = 1, second: int = 1) -> Json:
    """The same message with other words, so many seconds after it was sent."""
    message = says(text, account, number)["message"]
    return {"edited_message": message | {"edit_date": message["date"] + second}}


def presses(data: str, account: int = EM_ID, message: Json | None = None) -> Json:
    """A press under a message of the bot's."""
    chat = {"id": account, "type": "private", "first_name": "x"}
    shown = {"message_id": 9, "date": 1_700_000_000, "chat": chat, "text": "Xem"}
    query = {"id": f"press of {data}", "from": user(account), "chat_instance": "1", "data": data}
    return {"callback_query": query | {"message": message or shown}}
