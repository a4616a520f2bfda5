"""Pressed buttons that wait for their answer."""

import asyncio
import contextlib
from dataclasses import dataclass, field

from channels.telegram.sandbox.clock import now, random_number
from channels.telegram.sandbox.errors import QUERY_TOO_OLD, Json, bad_request
from channels.telegram.sandbox.records import Bot, Settings, User
from channels.telegram.sandbox.store import Store


@dataclass
class Callbacks:
    """A query is answered once, by the bot whose button it was, while it is young."""

    store: Store
    settings: Settings
    _open: dict[str, Json] = field(default_factory=dict)
    _waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._open = {doc["id"]: doc for doc in self.store.everything("callback")}

    def ask(self, bot: Bot, user: User) -> str:
        query_id = str(random_number(18))
        query = {"id": query_id, "bot": bot.id, "user": user.id, "at": now()}
        self._open[query_id] = query
        self.store.put("callback", query_id, query)
        return query_id

    def answer(self, bot: Bot, query_id: str, answer: Json) -> None:
        query = self._open.get(query_id)
        if query is None or query["bot"] != bot.id:
            raise bad_request(QUERY_TOO_OLD)
        self._open.pop(query_id)
        self.store.drop("callback", query_id)
        if now() - query["at"] > self.settings.callback_seconds:
            raise bad_request(QUERY_TOO_OLD)
        waiting = self._waiting.pop(query_id, None)
        if waiting and not waiting.done():
            waiting.set_result(answer)

    async def answered(self, query_id: str, seconds: float) -> Json | None:
        """The answer, if it comes within `seconds`."""
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[query_id] = waiting
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(waiting, seconds)
        self._waiting.pop(query_id, None)
        return None

    def close(self) -> None:
        for waiting in self._waiting.values():
            waiting.cancel()
