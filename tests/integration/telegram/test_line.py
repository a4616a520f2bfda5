"""A bot's line begins its work only when it is its own, and the channel can be reached."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder

from channels.telegram.transport import AiohttpRequest
from domain.errors import CredentialsRefused
from domain.model.duty import of_bot
from domain.usecases.stand_in_front import StandInFront
from domain.usecases.stand_watch import StandWatch
from handlers.telegram import post
from handlers.telegram.post import Line, reached
from handlers.telegram.pump import AnyApplication
from handlers.trouble import CannotStart
from tests.integration.storage.cast import BOT
from tests.integration.telegram.house import House
from tests.unit.channels.faulty_server import TOKEN, answers, closes_unread, refuses, serving

ME = {"id": 123456, "is_bot": True, "first_name": "Hai Chiều", "username": "haichieu_bot"}


async def keep_beating(watch: StandWatch, over: asyncio.Event) -> None:
    while not over.is_set():
        await watch.beat()
        with suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                await over.wait()


async def test_a_second_bot_in_front_is_refused_with_a_sentence(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "LOOK", 0.2)
    memory, clock, other = house.office.memory, house.office.clock, BOT + 1
    watch = StandWatch(memory, clock, of_bot(other), "another process")
    assert await watch.take()
    assert await StandInFront(memory, clock, other, "another process").take()
    over = asyncio.Event()
    beating = asyncio.create_task(keep_beating(watch, over))

    with pytest.raises(CannotStart) as refused:
        async with asyncio.timeout(10):
            await Line(replace(house.rooms, alone=False), None).run()
    over.set()
    await beating
    sentence = house.rooms.words.text(refused.value.key, "vi", **refused.value.values)
    assert str(other) in sentence
    assert str(BOT) in sentence


async def test_a_bot_that_works_beside_it_gives_up_the_front(house: House) -> None:
    """Two bots changed places in BOT_TOKEN: the earlier one in front is at work all the same."""
    memory, clock, earlier = house.office.memory, house.office.clock, BOT + 1
    assert await StandInFront(memory, clock, earlier, "the process before").take()
    rooms = replace(house.rooms, alone=False)
    bot: Any = SimpleNamespace(id=earlier)
    assert await rooms.beside(rooms.gateway, bot, rooms.updates).watch.take()

    assert await rooms.front.take()


def application_to(url: str) -> AnyApplication:
    request = AiohttpRequest(2)
    bot = Bot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=request)
    application: AnyApplication = (
        ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    )
    return application


async def test_a_network_that_is_away_when_the_work_begins_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(post, "PAUSE", 0.01)
    first_answers = iter([closes_unread, refuses(502, "Bad Gateway"), closes_unread])

    async def away_for_a_time(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await next(first_answers, answers(200, {"ok": True, "result": ME}))(reader, writer)

    async with serving(away_for_a_time) as url:
        application = application_to(url)
        with caplog.at_level(logging.ERROR):
            async with asyncio.timeout(10):
                await reached(application)
        assert application.bot.username == "haichieu_bot"
        await application.shutdown()
    assert sum("who the bot is" in line for line in caplog.messages) == 3


async def test_a_token_that_is_refused_when_the_work_begins_is_not_tried_again() -> None:
    async with serving(refuses(401, "Unauthorized")) as url:
        application = application_to(url)
        with pytest.raises(CredentialsRefused):
            await reached(application)
        with pytest.raises(TelegramError):
            await application.bot.get_me()
        await application.bot.shutdown()
