"""Channels, and the groups that discuss them."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, MessageOriginChannel
from telegram.error import BadRequest, Forbidden

from tests.contract.sandbox.practice import (
    AN,
    BOT,
    CHANNEL,
    EM,
    OTHER_BOT,
    STRANGER,
    SUPERGROUP,
    Practice,
    heard,
)

LINK = InlineKeyboardMarkup([[InlineKeyboardButton("Gửi ý kiến", url="https://t.me/practice_bot")]])
PRESS = InlineKeyboardMarkup([[InlineKeyboardButton("Được", callback_data="ok")]])


@pytest.fixture
async def channel(practice: Practice) -> None:
    """An's channel, with the bot as its administrator and Em as a reader."""
    await practice.make_group(CHANNEL, type="channel", title="Tin xã")


@pytest.fixture
async def linked(practice: Practice, channel: None) -> None:
    """The group that discusses it, with two bots of which none administers it."""
    await practice.post("bots", token="43:BBB", username=OTHER_BOT)
    await practice.make_group(SUPERGROUP, bots=[BOT, OTHER_BOT])
    await practice.post("link", channel=CHANNEL, group=SUPERGROUP)


async def newest(practice: Practice, bot: Bot) -> Message:
    """The newest message of the discussion group."""
    found = await practice.get("messages", user=EM, chat=SUPERGROUP)
    return Message.de_json(found["messages"][-1], bot)


async def test_a_post_of_a_bot_shows_the_channel_and_no_sender(bot: Bot, channel: None) -> None:
    post = await bot.send_message(CHANNEL, "Lịch tiêm phòng")

    assert post.from_user is None
    assert post.sender_chat
    assert (post.sender_chat.id, post.chat.type) == (CHANNEL, "channel")


async def test_a_bot_edits_and_deletes_its_own_post(bot: Bot, channel: None) -> None:
    post = await bot.send_message(CHANNEL, "sai")

    edited = await bot.edit_message_text("đúng", CHANNEL, post.message_id)

    assert isinstance(edited, Message)
    assert edited.text == "đúng"
    assert await bot.delete_message(CHANNEL, post.message_id)


async def test_an_administrator_bot_gets_the_posts_of_others(
    practice: Practice, bot: Bot, channel: None
) -> None:
    await heard(bot)
    said = await practice.post("say", user=AN, chat=CHANNEL, text="bản tin")
    wish = {"message_id": said["message"]["message_id"], "text": "bản tin mới"}
    await practice.post("edit", user=AN, chat=CHANNEL, **wish)
    await bot.send_message(CHANNEL, "của chính nó")

    first, second = await heard(bot)

    assert first.channel_post
    assert first.channel_post.text == "bản tin"
    assert second.edited_channel_post
    assert second.edited_channel_post.text == "bản tin mới"


async def test_a_reader_cannot_post(practice: Practice, channel: None) -> None:
    with pytest.raises(AssertionError, match="is no admin there"):
        await practice.post("say", user=EM, chat=CHANNEL, text="x")


async def test_a_bot_outside_or_demoted_cannot_post(
    practice: Practice, bot: Bot, channel: None
) -> None:
    await practice.post("members", chat=CHANNEL, demote=[BOT])
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await bot.send_message(CHANNEL, "x")

    await practice.post("members", chat=CHANNEL, remove=[BOT])
    with pytest.raises(Forbidden, match="bot is not a member of the channel chat"):
        await bot.send_message(CHANNEL, "x")


async def test_who_comes_to_a_channel_is_not_announced(
    practice: Practice, bot: Bot, channel: None
) -> None:
    await practice.post("members", chat=CHANNEL, add=[STRANGER])

    updates = await heard(bot)

    assert [update.my_chat_member is not None for update in updates] == [True]
    assert (await practice.get("messages", user=EM, chat=CHANNEL))["messages"] == []


async def test_a_post_is_forwarded_into_the_linked_group(
    practice: Practice, bot: Bot, linked: None
) -> None:
    post = await bot.send_message(CHANNEL, "<b>Lịch</b> tiêm", "HTML", reply_markup=LINK)

    copy = await newest(practice, bot)

    assert copy.is_automatic_forward
    assert copy.from_user
    assert copy.sender_chat
    assert (copy.from_user.id, copy.sender_chat.id, copy.text) == (777000, CHANNEL, "Lịch tiêm")
    assert copy.reply_markup == LINK
    assert isinstance(copy.forward_origin, MessageOriginChannel)
    assert copy.forward_origin.message_id == post.message_id


async def test_a_forward_loses_buttons_that_call_back(
    practice: Practice, bot: Bot, linked: None
) -> None:
    await bot.send_message(CHANNEL, "Lịch tiêm", reply_markup=PRESS)

    assert (await newest(practice, bot)).reply_markup is None


async def test_the_channel_and_its_group_name_each_other(bot: Bot, linked: None) -> None:
    found = [(await bot.get_chat(chat)).linked_chat_id for chat in (CHANNEL, SUPERGROUP)]

    assert found == [SUPERGROUP, CHANNEL]


async def test_an_unlinked_group_gets_no_more_posts(
    practice: Practice, bot: Bot, linked: None
) -> None:
    await practice.post("link", channel=CHANNEL)

    await bot.send_message(CHANNEL, "chỉ ở kênh")

    assert not (await newest(practice, bot)).is_automatic_forward
    assert (await bot.get_chat(SUPERGROUP)).linked_chat_id is None


async def test_a_comment_shares_its_posts_number_and_is_no_topic(
    practice: Practice, bot: Bot, linked: None
) -> None:
    await bot.send_message(CHANNEL, "Lịch tiêm")
    post = await newest(practice, bot)
    wish = {"user": EM, "chat": SUPERGROUP, "reply_to": post.message_id}
    first = await practice.post("say", text="mấy giờ ạ", **wish)

    wish["reply_to"] = first["message"]["message_id"]
    await practice.post("say", text="bảy giờ", **wish)

    comment = await newest(practice, bot)
    assert (comment.message_thread_id, comment.is_topic_message) == (post.message_id, None)


async def test_comments_are_not_heard_by_a_bot_in_privacy_mode(
    practice: Practice, bot: Bot, linked: None
) -> None:
    await heard(bot)
    await practice.post("say", user=AN, chat=CHANNEL, text="Lịch tiêm")
    post = await newest(practice, bot)
    await practice.post("say", user=EM, chat=SUPERGROUP, text="ạ", reply_to=post.message_id)

    assert [update.message for update in await heard(bot)] == [None]


async def test_one_speaks_in_a_group_as_a_channel_one_administers(
    practice: Practice, bot: Bot, linked: None
) -> None:
    wish = {"text": "x", "as": "channel", "channel": CHANNEL}
    await practice.post("say", user=AN, chat=SUPERGROUP, **wish)

    spoken = await newest(practice, bot)

    assert spoken.from_user
    assert spoken.sender_chat
    assert (spoken.from_user.id, spoken.sender_chat.title) == (136817688, "Tin xã")
