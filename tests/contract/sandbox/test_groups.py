"""Joining, leaving, rising, and what a bot may ask about a group."""

import asyncio
from typing import Any

import pytest
from telegram import (
    Bot,
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberRestricted,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.contract.sandbox.practice import (
    AN,
    BOT,
    BOT_ID,
    EM,
    GROUP,
    STRANGER,
    SUPERGROUP,
    Practice,
)


def standings(updates: tuple[Update, ...]) -> list[tuple[str, str]]:
    changes = [update.my_chat_member for update in updates]
    return [
        (change.old_chat_member.status, change.new_chat_member.status)
        for change in changes
        if change
    ]


async def test_a_bot_learns_how_its_standing_changes(
    practice: Practice, bot: Bot, group: None
) -> None:
    for change in ("promote", "demote", "kick", "add"):
        await practice.post("members", chat=GROUP, **{change: [BOT]})

    assert standings(await bot.get_updates()) == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "member"),
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_a_bot_learns_that_it_was_restricted_and_freed(practice: Practice, bot: Bot) -> None:
    await practice.make_group(SUPERGROUP)
    for change in ("restrict", "free"):
        await practice.post("members", chat=SUPERGROUP, **{change: [BOT]})

    updates = await bot.get_updates()

    assert standings(updates)[1:] == [("member", "restricted"), ("restricted", "member")]
    restricted = updates[-2].my_chat_member
    assert restricted
    assert isinstance(restricted.new_chat_member, ChatMemberRestricted)
    assert restricted.new_chat_member.can_send_messages is False


@pytest.mark.parametrize(
    ("method", "wish", "what"),
    [
        ("sendMessage", {"text": "x"}, "text messages"),
        ("sendPoll", {"question": "x", "options": ["a", "b"]}, "polls"),
    ],
)
async def test_a_restricted_bot_cannot_write(
    method: str, wish: dict[str, Any], what: str, practice: Practice
) -> None:
    await practice.make_group(SUPERGROUP)
    await practice.post("members", chat=SUPERGROUP, restrict=[BOT])

    status, body = await practice.call(method, chat_id=SUPERGROUP, **wish)

    refusal = f"Bad Request: not enough rights to send {what} to the chat"
    assert (status, body["description"]) == (400, refusal)


async def test_a_restricted_person_cannot_write(practice: Practice) -> None:
    await practice.make_group(SUPERGROUP)
    await practice.post("members", chat=SUPERGROUP, restrict=[EM])

    with pytest.raises(AssertionError, match="may not write there"):
        await practice.post("say", user=EM, chat=SUPERGROUP, text="x")


async def test_a_bot_learns_that_it_is_blocked_and_unblocked(
    practice: Practice, bot: Bot, started: None
) -> None:
    await practice.post("block", user=EM, bot=BOT)
    await practice.post("unblock", user=EM, bot=BOT)

    found = standings(await bot.get_updates())

    assert found == [("member", "kicked"), ("kicked", "member")]


async def test_a_new_group_is_announced_as_created(bot: Bot, group: None) -> None:
    (_, update) = await bot.get_updates()

    assert update.message
    assert update.message.group_chat_created


async def test_only_an_administrator_bot_learns_of_others(practice: Practice, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["chat_member"])
    await practice.make_group(SUPERGROUP)
    await practice.post("members", chat=SUPERGROUP, add=[STRANGER])
    await practice.post("members", chat=SUPERGROUP, promote=[BOT], remove=[STRANGER])

    (update,) = await bot.get_updates()

    assert update.chat_member
    assert update.chat_member.new_chat_member.user.id == STRANGER
    assert update.chat_member.new_chat_member.status == "left"


async def test_the_first_administrator_owns_the_group(bot: Bot, group: None) -> None:
    assert isinstance(await bot.get_chat_member(GROUP, AN), ChatMemberOwner)


async def test_administrators_are_listed_with_the_bot_itself(
    practice: Practice, bot: Bot, group: None
) -> None:
    await practice.post("members", chat=GROUP, promote=[BOT])

    owner, itself = await bot.get_chat_administrators(GROUP)

    assert (owner.user.id, itself.user.id) == (AN, BOT_ID)
    assert isinstance(itself, ChatMemberAdministrator)


