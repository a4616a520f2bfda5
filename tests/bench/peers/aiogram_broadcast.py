"""A broadcast with aiogram."""

from aiogram.enums import ParseMode

from tests.bench.answering import answer
from tests.bench.bulletin import TEXT
from tests.bench.peers.aiogram_send import open_bot
from tests.bench.peers.durable import loop


async def broadcast(url: str, file: str, in_flight: int, seconds: float) -> dict[str, float]:
    async with open_bot(url) as bot:

        async def send_to(chat: int) -> int:
            sent = await bot.send_message(chat, TEXT, parse_mode=ParseMode.HTML)
            number: int = sent.message_id
            return number

        return await loop(send_to, file, in_flight, seconds)


if __name__ == "__main__":
    answer(broadcast)
