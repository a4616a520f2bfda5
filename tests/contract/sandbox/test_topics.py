"""Forum topics: made, written into, closed."""

import pytest
from telegram import Bot, ForumTopic, ReplyParameters
from telegram.error import BadRequest

from tests.contract.sandbox.practice import AN, BOT, EM, GROUP, SUPERGROUP, Practice, heard


@pytest.fixture
async def forum(practice: Practice) -> None:
    await practice.make_group(SUPERGROUP, is_forum=True)


@pytest.fixture
async def thread(practice: Practice, forum: None) -> int:
    topic = await practice.post("topics", user=AN, chat=SUPERGROUP, name="Đường sá")
    return int(topic["message_thread_id"])


async def test_an_administrator_bot_makes_closes_and_reopens_a_topic(
    practice: Practice, bot: Bot, forum: None
) -> None:
    await practice.post("members", chat=SUPERGROUP, promote=[BOT])

    topic = await bot.create_forum_topic(SUPERGROUP, "Đường sá")

    assert isinstance(topic, ForumTopic)
    assert topic.name == "Đường sá"
    assert await bot.close_forum_topic(SUPERGROUP, topic.message_thread_id)
    assert await bot.reopen_forum_topic(SUPERGROUP, topic.message_thread_id)


async def test_another_bot_makes_none(bot: Bot, forum: None) -> None:
    with pytest.raises(BadRequest, match="Not enough rights to create a topic"):
        await bot.create_forum_topic(SUPERGROUP, "Đường sá")


async def test_a_group_that_is_no_forum_has_no_topics(bot: Bot, group: None) -> None:
    with pytest.raises(BadRequest, match="The chat is not a forum"):
        await bot.create_forum_topic(GROUP, "Đường sá")


async def test_a_forum_says_that_it_is_one(bot: Bot, forum: None) -> None:
    assert (await bot.get_chat(SUPERGROUP)).is_forum


async def test_a_message_in_a_topic_answers_its_opening(bot: Bot, thread: int) -> None:
    sent = await bot.send_message(SUPERGROUP, "vào chủ đề", message_thread_id=thread)

    assert (sent.message_thread_id, sent.is_topic_message) == (thread, True)
    assert sent.reply_to_message
    assert sent.reply_to_message.forum_topic_created
    assert sent.reply_to_message.forum_topic_created.name == "Đường sá"


async def test_the_general_topic_has_no_thread(bot: Bot, thread: int) -> None:
    sent = await bot.send_message(SUPERGROUP, "vào chủ đề chung")

    assert (sent.message_thread_id, sent.is_topic_message, sent.reply_to_message) == (None,) * 3


async def test_an_answer_stays_in_the_topic_of_what_it_answers(bot: Bot, thread: int) -> None:
    first = await bot.send_message(SUPERGROUP, "một", message_thread_id=thread)

    answer = await bot.send_message(
        SUPERGROUP, "hai", reply_parameters=ReplyParameters(first.message_id)
    )

    assert answer.message_thread_id == thread
    assert answer.reply_to_message
    assert answer.reply_to_message.message_id == first.message_id


async def test_an_unknown_thread_is_refused(bot: Bot, thread: int) -> None:
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(SUPERGROUP, "x", message_thread_id=thread + 100)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_chat_action(SUPERGROUP, "typing", message_thread_id=thread + 100)


async def test_a_closed_topic_takes_only_administrators(
    practice: Practice, bot: Bot, thread: int
) -> None:
    await practice.post("topics", user=AN, chat=SUPERGROUP, thread=thread, closed=True)

    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(SUPERGROUP, "x", message_thread_id=thread)
    await practice.post("members", chat=SUPERGROUP, promote=[BOT])
    assert (await bot.send_message(SUPERGROUP, "x", message_thread_id=thread)).is_topic_message


async def test_a_bot_hears_of_topics_and_where_a_command_was_given(
    practice: Practice, bot: Bot, thread: int
) -> None:
    await practice.post("say", user=EM, chat=SUPERGROUP, text=f"/gopy@{BOT}", thread=thread)

    opening, command = (update.message for update in (await heard(bot))[-2:])

    assert opening
    assert opening.forum_topic_created
    assert command
    assert (command.message_thread_id, command.is_topic_message) == (thread, True)


async def test_talk_in_the_topic_of_a_bot_is_not_meant_for_it(
    practice: Practice, bot: Bot, forum: None
) -> None:
    await practice.post("members", chat=SUPERGROUP, promote=[BOT])
    topic = await bot.create_forum_topic(SUPERGROUP, "Đường sá")
    await practice.post("members", chat=SUPERGROUP, demote=[BOT])
    await heard(bot)

    wish = {"text": "chào", "thread": topic.message_thread_id}
    await practice.post("say", user=EM, chat=SUPERGROUP, **wish)

    assert await heard(bot) == []


async def test_the_topics_of_a_forum_are_listed(practice: Practice, thread: int) -> None:
    lines = (await practice.get("chats", user=EM))["chats"]

    (topics,) = (line["topics"] for line in lines if "topics" in line)
    assert [(t["thread"], t["name"], t["closed"]) for t in topics] == [(thread, "Đường sá", False)]