async def test_members_are_counted(bot: Bot, group: None) -> None:
    assert await bot.get_chat_member_count(GROUP) == 3


async def test_somebody_outside_has_left(bot: Bot, group: None) -> None:
    assert (await bot.get_chat_member(GROUP, STRANGER)).status == "left"


async def test_nobody_is_not_found(bot: Bot, group: None) -> None:
    with pytest.raises(BadRequest, match="User not found"):
        await bot.get_chat_member(GROUP, 404)


async def test_a_private_chat_can_be_looked_at_before_it_is_started(bot: Bot) -> None:
    assert (await bot.get_chat(EM)).first_name == "Em"


async def test_a_group_that_kicked_the_bot_cannot_be_looked_at(
    practice: Practice, bot: Bot
) -> None:
    await practice.make_group(SUPERGROUP)
    await practice.post("members", chat=SUPERGROUP, kick=[BOT])

    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.get_chat(SUPERGROUP)


async def test_a_migrated_group_names_its_successor(
    practice: Practice, bot: Bot, group: None
) -> None:
    await practice.post("migrate", chat=GROUP, id=SUPERGROUP)

    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(GROUP, "x")

    assert moved.value.new_chat_id == SUPERGROUP
    assert (await bot.send_message(SUPERGROUP, "x")).chat.id == SUPERGROUP


async def test_both_groups_tell_of_the_migration(practice: Practice, bot: Bot, group: None) -> None:
    await practice.post("migrate", chat=GROUP, id=SUPERGROUP)

    away, here = (update.message for update in (await bot.get_updates())[-2:])

    assert away
    assert here
    assert (away.migrate_to_chat_id, here.migrate_from_chat_id) == (SUPERGROUP, GROUP)


async def test_each_send_racing_a_migration_is_either_before_it_or_refused(
    practice: Practice, bot: Bot, group: None
) -> None:
    await practice.post("tuning", windows=False, jitter_ms=40, seed=1)

    async def send(number: int) -> tuple[int, Any]:
        return await practice.call("sendMessage", chat_id=GROUP, text=str(number))

    sends = [asyncio.create_task(send(number)) for number in range(40)]
    await asyncio.wait(sends, return_when=asyncio.FIRST_COMPLETED)
    await practice.post("migrate", chat=GROUP, id=SUPERGROUP)
    answers = await asyncio.gather(*sends)

    sent = [body["result"]["chat"]["id"] for status, body in answers if status == 200]
    moved = [body["parameters"] for status, body in answers if status == 400]
    assert len(sent) + len(moved) == 40
    assert set(sent) == {GROUP}
    assert moved == [{"migrate_to_chat_id": SUPERGROUP}] * len(moved)
    assert moved
    found = (await practice.get("messages", user=EM, chat=GROUP))["messages"]
    assert found[-1]["migrate_to_chat_id"] == SUPERGROUP


async def test_a_group_that_migrated_is_closed_to_people_too(
    practice: Practice, group: None
) -> None:
    await practice.post("migrate", chat=GROUP, id=SUPERGROUP)

    with pytest.raises(AssertionError, match=f"has become {SUPERGROUP}"):
        await practice.post("say", user=EM, chat=GROUP, text="x")


async def test_the_standings_move_with_a_migration(
    practice: Practice, bot: Bot, group: None
) -> None:
    await practice.post("migrate", chat=GROUP, id=SUPERGROUP)

    assert isinstance(await bot.get_chat_member(SUPERGROUP, AN), ChatMemberOwner)
    assert await bot.get_chat_member_count(SUPERGROUP) == 3


async def test_a_group_link_adds_the_bot_with_its_payload(practice: Practice, bot: Bot) -> None:
    await practice.make_group(bots=[])
    await practice.post("startgroup", user=AN, bot=BOT, chat=GROUP, payload="xa1")

    update = (await bot.get_updates())[-1]

    assert update.message
    assert update.message.text == f"/start@{BOT} xa1"


async def test_making_a_group_again_changes_nothing(
    practice: Practice, bot: Bot, group: None
) -> None:
    before = await bot.get_updates()

    await practice.make_group()

    assert len(await bot.get_updates()) == len(before)
