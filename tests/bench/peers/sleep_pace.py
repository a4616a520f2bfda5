"""The loop that people write: send, sleep a twentieth of a second, send."""

import asyncio
import time

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import TelegramError

from tests.bench.answering import answer
from tests.bench.bulletin import TEXT

PAUSE = 0.05


async def pace(url: str, token: str, groups: int, each: int, seconds: float) -> dict[str, float]:
    tried = 0
    began = time.perf_counter()
    async with Bot(token, base_url=f"{url}/bot") as bot:
        for number in range(groups * each):
            if time.perf_counter() - began > seconds:
                break
            tried += 1
            try:
                await bot.send_message(-1 - number % groups, TEXT, parse_mode=ParseMode.HTML)
            except TelegramError:
                # Lost: that is what the sandbox's receipts will show.
                continue
            finally:
                await asyncio.sleep(PAUSE)
    return {"tried": float(tried)}


if __name__ == "__main__":
    answer(pace)
