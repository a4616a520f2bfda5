"""Tells open chat pages what changed in their person's chats."""

import asyncio
from collections.abc import Iterable

import orjson

from channels.telegram.sandbox.errors import Json

MOST_WAITING = 1000


class Streams:
    """One queue per open page; a page that falls too far behind is told to reload."""

    def __init__(self) -> None:
        self._open: dict[int, set[asyncio.Queue[bytes | None]]] = {}

    def join(self, user_id: int) -> asyncio.Queue[bytes | None]:
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._open.setdefault(user_id, set()).add(queue)
        return queue

    def leave(self, user_id: int, queue: asyncio.Queue[bytes | None]) -> None:
        self._open.get(user_id, set()).discard(queue)

    def publish(self, user_ids: Iterable[int], kind: str, event: Json) -> None:
        listening = [user_id for user_id in user_ids if self._open.get(user_id)]
        if not listening:
            return
        line = _line(kind, event)
        for user_id in listening:
            for queue in self._open[user_id]:
                _offer(queue, line)

    def close(self) -> None:
        for queues in self._open.values():
            for queue in queues:
                queue.put_nowait(None)


def _offer(queue: asyncio.Queue[bytes | None], line: bytes) -> None:
    if queue.qsize() > MOST_WAITING:
        while not queue.empty():
            queue.get_nowait()
        line = _line("reload", {})
    queue.put_nowait(line)


def _line(kind: str, event: Json) -> bytes:
    return b"event: " + kind.encode() + b"\ndata: " + orjson.dumps(event) + b"\n\n"
