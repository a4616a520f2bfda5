"""The server that answers in a bench: as fast as Python can, so that it is not what is measured.

`/latency/50/bot…/sendMessage` is answered after 50 ms; without the prefix, at once.
"""

import argparse
import asyncio
import itertools
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import uvloop

from tests.bench.participants import ROOT
from tests.bench.requests_in import request_end

LATENCY = re.compile(rb"/latency/(\d+)")
METHOD = re.compile(rb"/bot[^/ ]+/(\w+)")
CHAT = re.compile(rb'chat_id"?[=:\s"]+(-?\d+)')
BOT = b'{"id":4242,"is_bot":true,"first_name":"Bench","username":"bench_bot"}'
SENT = (
    b'{"ok":true,"result":{"message_id":%d,"from":' + BOT + b',"chat":{"id":%s,'
    b'"type":"supergroup","title":"Khu 4","username":"khu4"},"date":1767225600,"text":"'
    + "Triều cường ngày mai, bà con kê đồ lên cao.".encode()
    + b'"}}'
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Responder(asyncio.Protocol):
    """One connection: every whole request gets its answer, in order."""

    numbers = itertools.count(1)

    def __init__(self) -> None:
        self.received = bytearray()
        self.loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are shaped like asyncio's and do not derive from them.
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self.received += data
        start = 0
        answers: list[bytes] = []
        latency = 0.0
        while found := request_end(self.received, start):
            body, end = found
            wait = LATENCY.search(self.received, start, body)
            latency = int(wait[1]) / 1000 if wait else 0.0
            answers.append(self._answer(start, body, end))
            start = end
        del self.received[:start]
        if latency:
            self.loop.call_later(latency, self._write, b"".join(answers))
        elif answers:
            self._write(b"".join(answers))

    def _write(self, answers: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answers)

    def _answer(self, start: int, body: int, end: int) -> bytes:
        method = METHOD.search(self.received, start, body)
        name = method[1].lower() if method else b""
        if name == b"sendmessage":
            chat = CHAT.search(self.received, body, end)
            told = SENT % (next(self.numbers), chat[1] if chat else b"1")
        elif name == b"getme":
            told = b'{"ok":true,"result":' + BOT + b"}"
        else:
            told = b'{"ok":true,"result":true}'
        return self._told(told)

    def _told(self, told: bytes) -> bytes:
        return HEAD % len(told) + told


async def serve() -> None:
    """Listen on a free port, say which, and answer until the input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Responder, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


@asynccontextmanager
async def responder() -> AsyncIterator[str]:
    """Start one in a process of its own; gives its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.responder", stdin=PIPE, stdout=PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        yield f"http://127.0.0.1:{int(await process.stdout.readline())}"
    finally:
        process.stdin.close()
        await process.wait()


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    uvloop.run(serve())
