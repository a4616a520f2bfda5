"""Our door out, with the pacer's limits off."""

from channels.pacer import Limits, Window
from channels.telegram.gateway import open_gateway
from domain.clock import SystemClock
from domain.model.chat import Address
from domain.model.delivery import Lane, Payload, Sent
from tests.bench.answering import answer, closed_loop
from tests.bench.bulletin import GROUPS, TEXT, TOKEN, group

NO_LIMIT = Window(1_000_000_000, 0.001)
UNPACED = Limits(bot=NO_LIMIT, chat=NO_LIMIT, group=NO_LIMIT)
LANE = Lane.PERSON


async def send(url: str, in_flight: int, seconds: float) -> dict[str, float]:
    gateway = await open_gateway(TOKEN, url, SystemClock(), UNPACED, in_flight)
    payload = Payload(TEXT)

    async def one(number: int) -> None:
        address = Address("telegram", 4242, str(group(number % GROUPS)), is_group=True)
        outcome = await gateway.send(address, payload, LANE)
        assert isinstance(outcome, Sent), outcome

    try:
        return await closed_loop(one, in_flight, seconds)
    finally:
        await gateway.close()


if __name__ == "__main__":
    answer(send)
