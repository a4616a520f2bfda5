"""Buttons: pressed, answered once, by their own bot, in time."""

import asyncio

import pytest
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from tests.contract.sandbox.practice import BOT, EM, Practice

CHOICE = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Đồng ý", callback_data="yes:1")],
        [InlineKeyboardButton("Xem", url="https://t.me/practice_bot?start=abc")],
    ]
)
TOO_OLD = "Query is too old and response timeout expired or query id is invalid"


async def pressed(bot: Bot) -> CallbackQuery:
    async with asyncio.timeout(20):
        while True:
            for update in await bot.get_updates(timeout=1):
                if update.callback_query:
                    return update.callback_query


async def test_an_answer_reaches_who_pressed(practice: Practice, bot: Bot, started: None) -> None:
    sent = await bot.send_message(EM, "Đồng ý không?", reply_markup=CHOICE)
    wish = {"user": EM, "bot": BOT, "message_id": sent.message_id, "button": "Đồng ý"}
    press = asyncio.create_task(practice.post("press", **wish))

    query = await pressed(bot)
    await query.answer("Đã nhận", show_alert=True)

    answer = await press
    assert (answer["answered"], answer["text"], answer["show_alert"]) == (True, "Đã nhận", True)
    assert (query.data, query.from_user.id) == ("yes:1", EM)


async def test_the_query_shows_the_message_it_belongs_to(
    practice: Practice, bot: Bot, started: None
) -> None:
    sent = await bot.send_message(EM, "Đồng ý không?", reply_markup=CHOICE)
    wish = {"user": EM, "bot": BOT, "message_id": sent.message_id, "button": "yes:1"}

    await practice.post("press", wait=0, **wish)

    query = await pressed(bot)
    assert query.message
    assert query.message.message_id == sent.message_id


async def test_a_press_nobody_answers_says_so(practice: Practice, bot: Bot, started: None) -> None:
    sent = await bot.send_message(EM, "Đồng ý không?", reply_markup=CHOICE)
    wish = {"user": EM, "bot": BOT, "message_id": sent.message_id, "button": "Đồng ý"}

    assert (await practice.post("press", wait=0.01, **wish))["answered"] is False


async def test_a_link_button_only_gives_its_address(
    practice: Practice, bot: Bot, started: None
) -> None:
    sent = await bot.send_message(EM, "Đồng ý không?", reply_markup=CHOICE)
    wish = {"user": EM, "bot": BOT, "message_id": sent.message_id, "button": "Xem"}

    assert (await practice.post("press", **wish))["url"].endswith("?start=abc")


async def test_a_query_is_answered_once(practice: Practice, bot: Bot, started: None) -> None:
    sent = await bot.send_message(EM, "Đồng ý không?", reply_markup=CHOICE)
    wish = {"user": EM, "bot": BOT, "message_id": sent.message_id, "button": "Đồng ý"}
    query_id = (await practice.post("press", wait=0, **wish))["query_id"]
    await bot.answer_callback_query(query_id)

    with pytest.raises(BadRequest, match=TOO_OLD):
        await bot.answer_callback_query(query_id)


async def test_a_query_of_another_bot_cannot_be_answered(
    practice: Practice, bot: Bot, other_bot: Bot, started: None
) -> None:
    sent = await bot.send_message(EM, "Đồng ý không?", reply_markup=CHOICE)
    wish = {"user": EM, "bot": BOT, "message_id": sent.message_id, "button": "Đồng ý"}
    query_id = (await practice.post("press", wait=0, **wish))["query_id"]

    with pytest.raises(BadRequest, match=TOO_OLD):
        await other_bot.answer_callback_query(query_id)


async def test_an_old_query_cannot_be_answered(practice: Practice, bot: Bot, started: None) -> None:
    await practice.post("settings", callback_seconds=0)
    sent = await bot.send_message(EM, "Đồng ý không?", reply_markup=CHOICE)
    wish = {"user": EM, "bot": BOT, "message_id": sent.message_id, "button": "Đồng ý"}
    query_id = (await practice.post("press", wait=0, **wish))["query_id"]

    with pytest.raises(BadRequest, match=TOO_OLD):
        await bot.answer_callback_query(query_id)
