"""Servers that go wrong in one way each, on real sockets."""

import asyncio
import json
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from tempfile import NamedTemporaryFile
from typing import Self, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from telegram import Bot

from channels.pacer import Limits, Pacer
from channels.telegram.gateway import TelegramGateway
from channels.telegram.transport import AiohttpRequest, Patience
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


async def never_reads(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Lets the request fill the buffers until the other side gives up."""
    cast(asyncio.Transport, writer.transport).pause_reading()
    await asyncio.sleep(2)


def self_signed() -> ssl.SSLContext:
    """A server's identity for which nobody vouches."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(start).not_valid_after(start + timedelta(days=36_500))
    pem = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with NamedTemporaryFile() as file:
        file.write(pem + secret)
        file.flush()
        context.load_cert_chain(file.name)
    return context


@asynccontextmanager
async def serving(behave: Behaviour, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """The address of a server that behaves like this with every connection."""

    served: set[asyncio.Task[None] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.add(asyncio.current_task())
        with suppress(OSError, asyncio.IncompleteReadError):
            await behave(reader, writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await asyncio.gather(*(task for task in served if task is not None))


class Kept:
    """A server that keeps the connection after its first answer, in the hands of the test."""

    async def __aenter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listener.close()

    async def answer(self, call: Awaitable[object]) -> None:
        """Take the connection that this call makes, and answer it."""
        calling = asyncio.ensure_future(call)
        loop = asyncio.get_running_loop()
        self._caller, _ = await loop.sock_accept(self._listener)
        await self.hear()
        self._caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        await calling

    async def hear(self) -> bytes:
        return await asyncio.get_running_loop().sock_recv(self._caller, 65536)

    def hang_up(self) -> None:
        """Close before the other side's event loop can have noticed."""
        self._caller.close()

    def is_called_again(self) -> bool:
        try:
            self._listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True


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
    request = AiohttpRequest(connections, Patience(0.5, 0.1, 0.1, 0.1, 0.1), proxy)
    await request.initialize()
    api, files = f"{url}/bot", f"{url}/file/bot"
    bot = Bot(TOKEN, api, files, request=request, get_updates_request=request)
    gateway = TelegramGateway(bot, request, Pacer(Limits(), SystemClock().monotonic))
    try:
        yield gateway
    finally:
        await gateway.close()
        await request.shutdown()
