"""Many bots in one process, each with its own door and its own pace, at a steady demand."""

import asyncio
import time
from contextlib import AsyncExitStack

from channels.telegram.gateway import TelegramGateway, open_gateway
from domain.clock import SystemClock
from domain.model.chat import Address
from domain.model.delivery import Lane, Payload, Sent
from tests.bench.answering import Stopwatch, answer
from tests.bench.bulletin import TEXT, group

SETTLING = 2.0
"""Seconds at full demand before the clock starts."""


class Fleet:
    """Bots that share the demand evenly."""

    def __init__(self, gateways: list[TelegramGateway]) -> None:
        self.gateways = gateways
        self.sent = 0
        self.payload = Payload(TEXT)

    async def send(self, number: int) -> None:
        """The next message, by the bot whose turn it is, to a group that it has not written to."""
        bot, mine = number % len(self.gateways), number // len(self.gateways)
        address = Address("telegram", bot, str(group(mine)), is_group=True)
        outcome = await self.gateways[bot].send(address, self.payload, Lane.PERSON)
        assert isinstance(outcome, Sent), outcome
        self.sent += 1

    async def demand(self, rate: float, seconds: float) -> None:
        """Open loop: a message is due at its time, however late the earlier ones are."""
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(int(rate * seconds)):
                early = began + number / rate - time.perf_counter()
                if early > 0:
                    await asyncio.sleep(early)
                group.create_task(self.send(number))


async def fleet(url: str, bots: int, rate: float, seconds: float) -> dict[str, float]:
    """Messages a second while the demand lasts, and the share of a core they took."""
    async with AsyncExitStack() as stack:
        gateways = []
        for number in range(bots):
            gateway = await open_gateway(f"{number + 1}:bench", url, SystemClock())
            stack.push_async_callback(gateway.close)
            gateways.append(gateway)
        crew = Fleet(gateways)
        demand = asyncio.create_task(crew.demand(rate, SETTLING + seconds))
        await asyncio.sleep(SETTLING)
        watch, before = Stopwatch(), crew.sent
        await asyncio.sleep(seconds)
        measured = watch.per(crew.sent - before)
        await demand
    return measured


if __name__ == "__main__":
    answer(fleet)
