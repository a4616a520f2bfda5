"""A bulletin goes to exactly the groups that were meant, named before it is approved."""

from dataclasses import replace

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.button import Button
from domain.model.chat import GroupKind
from domain.model.reach import Reach
from domain.usecases.choose_reach import OPEN, TOGGLE, ChooseReach, ReachPage
from domain.usecases.list_audience import ListAudience
from tests.integration.storage.cast import AN, BINH, CHI, GROUP, NOW, QUARTER_GROUP
from tests.integration.usecases.office import Office, actor, press
from tests.integration.usecases.story import approve, submit, write

WOMEN = Reach((GroupKind.WOMEN,))


async def describe(office: Office) -> None:
    """The quarter's group is of women who read Khmer; the ward's is as it was bound."""
    async with office.file.begin() as work:
        women = replace(QUARTER_GROUP, kind=GroupKind.WOMEN, language="km", tags=("chợ",))
        await work.chats.describe(women)
        await work.commit()


def use(office: Office) -> ChooseReach:
    return ChooseReach(office.compose)


async def opened(office: Office, bulletin_id: str) -> ReachPage:
    button = Button("b", OPEN, bulletin_id, "", 1, f"person:{AN.id}", NOW)
    return await use(office).open(actor(AN), button, office.cause())


async def test_what_the_groups_differ_by_is_offered(office: Office) -> None:
    await describe(office)
    page = await opened(office, await write(office))

    assert {b.choice for b in page.buttons if b.action == TOGGLE} == {
        "kinds=dan_cu",
        "kinds=phu_nu",
        "languages=vi",
        "languages=km",
        "tags=chợ",
    }


async def test_a_press_chooses_and_the_next_one_leaves_out(office: Office) -> None:
    await describe(office)
    page = await opened(office, await write(office))
    chosen = await use(office).toggle(actor(AN), press(page.buttons, TOGGLE, "tags=chợ"))
    again = await use(office).toggle(actor(AN), press(chosen.buttons, TOGGLE, "tags=chợ"))

    assert [chat.id for chat in chosen.audience.chats] == [QUARTER_GROUP.id]
    assert (chosen.audience.count, chosen.there, again.audience.count) == (1, 2, 2)


async def test_a_button_of_an_older_page_chooses_nothing(office: Office) -> None:
    page = await opened(office, await write(office))
    button = press(page.buttons, TOGGLE, "kinds=dan_cu")
    await use(office).toggle(actor(AN), button)

    with pytest.raises(LostRace):
        await use(office).toggle(actor(AN), button)


async def test_only_the_chosen_groups_are_approved_and_get_it(office: Office) -> None:
    await describe(office)
    await approve(office, reach=WOMEN)
    await office.go_round()

    assert office.gateway.to(QUARTER_GROUP.address.chat)
    assert not office.gateway.to(GROUP.address.chat)


async def test_a_choice_that_nobody_fits_is_not_submitted(office: Office) -> None:
    bulletin_id = await write(office, reach=Reach((GroupKind.SCHOOL,)))

    with pytest.raises(Refusal, match=r"reach\.nobody"):
        await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())


async def test_the_choice_is_part_of_what_is_approved(office: Office) -> None:
    await describe(office)
    frozen = (await submit(office, reach=WOMEN)).frozen

    assert frozen.revision.reach == WOMEN
    assert '"reach":{"kinds":["phu_nu"]}' in frozen.written


async def test_a_group_that_becomes_one_of_them_later_does_not_get_it(office: Office) -> None:
    await describe(office)
    await approve(office, reach=WOMEN)
    async with office.file.begin() as work:
        await work.chats.describe(replace(GROUP, kind=GroupKind.WOMEN))
        await work.commit()
    await office.go_round()

    assert not office.gateway.to(GROUP.address.chat)


async def test_groups_that_cannot_be_written_to_are_named_as_left_out(office: Office) -> None:
    async with office.file.begin() as work:
        await work.chats.lose(GROUP.id, silenced=True)
        await work.commit()
    page = await opened(office, await write(office))

    assert [(one.chat.id, one.silenced) for one in page.audience.left_out] == [(GROUP.id, True)]


async def test_every_group_is_listed_to_whoever_may_read_the_bulletin(office: Office) -> None:
    await submit(office)
    async with office.file.begin() as work:
        (frozen,) = await work.bulletins.in_review([GROUP.unit_id])
    button = Button("b", "audience:frozen", frozen.revision.id, "0", 1, "person:binh", NOW)
    listing = ListAudience(office.memory, office.clock, office.ids, office.letterhead)
    page = await listing.list_of_revision(actor(BINH), button)

    assert {chat.id for chat in page.audience.chats} == {GROUP.id, QUARTER_GROUP.id}
    with pytest.raises(Forbidden):
        await listing.list_of_revision(actor(CHI), button)
