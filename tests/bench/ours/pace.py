"""Our door out with its pacer, as the sender uses it: 16 in flight, one at a time to each chat."""

import asyncio

from channels.telegram.gateway import TelegramGateway, open_gateway
from domain.clock import SystemClock
from domain.model.chat import Address
from domain.model.delivery import Held, Lane, Payload, Sent
from tests.bench.answering import answer
from tests.bench.bulletin import TEXT

IN_FLIGHT = 16
SOON = 0.1
"""A chat that must wait longer than this, in seconds, takes no place among those in flight."""


async def write_to(
    gateway: TelegramGateway, number: int, each: int, free: asyncio.Semaphore
) -> None:
    address = Address("telegram", gateway.bot_id, str(-1 - number), is_group=True)
    sent = 0
    while sent < each:
        wait = gateway.wait(address)
        if wait > SOON:
            await asyncio.sleep(wait - SOON / 2)
            continue
        async with free:
            outcome = await gateway.send(address, Payload(TEXT), Lane.BULK)
        if isinstance(outcome, Held):
            await asyncio.sleep(outcome.seconds)
            continue
        assert isinstance(outcome, Sent), outcome
        sent += 1


async def pace(url: str, token: str, groups: int, each: int, seconds: float) -> dict[str, float]:
    gateway = await open_gateway(token, url, SystemClock(), in_flight=IN_FLIGHT)
    free = asyncio.Semaphore(IN_FLIGHT)
    try:
        await asyncio.gather(*(write_to(gateway, number, each, free) for number in range(groups)))
    finally:
        await gateway.close()
    return {"tried": float(groups * each)}


if __name__ == "__main__":
    answer(pace)
