"""A client that does nothing but write requests and count answers: it finds a server's ceiling."""

import asyncio
import time
from typing import cast
from urllib.parse import urlsplit

from tests.bench.answering import WARM_UP, answer
from tests.bench.requests_in import request_end

BODY = b'{"chat_id":-1001000000001,"text":"' + "Triều cường ngày mai.".encode() + b'"}'


def post(path: str, body: bytes, headers: str = "") -> bytes:
    """One whole request."""
    head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n{headers}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Asking(asyncio.Protocol):
    """One connection that keeps so many requests under way."""

    def __init__(self, request: bytes, depth: int) -> None:
        self.request = request
        self.depth = depth
        self.answered = 0
        self.received = bytearray()
        self.stopping = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are shaped like asyncio's and do not derive from them.
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self.request * self.depth)

    def data_received(self, data: bytes) -> None:
        self.received += data
        start = count = 0
        while found := request_end(self.received, start):
            start = found[1]
            count += 1
        del self.received[:start]
        self.answered += count
        if count and not self.stopping:
            self.transport.write(self.request * count)


async def ceiling(url: str, in_flight: int, seconds: float, depth: int = 1) -> dict[str, float]:
    """Answers a second over so many connections, `depth` requests under way on each."""
    parts = urlsplit(url)
    request = post(f"{parts.path}/bot1:raw/sendMessage", BODY)
    loop = asyncio.get_running_loop()
    asking = [
        (
            await loop.create_connection(
                lambda: Asking(request, depth), parts.hostname or "", parts.port or 0
            )
        )
        for _ in range(in_flight)
    ]
    await asyncio.sleep(WARM_UP)
    began, before = time.perf_counter(), sum(one.answered for _, one in asking)
    await asyncio.sleep(seconds)
    answered = sum(one.answered for _, one in asking) - before
    rate = answered / (time.perf_counter() - began)
    for transport, one in asking:
        one.stopping = True
        transport.close()
    return {"rate": rate}


if __name__ == "__main__":
    answer(ceiling)
