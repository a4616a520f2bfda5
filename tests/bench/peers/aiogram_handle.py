"""aiogram's handler for a resident's first words, with the writes that ours makes.

The words to one file, what is offered and the update's mark to the other, an answer to the
person, and the waiting update is done: a session and a commit for each, as people write it.
"""

import asyncio
import json
import secrets
from collections.abc import Sequence
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.bench.answering import Stopwatch, answer
from tests.bench.bulletin import TEXT
from tests.bench.peers.aiogram_send import open_bot
from tests.bench.peers.durable import careful_engine
from tests.bench.posting import update

CHOICES = ("agree", "cancel", "vi", "km", "en")


class Kept(SQLModel, table=True):
    """An update that waits."""

    update_id: int = Field(primary_key=True)
    body: bytes
    state: str = "waiting"


class Draft(SQLModel, table=True):
    """What somebody has written so far."""

    person: int = Field(primary_key=True)
    text: str


class Processed(SQLModel, table=True):
    """An update whose effect is in."""

    update_id: int = Field(primary_key=True)


class Offered(SQLModel, table=True):
    """A button that somebody was shown."""

    id: str = Field(primary_key=True)
    action: str
    subject: str


VAULT, MAIN = (Kept, Draft), (Processed, Offered)


class Door:
    """The handler and its two files."""

    def __init__(self, bot: Bot, main: AsyncEngine, vault: AsyncEngine) -> None:
        self.bot, self.main, self.vault = bot, main, vault
        self.dispatcher = Dispatcher()
        self.dispatcher.message.register(self.take_words)

    async def take_words(self, message: Message, event_update: Update) -> None:
        async with AsyncSession(self.vault) as session:
            session.add(Draft(person=message.chat.id, text=message.text or ""))
            await session.commit()
        offered = [
            Offered(id=secrets.token_urlsafe(9), action=choice, subject=str(message.chat.id))
            for choice in CHOICES
        ]
        faces = [[InlineKeyboardButton(text=o.action, callback_data=o.id)] for o in offered]
        async with AsyncSession(self.main) as session:
            session.add_all([Processed(update_id=event_update.update_id), *offered])
            await session.commit()
        await self.bot.send_message(
            message.chat.id, TEXT, reply_markup=InlineKeyboardMarkup(inline_keyboard=faces)
        )

    async def handle(self, number: int) -> None:
        """One waiting update, until it is done."""
        async with AsyncSession(self.vault) as session:
            body = (await session.get_one(Kept, number)).body
        await self.dispatcher.feed_update(self.bot, Update.model_validate(json.loads(body)))
        async with AsyncSession(self.vault) as session:
            kept = await session.get_one(Kept, number)
            kept.state, kept.body = "done", b""
            await session.commit()


async def handled(url: str, folder: str, updates: int, side_by_side: int) -> dict[str, float]:
    """Updates a second, so many of them side by side."""
    main, vault = await _file(folder, "main", MAIN), await _file(folder, "vault", VAULT)
    async with AsyncSession(vault) as session:
        session.add_all(Kept(update_id=one, body=update(one, updates)) for one in range(updates))
        await session.commit()
    waiting = iter(range(updates))
    async with open_bot(url) as bot:
        door = Door(bot, main, vault)

        async def one_after_the_other() -> None:
            for number in waiting:
                await door.handle(number)

        watch = Stopwatch()
        await asyncio.gather(*(one_after_the_other() for _ in range(side_by_side)))
        measured = watch.per(updates)
    await main.dispose()
    await vault.dispose()
    return measured


async def _file(folder: str, name: str, tables: Sequence[type[SQLModel]]) -> AsyncEngine:
    path = Path(folder) / f"aiogram-{name}.db"
    await asyncio.to_thread(path.unlink, missing_ok=True)
    engine = careful_engine(f"sqlite+aiosqlite:///{path}")
    async with engine.begin() as connection:
        for table in tables:
            await connection.run_sync(table.metadata.tables[table.__name__.lower()].create)
    return engine


if __name__ == "__main__":
    answer(handled)
