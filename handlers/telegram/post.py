"""The `post` role: the only process that talks to Telegram, and all that runs in it."""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Sequence
from typing import Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder

from domain.errors import CredentialsRefused, LostRace
from handlers.settings import Webhook
from handlers.telegram.courtesy import Courtesy
from handlers.telegram.errors import Apologise, KeepFailures
from handlers.telegram.identify import Identify
from handlers.telegram.inbox import Inlet, PollInbox
from handlers.telegram.menu import set_menus
from handlers.telegram.on_duty import LOOK, OnDuty
from handlers.telegram.pump import AnyApplication, Pump
from handlers.telegram.rooms import Rooms
from handlers.telegram.routes import routes
from handlers.telegram.speak import Speak
from handlers.telegram.webhook import Announcement, listen
from handlers.ticks.dispatch import Dispatch
from handlers.ticks.timetable import Timetable, of_bot, of_office
from handlers.trouble import CannotStart

log = logging.getLogger(__name__)

DRAIN = 30.0
"""Seconds that what has begun may take to end after a stop was asked for."""
PAUSE = 5.0
"""Seconds until a channel that could not be reached is tried again."""


async def serve(bots: Sequence[Rooms], stop: asyncio.Event, webhook: Webhook | None = None) -> None:
    """Run every bot until `stop` is set; an error that ends one ends the process and is raised.

    The first is the bot that people talk to. A bot that another process is on duty for is waited
    for. Updates are brought to the webhook if there is one, else they are asked for.
    """
    front, lines = bots[0], [Line(rooms, webhook) for rooms in bots]
    office = OnDuty(front.office_watch, Timetable(of_office(front)).run)
    duties = [OnDuty(line.rooms.watch, line.run) for line in lines]
    loops = [duty.run() for duty in (*duties, office)]
    if webhook:
        # Also for bots that others are on duty for: whoever stores, they handle.
        loops.append(listen([line.inlet for line in lines], webhook, front.tally))
    _leave_out_what_stays()
    await _until_stopped(loops, stop, bots)


def _leave_out_what_stays() -> None:
    """What is loaded by now is never garbage: looking through it again and again is a pause."""
    gc.collect()
    gc.freeze()


class Line:
    """One bot at work (đường dây): what it hears, what it handles, what it sends."""

    def __init__(self, rooms: Rooms, webhook: Webhook | None) -> None:
        self.rooms = rooms
        self.inlet = Inlet(rooms, asyncio.Event(), Courtesy(Identify(rooms)))
        announced = webhook and Announcement(self.inlet, webhook)
        self.receiving = announced or PollInbox(self.inlet)
        self.dispatch = Dispatch(rooms.deliver, rooms.in_flight)

    async def run(self) -> None:
        """Work until cancelled; what was being sent then comes to its end first."""
        rooms, news = self.rooms, self.inlet.news
        application = _application(rooms)
        pump = Pump(rooms, application, news, Apologise(Identify(rooms), Speak(rooms)))
        application.add_error_handler(KeepFailures(pump.failed))
        await self._stand_in_front()
        await reached(application)
        await self._recover_lapsed()
        ticks = Timetable(of_bot(rooms))
        # What takes several calls, and nobody waits for, does not hold up the first update.
        loops = [self.receiving.run(), pump.run(), self.dispatch.run(), ticks.run()]
        loops.append(set_menus(rooms))
        try:
            await _first_to_fail(loops)
        finally:
            await asyncio.gather(self.dispatch.drain(DRAIN), pump.drain(DRAIN))
            await application.shutdown()

    async def _recover_lapsed(self) -> None:
        try:
            await self.rooms.deliver.recover_lapsed(at_start=True)
        except ExceptionGroup:
            # The others had their turn; these come round again when their leases have run out.
            log.exception("not every send of the process before was recovered")

    async def _stand_in_front(self) -> None:
        """CannotStart if another bot is the one that people talk to: two cannot be."""
        try:
            while True:
                if not self.rooms.is_front or await self.rooms.front.take():
                    return
                await asyncio.sleep(LOOK)
        except LostRace as lost:
            raise CannotStart(lost.key, **lost.values) from None


async def reached(application: AnyApplication) -> None:
    """Ready, once the channel has said who the bot is; a channel that is away is waited for."""
    while True:
        try:
            return await application.initialize()
        except InvalidToken:
            # Without its cause: the library's text quotes the token.
            raise CredentialsRefused("refused when it was asked who it is") from None
        except TelegramError as error:
            log.error("the channel does not say yet who the bot is: %s", error)
            await asyncio.sleep(PAUSE)


def _application(rooms: Rooms) -> AnyApplication:
    """The library's dispatcher, without its own receiving, timing or keeping of state."""
    application = ApplicationBuilder().bot(rooms.bot).updater(None).job_queue(None).build()
    application.add_handlers(routes(rooms))
    return application


async def _until_stopped(
    duties: Sequence[Awaitable[None]], stop: asyncio.Event, bots: Sequence[Rooms]
) -> None:
    """Run until the first duty fails or a stop is wished for; then end in good order."""
    work = asyncio.ensure_future(_first_to_fail(duties))
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
    for rooms in bots:
        rooms.gateway.drain()
    for task in (work, stopping):
        task.cancel()
    (ended, _) = await asyncio.gather(work, stopping, return_exceptions=True)
    if isinstance(ended, Exception):
        raise ended


async def _first_to_fail(loops: Sequence[Awaitable[Any]]) -> None:
    """Run loops side by side until cancelled; the first that fails ends them all."""
    tasks = [asyncio.ensure_future(loop) for loop in loops]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        if not task.cancelled():
            task.result()
