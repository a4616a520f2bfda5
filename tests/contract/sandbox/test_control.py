"""The control API itself: clear refusals, reading, events, the page's safety."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from tests.contract.sandbox.practice import AN, BOT, EM, GROUP, STRANGER, Practice

WRONG: dict[str, tuple[str, dict[str, Any], int, str]] = {
    "nobody": ("say", {"user": 404, "chat": BOT, "text": "x"}, 404, "no user 404"),
    "nowhere": ("say", {"user": EM, "chat": -404, "text": "x"}, 404, "no chat -404"),
    "no such bot": ("start", {"user": EM, "bot": "ghost_bot"}, 404, "no bot 'ghost_bot'"),
    "outside": ("say", {"user": STRANGER, "chat": GROUP, "text": "x"}, 403, "is not in chat"),
    "no text": ("say", {"user": EM, "chat": GROUP, "text": " "}, 400, "1 to 4096"),
    "no field": ("say", {"chat": GROUP}, 400, "give user"),
    "no admin": (
        "say",
        {"user": EM, "chat": GROUP, "text": "x", "as": "anonymous_admin"},
        403,
        "is no admin there",
    ),
    "no message": (
        "press",
        {"user": EM, "chat": GROUP, "message_id": 99, "button": "x"},
        404,
        "no message 99",
    ),
    "no button": (
        "press",
        {"user": EM, "chat": GROUP, "message_id": 1, "button": "x"},
        404,
        "the buttons: none",
    ),
    "a long payload": ("start", {"user": EM, "bot": BOT, "payload": "a b"}, 400, "at most 64"),
    "a positive group": ("chats", {"id": 5, "type": "group", "title": "x"}, 400, "is negative"),
    "an unknown setting": ("settings", {"speed": 1}, 400, "no setting speed"),
    "an unknown fault": ("faults", {"kind": "fire"}, 400, "kind is one of"),
    "a fault with a wrong number": ("faults", {"kind": "late", "times": "2"}, 400, "cannot be"),
    "a migration to nowhere": ("faults", {"kind": "migrate"}, 400, "give to"),
    "a body it has not": ("faults", {"kind": "error", "body": "xml"}, 400, "is one of json, html"),
    "a certain chance": ("faults", {"kind": "late", "probability": 2}, 400, "from 0 to 1"),
    "a status of success": ("faults", {"kind": "error", "status": 200}, 400, "no status of an"),
    "no webhook": ("redeliver", {"bot": BOT}, 409, "has no webhook"),
    "a bad token": ("bots", {"token": "x", "username": "y_bot"}, 400, "a token looks like"),
}


@pytest.mark.parametrize("case", WRONG)
async def test_a_wrong_wish_is_refused_in_one_sentence(
    case: str, practice: Practice, group: None
) -> None:
    deed, wish, status, words = WRONG[case]
    async with aiohttp.ClientSession() as session:
        url = f"{practice.address}/control/{deed}"
        async with session.post(url, json=wish) as response:
            answer = await response.json()

    assert response.status == status
    assert words in answer["error"]


async def test_a_form_from_another_page_is_refused(practice: Practice) -> None:
    async with aiohttp.ClientSession() as session:
        url = f"{practice.address}/control/say"
        async with session.post(url, data={"user": "7", "chat": BOT, "text": "x"}) as response:
            assert response.status == 415


async def test_making_a_person_again_keeps_what_they_did(practice: Practice, bot: Bot) -> None:
    await practice.post("start", user=EM, bot=BOT)
    await practice.post("users", id=EM, first_name="Em", role_note="tổ trưởng")

    assert (await bot.send_message(EM, "vẫn viết được")).chat.id == EM
    people = (await practice.get("users"))["users"]
    assert {p["id"]: p["role_note"] for p in people}[EM] == "tổ trưởng"


async def test_unread_messages_are_counted_until_read(
    practice: Practice, bot: Bot, started: None
) -> None:
    await bot.send_message(EM, "một")
    await bot.send_message(EM, "hai")

    async def unread() -> int:
        lines = (await practice.get("chats", user=EM))["chats"]
        return next(int(line["unread"]) for line in lines if line["chat"] == BOT)

    before = await unread()
    await practice.post("read", user=EM, chat=BOT)
    assert (before, await unread()) == (2, 0)


async def test_a_fresh_person_sees_the_bot_not_started(practice: Practice) -> None:
    (line,) = (await practice.get("chats", user=STRANGER))["chats"]

    assert (line["chat"], line["started"], line["last"]) == (BOT, False, None)


async def test_messages_after_a_number_are_only_the_newer(
    practice: Practice, bot: Bot, started: None
) -> None:
    await bot.send_message(EM, "mới")

    found = await practice.get("messages", user=EM, chat=BOT, after=1)

    assert [message["text"] for message in found["messages"]] == ["mới"]


async def test_a_page_learns_of_a_message_at_once(
    practice: Practice, bot: Bot, started: None
) -> None:
    async with (
        asyncio.timeout(20),
        aiohttp.ClientSession() as session,
        session.get(f"{practice.address}/control/events?user={EM}") as stream,
    ):
        await stream.content.readuntil(b"event: hello\ndata: {}\n\n")
        await bot.send_message(EM, "tới ngay")

        kind, data = (await stream.content.readuntil(b"\n\n")).decode().strip().split("\n")

    event = json.loads(data.removeprefix("data: "))
    assert kind == "event: message"
    assert (event["chat"], event["message"]["text"]) == (BOT, "tới ngay")


async def test_a_page_learns_nothing_of_others(
    practice: Practice, bot: Bot, started: None, group: None
) -> None:
    async with (
        asyncio.timeout(20),
        aiohttp.ClientSession() as session,
        session.get(f"{practice.address}/control/events?user={AN}") as stream,
    ):
        await stream.content.readuntil(b"event: hello\ndata: {}\n\n")
        await bot.send_message(EM, "riêng cho Em")
        await bot.send_message(GROUP, "cho cả nhóm")

        event = (await stream.content.readuntil(b"\n\n")).decode()

    assert "cho cả nhóm" in event


async def test_the_page_allows_only_its_own_code(practice: Practice) -> None:
    response, _ = await practice.raw("/")

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/page/..%2Fserver.py", "/page/server.py", "/page/none.js"])
async def test_the_page_serves_only_its_own_files(path: str, practice: Practice) -> None:
    response, _ = await practice.raw(path)

    assert response.status == 404
