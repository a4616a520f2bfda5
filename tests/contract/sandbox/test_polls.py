"""Polls: asked, voted on, stopped."""

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, Poll
from telegram.error import BadRequest

from tests.contract.sandbox.practice import AN, BOT, EM, GROUP, Practice, heard

DAYS = ["Thứ hai", "Thứ ba", "Thứ tư"]
PRESS = InlineKeyboardMarkup([[InlineKeyboardButton("Được", callback_data="ok")]])


async def asked(bot: Bot, **options: Any) -> Message:
    """A poll in the group, with all that came before acknowledged."""
    await heard(bot)
    return await bot.send_poll(GROUP, "Họp tối nào?", DAYS, **options)


async def vote(practice: Practice, user: int, poll: Message, *options: int) -> Any:
    wish = {"user": user, "chat": GROUP, "message_id": poll.message_id}
    return await practice.post("vote", options=list(options), **wish)


def counts(poll: Poll | None) -> list[int]:
    assert poll
    return [option.voter_count for option in poll.options]


async def test_a_poll_is_regular_and_anonymous_unless_asked_otherwise(
    bot: Bot, group: None
) -> None:
    poll = (await asked(bot)).poll

    assert poll
    assert (poll.type, poll.is_anonymous, poll.is_closed) == ("regular", True, False)
    assert (poll.allows_revoting, poll.members_only) == (True, False)
    assert len({option.persistent_id for option in poll.options}) == 3


async def test_a_vote_is_told_by_totals_only(practice: Practice, bot: Bot, group: None) -> None:
    sent = await asked(bot)

    await vote(practice, EM, sent, 1)

    (update,) = await heard(bot)
    assert update.poll
    assert sent.poll
    assert update.poll.id == sent.poll.id
    assert (counts(update.poll), update.poll.total_voter_count) == ([0, 1, 0], 1)


async def test_who_voted_is_told_when_the_poll_is_not_anonymous(
    practice: Practice, bot: Bot, group: None
) -> None:
    sent = await asked(bot, is_anonymous=False)

    await vote(practice, EM, sent, 1)

    answer = (await heard(bot))[-1].poll_answer
    assert answer
    assert answer.user
    assert sent.poll
    assert (answer.user.id, answer.option_ids) == (EM, (1,))
    assert answer.option_persistent_ids == (sent.poll.options[1].persistent_id,)


async def test_a_vote_can_be_changed_and_taken_back(
    practice: Practice, bot: Bot, group: None
) -> None:
    sent = await asked(bot)
    for choice in ([0], [2], []):
        await vote(practice, EM, sent, *choice)

    seen = [counts(update.poll) for update in await heard(bot)]

    assert seen == [[1, 0, 0], [0, 0, 1], [0, 0, 0]]


async def test_several_answers_only_where_they_are_allowed(
    practice: Practice, bot: Bot, group: None
) -> None:
    with pytest.raises(AssertionError, match="takes one answer"):
        await vote(practice, EM, await asked(bot), 0, 1)

    sent = await asked(bot, allows_multiple_answers=True)
    assert (await vote(practice, EM, sent, 0, 1))["poll"]["total_voter_count"] == 1


async def test_a_quiz_knows_its_answer_and_takes_one_vote(
    practice: Practice, bot: Bot, group: None
) -> None:
    sent = await asked(bot, type="quiz", correct_option_ids=[2], explanation="Vì họp thứ tư")
    await vote(practice, EM, sent, 0)

    with pytest.raises(AssertionError, match="takes no second vote"):
        await vote(practice, EM, sent, 2)

    assert sent.poll
    assert sent.poll.correct_option_ids == (2,)
    assert sent.poll.explanation == "Vì họp thứ tư"


async def test_stopping_gives_the_final_counts_and_ends_the_vote(
    practice: Practice, bot: Bot, group: None
) -> None:
    sent = await asked(bot, reply_markup=PRESS)
    await vote(practice, EM, sent, 0)
    await vote(practice, AN, sent, 0)

    final = await bot.stop_poll(GROUP, sent.message_id)

    assert (final.is_closed, counts(final)) == (True, [2, 0, 0])
    with pytest.raises(AssertionError, match="that poll is closed"):
        await vote(practice, EM, sent, 1)
    found = await practice.get("messages", user=EM, chat=GROUP)
    assert "reply_markup" not in found["messages"][-1]


