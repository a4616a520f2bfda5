"""Each bot's queue of updates and the one poll that may wait on it."""

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass, field
from itertools import islice

import orjson

from channels.telegram.sandbox.clock import random_number
from channels.telegram.sandbox.errors import CONFLICT, ApiError, Json
from channels.telegram.sandbox.records import Bot
from channels.telegram.sandbox.store import Store

ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MOST_AT_ONCE = 100


@dataclass
class Queue:
    """Updates one bot has not acknowledged, oldest first."""

    last_id: int
    pending: deque[tuple[int, bytes]] = field(default_factory=deque)
    poll: asyncio.Future[str] | None = None


class Mailbox:
    """Puts updates in, hands them out, forgets them once acknowledged."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._queues: dict[int, Queue] = {}

    def open(self, bot: Bot) -> None:
        """Loads what is waiting for this bot; ids go on from where they were."""
        waiting = self._store.updates(bot.id)
        if not bot.confirmed:
            bot.confirmed = random_number(8)
            self._store.put("bot", bot.id, bot)
        last = waiting[-1][0] if waiting else bot.confirmed
        self._queues[bot.id] = Queue(last, deque(waiting))

    def count(self, bot: Bot) -> int:
        return len(self._queues[bot.id].pending)

    def put(self, bot: Bot, kind: str, what: Json) -> None:
        if not _wanted(bot, kind):
            return
        queue = self._queues[bot.id]
        queue.last_id += 1
        doc = orjson.dumps({"update_id": queue.last_id, kind: what})
        self._store.put_update(bot.id, queue.last_id, doc)
        queue.pending.append((queue.last_id, doc))
        _wake(queue, "news")

    async def take(self, bot: Bot, offset: int, limit: int, wait: float) -> list[bytes]:
        """Acknowledges all below `offset`, then waits at most `wait` seconds for the rest."""
        queue = self._queues[bot.id]
        _wake(queue, "conflict")
        self._confirm(bot, queue, offset)
        if not queue.pending and wait > 0:
            await self._wait(queue, wait)
        size = min(max(limit, 1), MOST_AT_ONCE)
        return [doc for _, doc in islice(queue.pending, size)]

    def drop(self, bot: Bot) -> None:
        queue = self._queues[bot.id]
        self._confirm(bot, queue, queue.last_id + 1)

    def close(self) -> None:
        for queue in self._queues.values():
            _wake(queue, "closing")

    async def _wait(self, queue: Queue, seconds: float) -> None:
        poll: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        queue.poll = poll
        with contextlib.suppress(TimeoutError):
            if await asyncio.wait_for(poll, seconds) == "conflict":
                raise ApiError(409, CONFLICT)
        if queue.poll is poll:
            queue.poll = None

    def _confirm(self, bot: Bot, queue: Queue, offset: int) -> None:
        if offset < 0:
            kept = list(queue.pending)[offset:]
            offset = kept[0][0] if kept else 0
        upto = min(offset - 1, queue.last_id)
        if upto <= bot.confirmed:
            return
        while queue.pending and queue.pending[0][0] <= upto:
            queue.pending.popleft()
        bot.confirmed = upto
        with self._store.writing():
            self._store.drop_updates(bot.id, upto)
            self._store.put("bot", bot.id, bot)


def _wanted(bot: Bot, kind: str) -> bool:
    if bot.allowed_updates:
        return kind in bot.allowed_updates
    return kind not in ON_REQUEST_ONLY


def _wake(queue: Queue, why: str) -> None:
    if queue.poll and not queue.poll.done():
        queue.poll.set_result(why)
    queue.poll = None
