"""Each bot's queue of updates and the one poll that may wait on it."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice, takewhile

import orjson

from channels.telegram.sandbox.clock import random_number
from channels.telegram.sandbox.errors import CONFLICT, WEBHOOK_SET, ApiError, Json
from channels.telegram.sandbox.records import Bot
from channels.telegram.sandbox.store import Store

ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MOST_AT_ONCE = 100
REMEMBERED = 1000
ENDINGS = {"conflict": CONFLICT, "webhook": WEBHOOK_SET}


@dataclass
class Queue:
    """Updates one bot has not acknowledged, oldest first."""

    last_id: int
    pending: dict[int, bytes] = field(default_factory=dict)
    recent: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    poll: asyncio.Future[str] | None = None


class Mailbox:
    """Puts updates in, hands them out, forgets them once acknowledged."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._queues: dict[int, Queue] = {}
        self.carry: Callable[[Bot, tuple[int, bytes]], None] = _leave_it

    def open(self, bot: Bot) -> None:
        """Loads what is waiting for this bot; ids go on from where they were."""
        waiting = self._store.updates(bot.id)
        if not bot.confirmed:
            bot.confirmed = random_number(8)
            self._store.put("bot", bot.id, bot)
        last = waiting[-1][0] if waiting else bot.confirmed
        self._queues[bot.id] = Queue(last, dict(waiting), deque(waiting, REMEMBERED))

    def count(self, bot: Bot) -> int:
        return len(self._queues[bot.id].pending)

    def put(self, bot: Bot, kind: str, what: Json) -> None:
        if not _wanted(bot, kind):
            return
        queue = self._queues[bot.id]
        queue.last_id += 1
        doc = orjson.dumps({"update_id": queue.last_id, kind: what})
        self._store.put_update(bot.id, queue.last_id, doc)
        queue.pending[queue.last_id] = doc
        queue.recent.append((queue.last_id, doc))
        _wake(queue, "news")
        self.carry(bot, (queue.last_id, doc))

    def waiting(self, bot: Bot) -> list[tuple[int, bytes]]:
        return list(self._queues[bot.id].pending.items())

    def recent(self, bot: Bot) -> list[tuple[int, bytes]]:
        """The newest updates, taken or not, oldest first; a restart forgets those taken."""
        return list(self._queues[bot.id].recent)

    async def take(self, bot: Bot, offset: int, limit: int, wait: float) -> list[bytes]:
        """Acknowledges all below `offset`, then waits at most `wait` seconds for the rest."""
        queue = self._queues[bot.id]
        _wake(queue, "conflict")
        self._confirm(bot, queue, offset)
        if not queue.pending and wait > 0:
            await self._wait(queue, wait)
        size = min(max(limit, 1), MOST_AT_ONCE)
        return list(islice(queue.pending.values(), size))

    def taken(self, bot: Bot, update_id: int) -> None:
        """A webhook took this one; those before it may still be on their way."""
        queue = self._queues[bot.id]
        if queue.pending.pop(update_id, None) is None:
            return
        bot.confirmed = max(bot.confirmed, update_id)
        self._store.drop_update(bot.id, update_id)
        self._store.put("bot", bot.id, bot)

    def interrupt(self, bot: Bot) -> None:
        """Ends the poll that waits: from now on a webhook gets the updates."""
        _wake(self._queues[bot.id], "webhook")

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
            why = await asyncio.wait_for(poll, seconds)
            if why in ENDINGS:
                raise ApiError(409, ENDINGS[why])
        if queue.poll is poll:
            queue.poll = None

    def _confirm(self, bot: Bot, queue: Queue, offset: int) -> None:
        if offset < 0:
            kept = list(queue.pending)[offset:]
            offset = kept[0] if kept else 0
        upto = min(offset - 1, queue.last_id)
        gone = list(takewhile(lambda update_id: update_id <= upto, queue.pending))
        if not gone:
            return
        for update_id in gone:
            del queue.pending[update_id]
        bot.confirmed = max(bot.confirmed, upto)
        self._store.drop_updates(bot.id, upto)
        self._store.put("bot", bot.id, bot)


def _leave_it(bot: Bot, parcel: tuple[int, bytes]) -> None:
    """Without a webhook an update waits to be fetched."""


def _wanted(bot: Bot, kind: str) -> bool:
    if bot.allowed_updates:
        return kind in bot.allowed_updates
    return kind not in ON_REQUEST_ONLY


def _wake(queue: Queue, why: str) -> None:
    if queue.poll and not queue.poll.done():
        queue.poll.set_result(why)
    queue.poll = None
