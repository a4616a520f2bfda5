"""python-telegram-bot with the rate limiter that it comes with: everything handed over at once."""

import asyncio
import logging

from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from tests.bench.answering import answer
from tests.bench.bulletin import TEXT

CONNECTIONS, PATIENCE = 256, 60.0
"""Enough of both, so that nothing is lost for want of a connection."""


async def pace(url: str, token: str, groups: int, each: int, seconds: float) -> dict[str, float]:
    request = HTTPXRequest(connection_pool_size=CONNECTIONS, pool_timeout=PATIENCE)
    limiter = AIORateLimiter()
    async with ExtBot(token, f"{url}/bot", request=request, rate_limiter=limiter) as bot:

        async def send_to(chat: int) -> None:
            try:
                await bot.send_message(chat, TEXT, parse_mode=ParseMode.HTML)
            except TelegramError:
                # Lost: that is what the sandbox's receipts will show.
                return

        chats = [-1 - number for _ in range(each) for number in range(groups)]
        await asyncio.gather(*map(send_to, chats))
    return {"tried": float(len(chats))}


if __name__ == "__main__":
    logging.disable()
    answer(pace)
