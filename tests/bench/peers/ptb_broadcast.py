"""A broadcast with python-telegram-bot's own client."""

from telegram import Bot
from telegram.constants import ParseMode

from tests.bench.answering import answer
from tests.bench.bulletin import TEXT, TOKEN
from tests.bench.peers.durable import loop


async def broadcast(url: str, file: str, in_flight: int, seconds: float) -> dict[str, float]:
    async with Bot(TOKEN, base_url=f"{url}/bot") as bot:

        async def send_to(chat: int) -> int:
            return (await bot.send_message(chat, TEXT, parse_mode=ParseMode.HTML)).message_id

        return await loop(send_to, file, in_flight, seconds)


if __name__ == "__main__":
    answer(broadcast)
