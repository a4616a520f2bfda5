"""Asking a server on this machine whether it answers yet, without a library that takes long."""

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

PATIENCE = 2.0
PAUSE = 0.05


async def answers(url: str) -> bool:
    """Whether the server gives status 200 for this address."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await _status(url) == "200"
    except (OSError, TimeoutError, ValueError, IndexError):
        return False


async def until_it_answers(url: str) -> None:
    """Wait, for as long as it takes: whoever asks sets the limit."""
    while not await answers(url):  # noqa: ASYNC110 - a server elsewhere sets no event of ours
        await asyncio.sleep(PAUSE)


async def _status(url: str) -> str:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        asked = (
            f"GET {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n"
        )
        writer.write(asked.encode())
        return (await reader.readline()).decode("ascii").split()[1]
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
