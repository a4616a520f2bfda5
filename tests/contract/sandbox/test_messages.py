"""Text: what is taken, what is refused and in which words."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.error import BadRequest, Forbidden, InvalidToken

from tests.contract.sandbox.practice import AN, BOT, BOT_ID, EM, GROUP, STRANGER, Practice, client


def keyboard(**button: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Nút", **button)]])  # type: ignore[arg-type] # the test's own words


REFUSED: dict[str, tuple[str, Callable[[Bot], Awaitable[Any]]]] = {
    "no text": ("Message text is empty", lambda bot: bot.send_message(EM, " \n ")),
    "too long": ("Message is too long", lambda bot: bot.send_message(EM, "ă" * 4097)),
    "too long in utf-16": ("Message is too long", lambda bot: bot.send_message(EM, "😀" * 2049)),
    "an unclosed tag": (
        "Can't parse entities: can't find end tag corresponding to start tag \"b\"",
        lambda bot: bot.send_message(EM, "<b>x", parse_mode="HTML"),
    ),
    "another markup": (
        "Unsupported parse_mode",
        lambda bot: bot.send_message(EM, "x", parse_mode="Wiki"),
    ),
    "an unknown chat": ("Chat not found", lambda bot: bot.send_message(404, "x")),
    "an unknown group": ("Chat not found", lambda bot: bot.send_message(-404, "x")),
    "an unknown name": ("Chat not found", lambda bot: bot.send_message("@nowhere", "x")),
    "a reply to nothing": (
        "Message to be replied not found",
        lambda bot: bot.send_message(EM, "x", reply_parameters=ReplyParameters(999)),
    ),
    "a topic where there are none": (
        "Message thread not found",
        lambda bot: bot.send_message(EM, "x", message_thread_id=3),
    ),
    "65 bytes of data": (
        "Button_data_invalid",
        lambda bot: bot.send_message(EM, "x", reply_markup=keyboard(callback_data="x" * 65)),
    ),
    "65 bytes in 33 letters": (
        "Button_data_invalid",
        lambda bot: bot.send_message(EM, "x", reply_markup=keyboard(callback_data="đ" * 33)),
    ),
    "a button to this machine": (
        "Inline keyboard button url 'http://localhost:8080/' is invalid: wrong http url",
        lambda bot: bot.send_message(EM, "x", reply_markup=keyboard(url="http://localhost:8080/")),
    ),
    "an edit of nothing": (
        "Message to edit not found",
        lambda bot: bot.edit_message_text("x", EM, 999),
    ),
    "an edit of another's words": (
        "Message can't be edited",
        lambda bot: bot.edit_message_text("x", EM, 1),
    ),
    "a deletion of nothing": (
        "Message to delete not found",
        lambda bot: bot.delete_message(EM, 999),
    ),
    "an unknown action": (
        "Wrong parameter action in request",
        lambda bot: bot.send_chat_action(EM, "dance"),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_a_mistake_is_refused_in_telegrams_words(
    case: str, practice: Practice, bot: Bot, started: None
) -> None:
    words, act = REFUSED[case]

    with pytest.raises(BadRequest) as refusal:
        await act(bot)

    assert refusal.value.message.lower() == words.lower()
    assert await practice.receipts() == []


async def test_4096_units_are_taken(bot: Bot, started: None) -> None:
    sent = await bot.send_message(EM, "😀" * 2048)

    assert len(sent.text or "") == 2048


async def test_64_bytes_of_data_are_taken(bot: Bot, started: None) -> None:
    sent = await bot.send_message(EM, "x", reply_markup=keyboard(callback_data="x" * 64))

    assert sent.reply_markup


async def test_an_unchanged_edit_is_refused(bot: Bot, started: None) -> None:
    sent = await bot.send_message(EM, "như cũ", reply_markup=keyboard(callback_data="a"))

    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("như cũ", reply_markup=keyboard(callback_data="a"))


async def test_an_edit_without_a_keyboard_takes_it_away(bot: Bot, started: None) -> None:
    sent = await bot.send_message(EM, "chọn", reply_markup=keyboard(callback_data="a"))

    edited = await sent.edit_text("đã chọn")

    assert isinstance(edited, Message)
    assert (edited.reply_markup, edited.text) == (None, "đã chọn")
    assert edited.edit_date


async def test_a_deleted_message_is_gone_and_its_id_stays_used(
    practice: Practice, bot: Bot, started: None
) -> None:
    sent = await bot.send_message(EM, "nhầm")

    await sent.delete()
    after = await bot.send_message(EM, "đúng")

    assert await practice.texts(EM, BOT) == ["/start", "đúng"]
    assert after.message_id == sent.message_id + 1


async def test_a_reply_shows_what_it_answers(bot: Bot, started: None) -> None:
    sent = await bot.send_message(EM, "đáp", reply_parameters=ReplyParameters(1))

    assert sent.reply_to_message
    assert sent.reply_to_message.text == "/start"


async def test_a_reply_to_nothing_may_be_allowed(bot: Bot, started: None) -> None:
    lenient = ReplyParameters(999, allow_sending_without_reply=True)

    sent = await bot.send_message(EM, "đáp", reply_parameters=lenient)

    assert sent.reply_to_message is None


async def test_message_ids_count_up_within_each_chat(
    practice: Practice, bot: Bot, started: None, group: None
) -> None:
    here = await bot.send_message(EM, "một")
    there = await bot.send_message(GROUP, "hai")

    assert (here.message_id, there.message_id) == (2, 2)


async def test_who_never_started_the_bot_cannot_be_written_to(bot: Bot) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(STRANGER, "x")


async def test_who_blocked_the_bot_cannot_be_written_to(
    practice: Practice, bot: Bot, started: None
) -> None:
    await practice.post("block", user=EM, bot=BOT)

    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(EM, "x")


async def test_starting_again_lifts_the_block(practice: Practice, bot: Bot, started: None) -> None:
    await practice.post("block", user=EM, bot=BOT)
    await practice.post("start", user=EM, bot=BOT)

    assert (await bot.send_message(EM, "lại đây")).text == "lại đây"


async def test_a_bot_cannot_write_to_a_bot(bot: Bot) -> None:
    with pytest.raises(Forbidden, match="bots can't send messages to bots"):
        await bot.send_message(BOT_ID, "x")


async def test_a_group_the_bot_was_kicked_from_is_closed_to_it(
    practice: Practice, bot: Bot, group: None
) -> None:
    await practice.post("members", chat=GROUP, kick=[BOT])

    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(GROUP, "x")


async def test_a_group_the_bot_left_is_closed_to_it(bot: Bot, group: None) -> None:
    await bot.leave_chat(GROUP)

    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(GROUP, "x")


@pytest.mark.parametrize("token", ["42:WRONG", "999:AAA", "nonsense"])
async def test_a_wrong_token_is_an_invalid_token(practice: Practice, token: str) -> None:
    with pytest.raises(InvalidToken):
        async with client(practice, token):
            pass


async def test_a_receipt_vouches_for_the_text_that_arrived(
    practice: Practice, bot: Bot, started: None
) -> None:
    await bot.send_message(EM, "<b>Chào</b> 😀", parse_mode="HTML")

    (receipt,) = await practice.receipts()
    assert receipt["length"] == 7
    assert receipt["sha256"] == hashlib.sha256("Chào 😀".encode()).hexdigest()
    assert (receipt["chat"], receipt["method"]) == (EM, "sendMessage")


async def test_a_public_group_can_be_named(practice: Practice, bot: Bot) -> None:
    await practice.post(
        "chats",
        id=-1000000000007,
        type="supergroup",
        title="Xã",
        username="xa_test",
        admins=[AN],
        bots=[BOT],
    )

    assert (await bot.send_message("@xa_test", "x")).chat.id == -1000000000007
