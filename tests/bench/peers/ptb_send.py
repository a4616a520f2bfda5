"""python-telegram-bot with the client that it comes with."""

from telegram import Bot
from telegram.constants import ParseMode

from tests.bench.answering import answer, closed_loop
from tests.bench.bulletin import GROUPS, TEXT, TOKEN, group


async def send(url: str, in_flight: int, seconds: float) -> dict[str, float]:
    async with Bot(TOKEN, base_url=f"{url}/bot") as bot:

        async def one(number: int) -> None:
            await bot.send_message(group(number % GROUPS), TEXT, parse_mode=ParseMode.HTML)

        return await closed_loop(one, in_flight, seconds)


if __name__ == "__main__":
    answer(send)
