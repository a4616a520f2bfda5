"""aiogram with the client that it comes with."""

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode

from tests.bench.answering import answer, closed_loop
from tests.bench.bulletin import GROUPS, TEXT, TOKEN, group


def open_bot(url: str, most: int = 100) -> Bot:
    """A bot that speaks to this server; 100 connections are its own default."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url), limit=most)
    return Bot(TOKEN, session=session)


async def send(url: str, in_flight: int, seconds: float) -> dict[str, float]:
    async with open_bot(url, max(100, in_flight)) as bot:

        async def one(number: int) -> None:
            await bot.send_message(group(number % GROUPS), TEXT, parse_mode=ParseMode.HTML)

        return await closed_loop(one, in_flight, seconds)


if __name__ == "__main__":
    answer(send)
