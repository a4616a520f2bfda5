"""Telegram brings its updates: the secret first, then the body, the commit, and only then 200."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from http import HTTPStatus

from aiohttp import web
from telegram.error import BadRequest, TelegramError

from domain.errors import MemoryLost
from handlers.settings import Webhook
from handlers.telegram.inbox import Inlet, pause_after
from handlers.telegram.rooms import Tally
from handlers.trouble import CannotStart, CannotStartNow

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LARGEST_BODY = 2**20
"""Bytes; Telegram's largest updates have a few thousand."""
UNREAD = 1.0
"""Seconds in which the rest of what was refused may still arrive and be thrown away."""
LAST_ANSWERS = 5.0
"""Seconds that requests under way at a stop may take."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakeIn:
    """One request, from the secret to the answer; what it refuses it counts."""

    inlets: Mapping[str, Inlet]
    """By the last part of the path: each bot's own number, never its token."""
    secret: bytes
    tally: Tally

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        # Before anything else is looked at, in a time that tells nothing of how much of it fits.
        if not compare_digest(given, self.secret):
            return self._refused(HTTPStatus.UNAUTHORIZED, "forged")
        inlet = self.inlets.get(request.path.rpartition("/")[2])
        if inlet is None or request.method != "POST":
            return self._refused(HTTPStatus.NOT_FOUND, "misdirected")
        if (request.content_length or 0) > LARGEST_BODY:
            return self._refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
        try:
            return await self._kept(inlet, await request.read())
        except web.HTTPRequestEntityTooLarge:
            return self._refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")

    async def _kept(self, inlet: Inlet, body: bytes) -> web.Response:
        try:
            received = inlet.rooms.updates.read(body)
        except ValueError:
            return self._refused(HTTPStatus.BAD_REQUEST, "misshapen")
        if received is None:
            self.tally["not_addressed"] += 1
            return web.Response()
        try:
            await inlet.keep([received])
        except MemoryLost as lost:
            log.error("an update could not be stored: %s", lost)
            return self._refused(HTTPStatus.SERVICE_UNAVAILABLE, "not_stored")
        return web.Response()

    def _refused(self, status: HTTPStatus, result: str) -> web.Response:
        """An empty answer: whoever knows no secret learns nothing."""
        self.tally[result] += 1
        return web.Response(status=status)


@dataclass(slots=True)
class Announcement:
    """Telling Telegram where to bring one bot's updates (báo địa chỉ webhook)."""

    inlet: Inlet
    webhook: Webhook
    failures: int = 0

    async def run(self) -> None:
        """Try until it knows, then only be there; CannotStartNow if it will not call here."""
        while not await self._told():  # noqa: ASYNC110 - Telegram sets no event of ours
            await asyncio.sleep(pause_after(self.failures))
        await asyncio.Event().wait()

    async def _told(self) -> bool:
        rooms = self.inlet.rooms
        try:
            url = f"{self.webhook.url}/{rooms.bot.id}"
            await rooms.updates.set_webhook(url, self.webhook.secret)
        except BadRequest as refused:
            why = refused.message
            raise CannotStartNow(
                "settings.webhook_refused", variable="WEBHOOK_URL", why=why
            ) from None
        except TelegramError as error:
            self.failures += 1
            log.warning("no webhook yet (%s), time %s", type(error).__name__, self.failures)
            return False
        return True


async def listen(inlets: Sequence[Inlet], webhook: Webhook, tally: Tally) -> None:
    """Serve until cancelled; CannotStart if the port is taken."""
    doors = {str(inlet.rooms.bot.id): inlet for inlet in inlets}
    take_in = TakeIn(doors, webhook.secret.encode(), tally)
    # Without a router and its application: every request comes here, thousands a second.
    server = web.Server(take_in, access_log=None, lingering_time=UNREAD)
    runner = web.ServerRunner(server, shutdown_timeout=LAST_ANSWERS)
    await runner.setup()
    host, port = webhook.bind
    try:
        await web.TCPSite(runner, host, port).start()
        await asyncio.Event().wait()
    except OSError as error:
        raise CannotStart(
            "cli.port_busy", variable="WEBHOOK_BIND", bind=f"{host}:{port}", why=error.strerror
        ) from None
    finally:
        await runner.cleanup()
