"""Groups: bound, found, moved and lost."""

from dataclasses import replace

import pytest

from domain.model.chat import Chat, ChatPurpose, ChatState
from domain.ports import Work
from tests.integration.storage.cast import (
    CITY,
    GROUP,
    OTHER_GROUP,
    OTHER_WARD,
    QUARTER,
    QUARTER_GROUP,
    STAFF_GROUP,
    WARD,
)

RESIDENTS = ChatPurpose.RESIDENTS


async def test_a_group_comes_back_as_it_went_in(work: Work) -> None:
    assert await work.chats.get(GROUP.id) == GROUP


async def test_a_group_is_found_by_its_address(work: Work) -> None:
    assert await work.chats.by_address(GROUP.address) == GROUP
    assert await work.chats.by_address(replace(GROUP.address, chat="-9")) is None


async def test_an_audience_is_the_groups_of_a_subtree(work: Work) -> None:
    assert await work.chats.in_subtree(WARD.id, RESIDENTS) == (QUARTER_GROUP, GROUP)
    assert OTHER_GROUP in await work.chats.in_subtree(CITY.id, RESIDENTS)


async def test_a_lost_group_is_in_no_audience(work: Work) -> None:
    await work.chats.lose(GROUP.id)

    assert await work.chats.in_subtree(WARD.id, RESIDENTS) == (QUARTER_GROUP,)


async def test_a_group_is_lost_once(work: Work) -> None:
    assert await work.chats.lose(GROUP.id) is True
    assert await work.chats.lose(GROUP.id) is False


async def test_the_staff_group_is_the_nearest_one_upwards(work: Work) -> None:
    city_staff = replace(
        STAFF_GROUP,
        id="s0",
        unit_id=CITY.id,
        address=replace(STAFF_GROUP.address, chat="-1005"),
    )
    await work.chats.add(city_staff)

    assert await work.chats.staff_chat(await work.units.lineage(QUARTER.id)) == STAFF_GROUP
    assert await work.chats.staff_chat(await work.units.lineage(OTHER_WARD.id)) == city_staff


async def test_without_a_staff_group_above_there_is_none(work: Work) -> None:
    assert await work.chats.staff_chat(await work.units.lineage(OTHER_WARD.id)) is None


async def test_a_moved_group_is_found_at_its_new_address(work: Work) -> None:
    assert await work.chats.move(GROUP.id, "-2001") is True

    moved = await work.chats.by_address(replace(GROUP.address, chat="-2001"))
    assert moved is not None
    assert moved.id == GROUP.id


@pytest.mark.parametrize("other", [QUARTER_GROUP, STAFF_GROUP], ids=lambda chat: chat.id)
async def test_a_group_does_not_move_to_where_another_is_bound(work: Work, other: Chat) -> None:
    assert await work.chats.move(GROUP.id, other.address.chat) is False
    assert await work.chats.get(GROUP.id) == GROUP


async def test_all_topics_of_a_group_are_found_while_they_live(work: Work) -> None:
    topic = replace(GROUP, id="g9", address=replace(GROUP.address, thread="5"))
    await work.chats.add(topic)
    assert await work.chats.at(GROUP.address) == (GROUP, topic)
    await work.chats.lose(GROUP.id)

    assert await work.chats.at(GROUP.address) == (topic,)


async def test_a_lost_group_can_be_bound_anew(work: Work) -> None:
    await work.chats.lose(GROUP.id)
    assert await work.chats.by_address(GROUP.address) is None
    again = replace(GROUP, id="g9")
    await work.chats.add(again)

    assert await work.chats.by_address(GROUP.address) == again
    assert (await work.chats.get(GROUP.id)).state is ChatState.LOST


async def test_all_groups_come_by_title(work: Work) -> None:
    titles = [chat.title for chat in await work.chats.all()]

    assert len(titles) == 4
    assert titles == sorted(titles)
