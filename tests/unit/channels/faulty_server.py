"""Servers that go wrong in one way each, on real sockets."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from telegram import Bot
from telegram.request import HTTPXRequest

from channels.pacer import Limits, Pacer
from channels.telegram.gateway import TelegramGateway
from domain.clock import SystemClock

TOKEN = "123456:canary-" + "A" * 30
LINGER_ZERO = struct.pack("ii", 1, 0)

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def request_of(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.split(b": ", 1) for line in head.lower().splitlines()[1:] if line)
    return head + await reader.readexactly(int(fields.get(b"content-length", b"0")))


def answers(status: int, body: object, told_length: int | None = None) -> Behaviour:
    """Reads the request, then answers; a told length beyond the body breaks off half-way."""
    text = body if isinstance(body, str) else json.dumps(body)
    length = len(text.encode()) if told_length is None else told_length

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n\r\n{text}".encode())
        await writer.drain()

    return behave


def refuses(status: int, description: str, **parameters: int) -> Behaviour:
    """Answers as the Bot API refuses."""
    body: dict[str, object] = {"ok": False, "error_code": status, "description": description}
    return answers(status, body | ({"parameters": parameters} if parameters else {}))


async def closes_unread(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accepts and closes at once."""


async def closes_after_reading(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)


async def resets_after_reading(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_ZERO)
    writer.transport.abort()


async def never_answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)
    await reader.read()


@asynccontextmanager
async def serving(behave: Behaviour) -> AsyncIterator[str]:
    """The address of a server that behaves like this with every connection."""

    served: set[asyncio.Task[None] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.add(asyncio.current_task())
        with suppress(OSError, asyncio.IncompleteReadError):
            await behave(reader, writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await asyncio.gather(*(task for task in served if task is not None))


@asynccontextmanager
async def refusing() -> AsyncIterator[str]:
    """The address of a port where nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


@asynccontextmanager
async def never_accepting() -> AsyncIterator[str]:
    """The address of a listener whose queue is full, so that nobody's call is taken."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        callers = [socket.socket() for _ in range(3)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        for caller in callers:
            caller.close()


@asynccontextmanager
async def gateway_to(
    url: str, connections: int = 4, proxy: str | None = None
) -> AsyncIterator[TelegramGateway]:
    """The real gateway, only less patient than in production."""
    request = HTTPXRequest(connections, 0.2, 0.2, 0.2, 0.1, proxy=proxy)
    polling = HTTPXRequest(1, 0.2, 0.2, 0.2, 0.1)
    bot = Bot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=polling)
    gateway = TelegramGateway(bot, Pacer(Limits(), SystemClock().monotonic))
    try:
        yield gateway
    finally:
        await gateway.close()
        await request.shutdown()
        await polling.shutdown()
