"""Our webhook: each update sealed and committed, with others, before it is accepted."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from domain.ports import Received
from handlers.settings import Webhook
from handlers.telegram.courtesy import Courtesy
from handlers.telegram.identify import Identify
from handlers.telegram.inbox import Inlet
from handlers.telegram.rooms import Rooms
from handlers.telegram.webhook import listen
from storage.vault.inbox import SqlInbox
from tests.bench.answering import answer
from tests.bench.ours.premises import Premises
from tests.bench.ours.rooms import opened
from tests.bench.places import free_port
from tests.bench.posting import SECRET

running: list[asyncio.Task[None]] = []


class Nowhere(SqlInbox):
    """An inbox that keeps nothing: what the server alone could do."""

    async def store(self, bot_id: int, updates: Sequence[Received]) -> tuple[Received, ...]:
        return ()


async def serve(url: str, folder: str, server: str, stored: bool) -> dict[str, float]:
    """Start such a server beside those that run already; gives its port once it listens."""
    port, listening = free_port(), asyncio.Event()
    running.append(
        asyncio.create_task(_serve(Premises(Path(folder), server), url, stored, port, listening))
    )
    await listening.wait()
    return {"port": port}


async def _serve(
    premises: Premises, url: str, stored: bool, port: int, listening: asyncio.Event
) -> None:
    async with opened(await premises.migrated(), url) as rooms:
        behind = rooms if stored else replace(rooms, inbox=nowhere(rooms))
        inlet = Inlet(behind, asyncio.Event(), Courtesy(Identify(behind)))
        webhook = Webhook("https://bench.example", SECRET, ("127.0.0.1", port))
        server = asyncio.create_task(listen([inlet], webhook, behind.tally))
        await _until_open(port)
        listening.set()
        await server


def nowhere(rooms: Rooms) -> Nowhere:
    inbox = rooms.inbox
    assert isinstance(inbox, SqlInbox)
    return Nowhere(inbox.engine, inbox.keys, inbox.clock, inbox.ids)


async def _until_open(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return


if __name__ == "__main__":
    answer(serve)
