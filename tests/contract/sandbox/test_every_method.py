"""Every method the sandbox serves, called by the library's own client."""

import struct
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)

from channels.telegram.sandbox.methods import METHODS
from tests.contract.sandbox.practice import AN, BOT, EM, GROUP, Practice
from tests.unit.channels.mp4 import film

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 40, 30) + bytes(9)
OGG = b"OggS" + struct.pack("<2xq", 90 * 48000) + bytes(14)
"""The last page of a minute and a half, as far as anybody looks."""
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Được", callback_data="ok")]])

MP4 = film()

Case = Callable[[Bot, Message], Awaitable[Any]]

CASES: dict[str, Case] = {
    "getme": lambda bot, _: bot.get_me(),
    "getupdates": lambda bot, _: bot.get_updates(),
    "setmyname": lambda bot, _: bot.set_my_name("Tên"),
    "getmyname": lambda bot, _: bot.get_my_name(),
    "setmydescription": lambda bot, _: bot.set_my_description("Mô tả"),
    "getmydescription": lambda bot, _: bot.get_my_description(),
    "setmyshortdescription": lambda bot, _: bot.set_my_short_description("Ngắn"),
    "getmyshortdescription": lambda bot, _: bot.get_my_short_description(),
    "setmycommands": lambda bot, _: bot.set_my_commands([BotCommand("gopy", "Góp ý")]),
    "getmycommands": lambda bot, _: bot.get_my_commands(),
    "deletemycommands": lambda bot, _: bot.delete_my_commands(),
    "setwebhook": lambda bot, _: bot.set_webhook("http://127.0.0.1:9/x", secret_token="a"),
    "deletewebhook": lambda bot, _: bot.delete_webhook(),
    "getwebhookinfo": lambda bot, _: bot.get_webhook_info(),
    "sendmessage": lambda bot, _: bot.send_message(EM, "chào"),
    "editmessagetext": lambda _, sent: sent.edit_text("khác"),
    "editmessagereplymarkup": lambda _, sent: sent.edit_reply_markup(KEYBOARD),
    "deletemessage": lambda _, sent: sent.delete(),
    "sendphoto": lambda bot, _: bot.send_photo(EM, PNG, caption="ảnh"),
    "senddocument": lambda bot, _: bot.send_document(EM, b"a,b", filename="bảng.csv"),
    "sendvideo": lambda bot, _: bot.send_video(EM, MP4, width=640, height=360, duration=12),
    "sendlocation": lambda bot, _: bot.send_location(EM, 10.03385, 105.78422),
    "sendvoice": lambda bot, _: bot.send_voice(EM, OGG),
    "sendmediagroup": lambda bot, _: bot.send_media_group(EM, [InputMediaPhoto(PNG)] * 2),
    "sendpoll": lambda bot, _: bot.send_poll(EM, "Họp tối nào?", ["Thứ hai", "Thứ ba"]),
    "getchat": lambda bot, _: bot.get_chat(GROUP),
    "getchatmember": lambda bot, _: bot.get_chat_member(GROUP, AN),
    "getchatadministrators": lambda bot, _: bot.get_chat_administrators(GROUP),
    "getchatmembercount": lambda bot, _: bot.get_chat_member_count(GROUP),
    "leavechat": lambda bot, _: bot.leave_chat(GROUP),
    "sendchataction": lambda bot, _: bot.send_chat_action(EM, "typing"),
}
ELSEWHERE = {
    "answercallbackquery", "getfile", "editmessagecaption", "stoppoll", "forwardmessage",
    "createforumtopic", "closeforumtopic", "reopenforumtopic",
}  # fmt: skip


def test_no_served_method_is_without_a_case() -> None:
    assert set(CASES) | ELSEWHERE == {*METHODS, "getupdates"}


@pytest.mark.parametrize("name", CASES)
async def test_the_library_understands_the_answer(
    name: str, practice: Practice, bot: Bot, started: None, group: None
) -> None:
    sent = await bot.send_message(EM, "chào trước")

    assert await CASES[name](bot, sent) is not None
    assert (await practice.get("calls"))["calls"][-1]["code"] == 200


async def test_a_method_it_does_not_serve_is_not_found(practice: Practice) -> None:
    status, body = await practice.call("sendDice", chat_id=EM)

    assert (status, body["description"]) == (404, "Not Found: method not found")


async def test_method_names_may_be_written_in_any_case(practice: Practice) -> None:
    status, body = await practice.call("GETME")

    assert (status, body["result"]["username"]) == (200, BOT)


async def test_a_call_may_be_a_plain_get(practice: Practice, started: None) -> None:
    response, _ = await practice.raw(f"/bot42:AAA/sendMessage?chat_id={EM}&text=ch%C3%A0o")

    assert response.status == 200
    assert (await practice.texts(EM, BOT))[-1] == "chào"
