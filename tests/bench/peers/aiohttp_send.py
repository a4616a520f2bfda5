"""Bare aiohttp with a body made beforehand: what any client on it could reach at most."""

import json

from aiohttp import ClientSession, TCPConnector

from tests.bench.answering import answer, closed_loop
from tests.bench.bulletin import TEXT, TOKEN, group

BODY = json.dumps({"chat_id": group(1), "text": TEXT, "parse_mode": "HTML"}).encode()
HEADERS = {"Content-Type": "application/json"}


async def send(url: str, in_flight: int, seconds: float) -> dict[str, float]:
    async with ClientSession(connector=TCPConnector(limit=0), headers=HEADERS) as session:

        async def one(_number: int) -> None:
            async with session.post(f"{url}/bot{TOKEN}/sendMessage", data=BODY) as answered:
                json.loads(await answered.read())["result"]["message_id"]

        return await closed_loop(one, in_flight, seconds)


if __name__ == "__main__":
    answer(send)
