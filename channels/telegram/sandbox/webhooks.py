"""Carries updates to the bots that asked for them by webhook."""

import asyncio
import random
from collections import deque
from dataclasses import dataclass, field
from http import HTTPStatus

import aiohttp
import orjson

from channels.telegram.sandbox.clock import now
from channels.telegram.sandbox.errors import Json
from channels.telegram.sandbox.mailbox import Mailbox
from channels.telegram.sandbox.records import Bot
from channels.telegram.sandbox.store import Store
from channels.telegram.sandbox.world import World

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, no secret
PATIENCE = aiohttp.ClientTimeout(total=60)
LONGEST_PAUSE = 60.0

Parcel = tuple[int, bytes]


@dataclass
class Courier:
    """One bot's webhook: in order within a chat, side by side across chats."""

    bot: Bot
    world: World
    mailbox: Mailbox
    store: Store
    client: aiohttp.ClientSession
    _lanes: dict[str, deque[Parcel]] = field(default_factory=dict)
    _walks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._hands = asyncio.Semaphore(self.bot.webhook["max_connections"])
        for parcel in self.mailbox.waiting(self.bot):
            self.bring(parcel)

    def bring(self, parcel: Parcel) -> None:
        name = _lane(parcel[1])
        if name in self._lanes:
            self._lanes[name].append(parcel)
            return
        self._lanes[name] = deque([parcel])
        walk = asyncio.create_task(self._walk(name))
        self._walks.add(walk)
        walk.add_done_callback(self._walks.discard)

    async def hand_over(self, doc: bytes) -> str:
        """Posts one update; the answer is what went wrong, nothing if it was taken."""
        headers = {"Content-Type": "application/json"}
        if secret := self.bot.webhook["secret_token"]:
            headers[SECRET] = secret
        url = self.bot.webhook["url"]
        await self.store.written()
        try:
            async with (
                self._hands,
                self.client.post(url, data=doc, headers=headers, allow_redirects=False) as response,
            ):
                await response.read()
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except (aiohttp.ClientError, OSError):
            return "Connection reset by peer"
        if response.ok and response.status < HTTPStatus.MULTIPLE_CHOICES:
            return ""
        return f"Wrong response from the webhook: {response.status} {response.reason}"

    def stop(self) -> None:
        for walk in self._walks:
            walk.cancel()

    async def _walk(self, name: str) -> None:
        lane = self._lanes[name]
        first = self.world.settings.webhook_pause_ms / 1000
        pause = first
        while lane:
            update_id, doc = lane[0]
            if trouble := await self.hand_over(doc):
                self._note(trouble)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            lane.popleft()
            self.mailbox.taken(self.bot, update_id)
            pause = first
        del self._lanes[name]

    def _note(self, trouble: str) -> None:
        self.bot.webhook |= {"last_error_date": int(now()), "last_error_message": trouble}
        self.world.save(self.bot)


class Webhooks:
    """The couriers of all bots that have a webhook."""

    def __init__(self, world: World, mailbox: Mailbox, store: Store) -> None:
        self._world = world
        self._mailbox = mailbox
        self._store = store
        self._couriers: dict[int, Courier] = {}
        self._client: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Takes up every bot's webhook as it was left; needs a running loop."""
        self._client = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), timeout=PATIENCE
        )
        for bot in self._world.bots.values():
            self.changed(bot)
        self._mailbox.carry = self._carry

    def changed(self, bot: Bot) -> None:
        """This bot's webhook was set, set anew or deleted."""
        if old := self._couriers.pop(bot.id, None):
            old.stop()
        if bot.webhook and self._client:
            parts = (self._world, self._mailbox, self._store, self._client)
            self._couriers[bot.id] = Courier(bot, *parts)

    async def redeliver(self, bot: Bot, parcels: list[Parcel], seed: int) -> list[Json]:
        """Hands all of these over at once, in an order drawn by `seed`."""
        courier = self._couriers[bot.id]
        shuffled = parcels.copy()
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order to test with, no secret
        found = await asyncio.gather(*(courier.hand_over(doc) for _, doc in shuffled))
        return [
            {"update_id": update_id, "error": error}
            for (update_id, _), error in zip(shuffled, found, strict=True)
        ]

    async def close(self) -> None:
        for courier in self._couriers.values():
            courier.stop()
        if self._client:
            await self._client.close()

    def _carry(self, bot: Bot, parcel: Parcel) -> None:
        if courier := self._couriers.get(bot.id):
            courier.bring(parcel)


def _lane(doc: bytes) -> str:
    """What must stay in order: the updates of one chat, else of one sender."""
    update = orjson.loads(doc)
    update.pop("update_id")
    (what,) = update.values()
    chat = what.get("chat") or what.get("message", {}).get("chat") or what.get("user") or what
    return str(chat["id"])
