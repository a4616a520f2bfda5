"""Files that people sent: found by their name, read no further than they may be long."""

import asyncio
from dataclasses import dataclass
from urllib.parse import quote

import orjson
from telegram import Bot
from telegram.error import NetworkError

from channels.telegram.transport import AiohttpRequest
from domain.errors import Refusal

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 20 * MEBIBYTE
"""What the Bot API hands out at most."""
LARGEST_VOICE = 2 * MEBIBYTE
"""Two minutes of speech, twice over."""
TRIES = 2
PAUSE = 1.0
"""Seconds until a file that could not be had is asked for once more."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """The way down of files (tải tệp)."""

    bot: Bot
    request: AiohttpRequest

    async def fetch(self, file: str, most: int) -> bytes:
        """What the file holds; Refusal if it is longer than `most` bytes or cannot be had."""
        for left in reversed(range(TRIES)):
            content = await self._content(file, most)
            if content is not None:
                return content
            if left:
                await asyncio.sleep(PAUSE)
        raise Refusal("file.not_fetched")

    async def _content(self, file: str, most: int) -> bytes | None:
        path = await self._path(file, most)
        if not path:
            return None
        try:
            url = f"{self.bot.base_file_url}/{quote(path)}"
            return b"".join([piece async for piece in self.request.stream(url, most)])
        except NetworkError:
            return None

    async def _path(self, file: str, most: int) -> str:
        """Where the file can be read for the next while; '' if nobody says."""
        asked = orjson.dumps({"file_id": file})
        try:
            _, answer = await self.request.post_json(f"{self.bot.base_url}/getFile", asked)
            told = orjson.loads(answer)
        except (NetworkError, orjson.JSONDecodeError):
            return ""
        match told:
            case {"ok": True, "result": {"file_size": int(size)}} if size > most:
                raise _too_large(most)
            case {"ok": True, "result": {"file_path": str(path)}}:
                return path
            case {"ok": False, "description": str(reason)} if "too big" in reason:
                raise _too_large(most)
        return ""


def _too_large(most: int) -> Refusal:
    return Refusal("file.too_large", limit=most // MEBIBYTE)
