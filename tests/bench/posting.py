"""A stand-in for Telegram's side of a webhook: posts updates and waits for each to be accepted."""

import asyncio
import itertools
import json
import time
from typing import cast
from urllib.parse import urlsplit

from tests.bench.answering import WARM_UP, answer
from tests.bench.raw import post
from tests.bench.requests_in import request_end

SECRET = "bench-secret"
RESIDENTS = 1000
"""Different people, each writing in private."""
ACCEPTED = b"HTTP/1.1 200"


def update(number: int, residents: int = RESIDENTS) -> bytes:
    """What Telegram sends when somebody writes to the bot."""
    person = {"id": 10_000 + number % residents, "is_bot": False, "first_name": "Em"}
    message = {
        "message_id": number,
        "from": person | {"language_code": "vi"},
        "chat": person | {"type": "private"},
        "date": 1_767_225_600,
        "text": f"Đèn đường hẻm {number} hỏng hai tuần nay mà chưa ai sửa.",
    }
    return json.dumps({"update_id": number, "message": message}, ensure_ascii=False).encode()


class Posting(asyncio.Protocol):
    """One connection: the next update goes out when the last one was accepted."""

    numbers = itertools.count(1)

    def __init__(self, path: str) -> None:
        self.path = path
        self.received = bytearray()
        self.waits: list[float] = []
        self.refused = 0
        self.stopping = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self.received += data
        found = request_end(self.received, 0)
        if found is None:
            return
        if self.received.startswith(ACCEPTED):
            self.waits.append(time.perf_counter() - self.began)
        else:
            self.refused += 1
        del self.received[: found[1]]
        if not self.stopping:
            self._next()

    def _next(self) -> None:
        secret = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
        self.began = time.perf_counter()
        self.transport.write(post(self.path, update(next(self.numbers)), secret))


async def posted(url: str, connections: int, seconds: float) -> dict[str, float]:
    """Updates accepted a second, and how long the slowest hundredth waited, in ms."""
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    posting = [
        (
            await loop.create_connection(
                lambda: Posting(parts.path), parts.hostname or "", parts.port or 0
            )
        )[1]
        for _ in range(connections)
    ]
    await asyncio.sleep(WARM_UP)
    for one in posting:
        one.waits.clear()
    began = time.perf_counter()
    await asyncio.sleep(seconds)
    lasted = time.perf_counter() - began
    waits = sorted(wait for one in posting for wait in one.waits)
    for one in posting:
        one.stopping = True
        one.transport.close()
    if not waits or any(one.refused for one in posting):
        raise RuntimeError(f"{sum(one.refused for one in posting)} updates were refused")
    return {"rate": len(waits) / lasted, "p99": waits[len(waits) * 99 // 100] * 1000}


if __name__ == "__main__":
    answer(posted)