async def test_a_poll_is_stopped_once(bot: Bot, group: None) -> None:
    sent = await asked(bot)
    await bot.stop_poll(GROUP, sent.message_id)

    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(GROUP, sent.message_id)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"question": "", "options": DAYS}, "poll question must be non-empty"),
        ({"question": "x" * 301, "options": DAYS}, "poll question length must not exceed 300"),
        ({"question": "x", "options": []}, "poll must have at least 1 option"),
        ({"question": "x", "options": ["a"] * 13}, "poll can't have more than 12 options"),
        ({"question": "x", "options": ["a", " "]}, "poll options must be non-empty"),
        ({"question": "x", "options": ["a" * 101]}, "poll options length must not exceed 100"),
        ({"question": "x", "options": DAYS, "type": "quiz"}, "wrong correct option ID specified"),
        ({"question": "x", "options": DAYS, "open_period": 4}, "wrong poll close date"),
        ({"question": "x", "options": DAYS, "close_date": 9}, "wrong poll close date"),
        ({"question": "x", "options": DAYS, "open_period": 2_628_001}, "wrong poll close date"),
    ],
)
async def test_a_poll_that_cannot_be_is_refused(
    wish: dict[str, Any], words: str, practice: Practice, group: None
) -> None:
    status, body = await practice.call("sendPoll", chat_id=GROUP, **wish)

    assert (status, words in body["description"]) == (400, True)


async def seen(practice: Practice, user: int, chat: int | str) -> Any:
    """The poll as this person sees it at the end of this chat."""
    found = await practice.get("messages", user=user, chat=chat)
    return found["messages"][-1]["poll"]


async def test_hidden_results_are_seen_by_nobody_before_the_end(
    practice: Practice, bot: Bot, group: None
) -> None:
    sent = await asked(bot, hide_results_until_closes=True)

    answer = await vote(practice, EM, sent, 1)

    assert answer["poll"]["total_voter_count"] == 0
    shown = await seen(practice, AN, GROUP)
    assert (shown["hides_results"], [o["voter_count"] for o in shown["options"]]) == (True, [0] * 3)
    assert await heard(bot) == []


async def test_a_poll_with_an_end_closes_by_itself_and_says_how_it_stood(
    practice: Practice, bot: Bot, group: None
) -> None:
    sent = await asked(bot, open_period=5, hide_results_until_closes=True)
    await vote(practice, EM, sent, 1)

    told = await bot.get_updates(timeout=10)

    assert counts(told[-1].poll) == [0, 1, 0]
    assert told[-1].poll
    assert told[-1].poll.is_closed
    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(GROUP, sent.message_id)


async def test_hidden_results_are_there_at_the_end(
    practice: Practice, bot: Bot, group: None
) -> None:
    sent = await asked(bot, hide_results_until_closes=True)
    await vote(practice, EM, sent, 1)

    assert counts(await bot.stop_poll(GROUP, sent.message_id)) == [0, 1, 0]
    assert counts((await heard(bot))[-1].poll) == [0, 1, 0]
    assert (await seen(practice, AN, GROUP))["hides_results"] is False


async def test_a_forwarded_poll_is_the_same_poll(
    practice: Practice, bot: Bot, group: None, started: None
) -> None:
    sent = await asked(bot, description="UBND xã hỏi")
    forwarded = await bot.forward_message(EM, GROUP, sent.message_id)
    assert sent.poll
    assert forwarded.poll
    assert (forwarded.poll.id, forwarded.forward_origin is not None) == (sent.poll.id, True)

    wish = {"user": EM, "chat": BOT, "message_id": forwarded.message_id}
    await practice.post("vote", options=[2], **wish)
    await vote(practice, AN, sent, 2)

    assert counts(await bot.stop_poll(GROUP, sent.message_id)) == [0, 0, 2]
    assert (await seen(practice, EM, BOT))["is_closed"]


async def test_what_is_protected_or_gone_is_not_forwarded(bot: Bot, group: None) -> None:
    guarded = await bot.send_message(GROUP, "kín", protect_content=True)
    with pytest.raises(BadRequest, match="can't be forwarded"):
        await bot.forward_message(EM, GROUP, guarded.message_id)
    with pytest.raises(BadRequest, match="to forward not found"):
        await bot.forward_message(EM, GROUP, 999)
