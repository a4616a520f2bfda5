"""A channel lets the bot post: a supervisor says whose it is, and bulletins go there."""

from dataclasses import replace

import pytest

from channels.telegram.sandbox.members import RIGHTS, RIGHTS_IN
from domain.model.chat import Address, Chat, ChatPurpose, ChatState, GroupKind, Standing
from domain.ports import Cause
from domain.usecases.bind_group import GroupProposal
from tests.integration.storage.cast import AN, BOT, HANH, WARD
from tests.integration.telegram.house import House, Json, presses, says, user
from tests.integration.telegram.test_standing import changes, standing
from tests.integration.usecases.office import actor, private

CHANNEL = -1007770009
PLACE = Address("telegram", BOT, str(CHANNEL), is_group=True, is_channel=True)
TITLE = "Tin Ninh Kiều"
HANH_ID = int(private(HANH))
DECISION = "Biên bản họp dân ngày 15/11/2026"


def member(status: str) -> Json:
    """The bot in a channel; a `silent` one is an administrator that may not post."""
    if status not in ("administrator", "silent"):
        return standing(status)
    rights = dict.fromkeys((*RIGHTS, *RIGHTS_IN["channel"]), True)
    rights["can_post_messages"] = status == "administrator"
    told = standing("administrator") | rights
    return told | {"can_be_edited": False, "is_anonymous": False}


def in_channel(was: str, now: str, by: int = HANH_ID) -> Json:
    change = changes("left", "left", CHANNEL)["my_chat_member"]
    change |= {"chat": {"id": CHANNEL, "type": "channel", "title": TITLE}, "from": user(by)}
    return {
        "my_chat_member": change | {"old_chat_member": member(was), "new_chat_member": member(now)}
    }


async def asked(house: House, by: int = HANH_ID) -> None:
    await house.hears(in_channel("left", "administrator", by))
    await house.office.send_all()


async def bind(house: House) -> Chat:
    """Hạnh answers every question."""
    await asked(house)
    card = await house.office.button(private(HANH), "bind:channel")
    await house.hears(presses(card.id, HANH_ID))
    place = await house.office.button(private(HANH), "bind:unit", WARD.id)
    await house.hears(presses(place.id, HANH_ID))
    await house.hears(says(DECISION, HANH_ID, 77))
    async with house.rooms.memory.begin() as work:
        chat = await work.chats.by_address(PLACE)
    assert chat is not None
    return chat


async def test_a_channel_is_bound_with_its_unit_and_the_communitys_decision(house: House) -> None:
    chat = await bind(house)

    assert (chat.address, chat.unit_id, chat.title) == (PLACE, WARD.id, TITLE)
    assert (chat.purpose, chat.kind) == (ChatPurpose.RESIDENTS, GroupKind.CHANNEL)
    assert (chat.decision, chat.bound_by) == (DECISION, HANH.id)


async def test_it_is_bound_to_the_bot_that_was_let_in_though_another_asks(house: House) -> None:
    theirs = replace(PLACE, bot_id=BOT + 1)
    entry, cause = (Standing.OUT, Standing.MEMBER), Cause(BOT + 1, 1)
    await house.rooms.meet_channel.change_standing(theirs, entry, TITLE, actor(HANH), cause)
    await house.office.send_all()
    card = await house.office.button(private(HANH), "bind:channel")
    await house.hears(presses(card.id, HANH_ID))
    async with house.rooms.memory.begin() as work:
        dialog = await work.dialogs.of(HANH.id)

    assert dialog is not None
    assert GroupProposal.read(dialog.note).address == theirs


async def test_nothing_is_said_in_a_channel_that_nobody_has_bound(house: House) -> None:
    await asked(house)

    assert house.said_to(CHANNEL) == []


@pytest.mark.parametrize("by", [int(private(AN)), 424242])
async def test_let_in_by_somebody_who_may_not_bind_the_supervisors_are_asked(
    house: House, by: int
) -> None:
    await asked(house, by)

    card = house.rooms.words.html("bind.channel_met", title=TITLE)
    assert house.said_to(private(HANH)) == [card]
    assert house.said_to(by) == []


async def test_without_the_right_to_post_nobody_is_asked(house: House) -> None:
    await house.hears(in_channel("left", "silent"))
    await house.office.send_all()
    assert house.said_to(private(HANH)) == []

    await house.hears(in_channel("silent", "administrator"))
    await house.office.send_all()
    assert len(house.said_to(private(HANH))) == 1


async def test_the_same_update_again_asks_once(house: House) -> None:
    update = in_channel("left", "administrator") | {"update_id": 1600}
    await house.hears(update, update)
    await house.office.send_all()

    assert len(house.said_to(private(HANH))) == 1


@pytest.mark.parametrize(
    ("now", "news", "state"),
    [("silent", "silenced", ChatState.LOST), ("left", "lost", ChatState.LOST)],
)
async def test_who_loses_the_right_to_post_is_lost_and_the_unit_told(
    house: House, now: str, news: str, state: ChatState
) -> None:
    bound = await bind(house)
    await house.hears(in_channel("administrator", now))
    await house.office.send_all()

    async with house.rooms.memory.begin() as work:
        assert (await work.chats.get(bound.id)).state is state
    card = house.rooms.words.html(f"channel_news.{news}", title=TITLE)
    assert house.said_to(private(HANH)).count(card) == 1


async def test_with_the_right_to_post_again_the_binding_goes_on(house: House) -> None:
    bound = await bind(house)
    await house.hears(in_channel("administrator", "silent"))
    await house.hears(in_channel("silent", "administrator"))

    async with house.rooms.memory.begin() as work:
        assert (await work.chats.get(bound.id)).state is ChatState.ACTIVE


async def test_somebody_else_cannot_press_the_supervisors_card(house: House) -> None:
    await asked(house)
    card = await house.office.button(private(HANH), "bind:channel")
    await house.hears(presses(card.id, int(private(AN))))

    assert house.office.sql("SELECT count(*) FROM dialog") == [(0,)]


async def test_a_channel_stays_one_and_no_group_becomes_one(house: House) -> None:
    chat = await bind(house)
    async with house.rooms.memory.begin() as work:
        line = await work.chats.line(chat.id)

    assert line.chat.address.is_channel
    with pytest.raises(AssertionError):
        await house.office.button(private(HANH), "group:ask_kind")
