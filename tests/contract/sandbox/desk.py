"""What a bot runs to be handed its updates."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

SECRET = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Desk:
    """A webhook that writes down what it is handed and answers as it is told."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)
    hold: Callable[[dict[str, Any]], asyncio.Event | None] = lambda _: None

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        async with self.news:
            self.got.append(update)
            self.secrets.append(request.headers.get(SECRET))
            self.news.notify_all()
        if held := self.hold(update):
            await held.wait()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def until(self, count: int) -> list[int]:
        """The ids handed over, once there are so many."""
        async with asyncio.timeout(20), self.news:
            await self.news.wait_for(lambda: len(self.got) >= count)
        return [update["update_id"] for update in self.got]
