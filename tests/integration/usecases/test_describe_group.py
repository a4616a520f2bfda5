"""A supervisor says whose a group is, its language and its tags; nobody else does."""

import pytest

from domain.errors import AlreadyProcessed, Forbidden, Refusal
from domain.model.access import Grant, Person, Role
from domain.model.button import Button
from domain.model.chat import Chat, ChatState, GroupKind
from domain.usecases.describe_group import (
    ASK_KIND,
    ASK_LANGUAGE,
    KIND,
    LANGUAGE,
    LIST,
    DescribeGroup,
    GroupPage,
    GroupsPage,
)
from tests.integration.storage.cast import (
    AN,
    GROUP,
    HANH,
    NOW,
    OTHER_WARD,
    QUARTER_GROUP,
    STAFF_GROUP,
    WARD,
)
from tests.integration.usecases.communicators import DUNG, join
from tests.integration.usecases.office import Office, actor
from tests.integration.usecases.story import release

KHANH = Person("khanh", "Khánh", "telegram:120", (Grant(Role.SUPERVISOR, OTHER_WARD.id),))


def use(office: Office) -> DescribeGroup:
    return DescribeGroup(office.memory, office.clock, office.ids)


def pressed(action: str, choice: str, subject: str = GROUP.id) -> Button:
    return Button("b", action, subject, choice, 1, f"person:{HANH.id}", NOW)


async def stored(office: Office, chat: Chat = GROUP) -> Chat:
    async with office.file.begin() as work:
        return await work.chats.get(chat.id)


async def listed(office: Office, who: Person = HANH) -> GroupsPage:
    return await use(office).list_groups(actor(who), pressed("group:list", "0", WARD.id))


async def test_a_kind_and_a_language_are_chosen_from_closed_lists(office: Office) -> None:
    await use(office).choose(actor(HANH), pressed(KIND, GroupKind.WOMEN))
    await use(office).choose(actor(HANH), pressed(LANGUAGE, "km"))

    chat = await stored(office)
    assert (chat.kind, chat.language) == (GroupKind.WOMEN, "km")


async def test_tags_are_free_words_in_one_form(office: Office) -> None:
    await use(office).set_tags(actor(HANH), GROUP.id, " Ven  Sông, chợ,ven sông ", office.cause())

    assert (await stored(office)).tags == ("ven sông", "chợ")


@pytest.mark.parametrize("typed", [",", "a,b,c,d,e,f", "x" * 25, "…"])
async def test_tags_that_cannot_be_change_nothing(office: Office, typed: str) -> None:
    with pytest.raises(Refusal, match=r"groups\."):
        await use(office).set_tags(actor(HANH), GROUP.id, typed, office.cause())

    assert (await stored(office)).tags == ()


async def test_only_whoever_supervises_the_unit_describes_or_sees_its_groups(
    office: Office,
) -> None:
    await join(office, DUNG, KHANH)
    for person in (AN, DUNG, KHANH):
        with pytest.raises(Forbidden):
            await use(office).choose(actor(person), pressed(KIND, GroupKind.WOMEN))
        with pytest.raises(Forbidden):
            await listed(office, person)

    assert (await stored(office)).kind is GroupKind.HAMLET


async def test_a_staff_group_is_not_described(office: Office) -> None:
    with pytest.raises(Refusal, match=r"groups\.staff_group"):
        await use(office).ask(actor(HANH), pressed(ASK_KIND, "", STAFF_GROUP.id))


async def test_one_message_describes_once(office: Office) -> None:
    cause = office.cause()
    await use(office).set_tags(actor(HANH), GROUP.id, "chợ", cause)

    with pytest.raises(AlreadyProcessed):
        await use(office).set_tags(actor(HANH), GROUP.id, "ven sông", cause)


async def test_the_list_says_when_something_last_arrived(office: Office) -> None:
    assert [line.last_sent_at for line in (await listed(office)).lines] == [None, None]
    await release(office)
    await office.send_all()

    assert [line.last_sent_at for line in (await listed(office)).lines] == [NOW, NOW]


async def test_a_lost_group_stands_last_until_it_is_bound_anew(office: Office) -> None:
    async with office.file.begin() as work:
        await work.chats.lose(QUARTER_GROUP.id, silenced=True)
        await work.commit()
    lines = (await listed(office)).lines

    assert [line.chat.id for line in lines] == [GROUP.id, QUARTER_GROUP.id]
    assert lines[-1].silenced
    assert lines[-1].chat.state is ChatState.LOST


async def test_what_a_group_is_asked_is_offered_whole(office: Office) -> None:
    page = await use(office).ask(actor(HANH), pressed(ASK_KIND, ""))

    kinds = {b.choice for b in page.buttons if b.action == KIND}
    assert kinds == set(GroupKind) - {GroupKind.CHANNEL}


def back_from(page: GroupPage) -> str:
    """The unit to whose list the way back leads."""
    (back,) = (button for button in page.buttons if button.action == LIST)
    return back.subject


async def test_the_way_back_leads_to_the_list_that_one_came_from(office: Office) -> None:
    """A quarter's group, found in the list of its ward."""
    door = use(office)
    page = await door.show_group(actor(HANH), QUARTER_GROUP.id, home=WARD.id)
    assert back_from(page) == WARD.id

    (ask,) = (button for button in page.buttons if button.action == ASK_LANGUAGE)
    asked = await door.ask(actor(HANH), ask)
    khmer = next(button for button in asked.buttons if button.choice == "km")
    assert back_from(await door.choose(actor(HANH), khmer)) == WARD.id

    tagged = await door.set_tags(actor(HANH), QUARTER_GROUP.id, "chợ", None, WARD.id)
    assert back_from(tagged) == WARD.id


@pytest.mark.parametrize("home", ["", OTHER_WARD.id, "khong-co"])
async def test_without_such_a_list_the_way_back_leads_to_the_groups_own_unit(
    office: Office, home: str
) -> None:
    page = await use(office).show_group(actor(HANH), QUARTER_GROUP.id, home=home)
    assert back_from(page) == QUARTER_GROUP.unit_id
