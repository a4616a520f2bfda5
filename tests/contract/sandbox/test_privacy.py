"""What a bot hears of a group."""

from typing import Any

import pytest
from telegram import Bot

from tests.contract.sandbox.practice import (
    AN,
    BOT,
    EM,
    GROUP,
    OTHER_BOT,
    STRANGER,
    SUPERGROUP,
    Practice,
    heard,
)

HEARD: dict[str, tuple[str, bool]] = {
    "plain talk": ("chào cả nhà", False),
    "a mention": (f"hỏi @{BOT} đi", False),
    "a command for it": (f"/trogiup@{BOT}", True),
    "a command for it in other letters": (f"/trogiup@{BOT.upper()} a", True),
    "a command for another": ("/trogiup@another_bot", False),
    "a bare command, it being alone": ("/trogiup", True),
    "a command later in the text": ("gõ /trogiup", False),
    "a command in another's link": ("https://a.vn/trogiup", False),
}


@pytest.mark.parametrize("case", HEARD)
async def test_privacy_mode_lets_through_only_what_is_meant_for_it(
    case: str, practice: Practice, bot: Bot, group: None
) -> None:
    text, expected = HEARD[case]
    await heard(bot)

    await practice.post("say", user=EM, chat=GROUP, text=text)

    assert bool(await heard(bot)) is expected


async def test_an_administrator_bot_hears_everything(
    practice: Practice, bot: Bot, group: None
) -> None:
    await practice.post("members", chat=GROUP, promote=[BOT])
    await heard(bot)

    await practice.post("say", user=EM, chat=GROUP, text="chào cả nhà")

    assert len(await heard(bot)) == 1


async def test_a_bare_command_is_for_nobody_among_two_bots(
    practice: Practice, bot: Bot, other_bot: Bot, group: None
) -> None:
    await practice.post("members", chat=GROUP, add=[OTHER_BOT])
    await heard(bot)

    await practice.post("say", user=EM, chat=GROUP, text="/trogiup")

    assert await heard(bot) == []


async def test_a_bare_command_goes_to_the_bot_that_spoke_last(
    practice: Practice, bot: Bot, other_bot: Bot, group: None
) -> None:
    await practice.post("members", chat=GROUP, add=[OTHER_BOT])
    await bot.send_message(GROUP, "có tôi")
    await heard(bot), await heard(other_bot)

    await practice.post("say", user=EM, chat=GROUP, text="/trogiup")

    assert (len(await heard(bot)), len(await heard(other_bot))) == (1, 0)


async def test_a_bot_never_hears_another_bot(
    practice: Practice, bot: Bot, other_bot: Bot, group: None
) -> None:
    await practice.post("members", chat=GROUP, add=[OTHER_BOT], promote=[BOT])
    await heard(bot)

    await other_bot.send_message(GROUP, f"/trogiup@{BOT}")

    assert await heard(bot) == []


@pytest.mark.parametrize(("whose", "expected"), [("bot", True), ("person", False)])
async def test_a_reply_is_heard_if_it_answers_the_bot(
    whose: str, expected: bool, practice: Practice, bot: Bot, group: None
) -> None:
    answered = (await bot.send_message(GROUP, "mời góp ý")).message_id
    if whose == "person":
        said = await practice.post("say", user=AN, chat=GROUP, text="tôi hỏi")
        answered = said["message"]["message_id"]
    await heard(bot)

    await practice.post("say", user=EM, chat=GROUP, text="đường hỏng", reply_to=answered)

    assert bool(await heard(bot)) is expected


async def test_an_edit_of_plain_talk_is_not_heard(
    practice: Practice, bot: Bot, group: None
) -> None:
    said = await practice.post("say", user=EM, chat=GROUP, text="chào")
    await heard(bot)

    wish = {"message_id": said["message"]["message_id"], "text": "chào mọi người"}
    await practice.post("edit", user=EM, chat=GROUP, **wish)

    assert await heard(bot) == []


async def test_a_newcomer_is_announced(practice: Practice, bot: Bot, group: None) -> None:
    await heard(bot)

    await practice.post("members", chat=GROUP, add=[STRANGER])

    (update,) = await heard(bot)
    assert update.message
    assert [user.id for user in update.message.new_chat_members or ()] == [STRANGER]


VOICES: dict[str, tuple[int, str]] = {
    "anonymous_admin": (1087968824, "supergroup"),
    "channel": (136817688, "channel"),
    "auto_forward": (777000, "channel"),
}


@pytest.mark.parametrize("voice", VOICES)
async def test_a_borrowed_voice_shows_no_person(voice: str, practice: Practice, bot: Bot) -> None:
    await practice.make_group(SUPERGROUP)
    await heard(bot)
    wish: dict[str, Any] = {"user": AN, "chat": SUPERGROUP, "text": "/ketnoi", "as": voice}

    await practice.post("say", **wish)

    (update,) = await heard(bot)
    assert update.message
    assert update.message.from_user
    assert update.message.sender_chat
    found = (update.message.from_user.id, update.message.sender_chat.type)
    assert found == VOICES[voice]
