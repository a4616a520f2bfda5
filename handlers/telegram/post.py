"""The `post` role: the only process that talks to Telegram, and all that runs in it."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from telegram.ext import ApplicationBuilder

from handlers.telegram.errors import Apologise, KeepFailures
from handlers.telegram.identify import Identify
from handlers.telegram.inbox import PollInbox
from handlers.telegram.menu import set_menus
from handlers.telegram.pump import AnyApplication, Pump
from handlers.telegram.rooms import Rooms
from handlers.telegram.routes import routes
from handlers.telegram.speak import Speak
from handlers.ticks.dispatch import Dispatch
from handlers.ticks.timetable import Timetable

DRAIN = 30.0
"""Seconds that sends already begun may take to end after a stop was asked for."""


async def serve(rooms: Rooms, stop: asyncio.Event) -> None:
    """Run until `stop` is set; an error that ends a loop ends the process and is raised."""
    news = asyncio.Event()
    dispatch = Dispatch(rooms.deliver)
    application = _application(rooms)
    apologise = Apologise(Identify(rooms), Speak(rooms))
    pump = Pump(rooms, application, news, apologise)
    application.add_error_handler(KeepFailures(pump.failed))
    await application.initialize()
    await rooms.deliver.recover_lapsed(at_start=True)
    timetable = Timetable(rooms)
    await set_menus(rooms)
    loops = [PollInbox(rooms, news).run(), pump.run(), dispatch.run()]
    timetable.start()
    try:
        await _until_stopped(loops, stop)
    finally:
        timetable.stop()
        rooms.gateway.drain()
        await dispatch.drain(DRAIN)
        await application.shutdown()


def _application(rooms: Rooms) -> AnyApplication:
    """The library's dispatcher, without its own receiving, timing or keeping of state."""
    application = ApplicationBuilder().bot(rooms.bot).updater(None).job_queue(None).build()
    application.add_handlers(routes(rooms))
    return application


async def _until_stopped(loops: list[Coroutine[Any, Any, None]], stop: asyncio.Event) -> None:
    """Run the loops side by side; the first to fail, or the wish to stop, ends them all."""
    tasks = [asyncio.create_task(loop) for loop in loops]
    stopping = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
    for task in [*tasks, stopping]:
        task.cancel()
    await asyncio.gather(*tasks, stopping, return_exceptions=True)
    for task in done - {stopping}:
        task.result()
