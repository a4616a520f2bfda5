"""Whoever decides about unknown outcomes sees all of them in one place."""

import pytest

from domain.errors import Forbidden
from domain.model.access import Person
from domain.model.delivery import EntryState, Unknown
from tests.integration.storage.cast import AN, BINH, CHI, GIANG, GROUP, HANH, QUARTER_GROUP
from tests.integration.usecases.office import Office, actor, pick, press
from tests.integration.usecases.story import approve

WARD_CHAT, TO_WARD = GROUP.address.chat, f"chat:{GROUP.id}"


async def in_doubt(office: Office) -> str:
    """Nobody knows of the ward's; returns the bulletin."""
    office.gateway.will(WARD_CHAT, Unknown("reset"))
    broadcast = await approve(office)
    await office.go_round()
    return broadcast.bulletin_id


@pytest.mark.parametrize("person", [AN, BINH, HANH], ids=lambda person: person.name)
async def test_the_list_holds_every_doubt_of_ones_units(office: Office, person: Person) -> None:
    await in_doubt(office)
    await in_doubt(office)

    lines = await office.doubts.show(actor(person))
    assert [line.doubt.chat_title for line in lines] == [GROUP.title, GROUP.title]


async def test_the_link_is_that_of_the_groups_last_message(office: Office) -> None:
    await approve(office)
    await office.go_round()
    await in_doubt(office)

    (line,) = await office.doubts.show(actor(AN))
    assert line.doubt.link.startswith(f"https://t.me/c/{WARD_CHAT}/")


@pytest.mark.parametrize(("choice", "copies"), [("again", 2), ("arrived", 1)])
async def test_one_person_decides_from_the_list(office: Office, choice: str, copies: int) -> None:
    await in_doubt(office)
    (line,) = await office.doubts.show(actor(BINH))
    button = press(line.buttons, "delivery:settle", choice)
    await office.release.settle_uncertain(actor(BINH), button, office.cause())
    await office.go_round()

    assert len(office.gateway.to(WARD_CHAT)) == copies
    assert len(office.gateway.to(QUARTER_GROUP.address.chat)) == 1
    assert (await office.states())[TO_WARD] is EntryState.SENT
    assert await office.doubts.show(actor(BINH)) == ()


async def test_what_was_taken_back_can_only_be_said_to_have_arrived(office: Office) -> None:
    bulletin_id = await in_doubt(office)
    await office.withdraw.withdraw_bulletin(actor(AN), bulletin_id, office.cause())

    (line,) = await office.doubts.show(actor(AN))
    assert [button.choice for button in line.buttons] == ["arrived"]


async def test_the_plan_leads_there_while_there_are_doubts(office: Office) -> None:
    await approve(office)
    await office.go_round()
    sure = await office.plan.show_week(actor(BINH))
    await in_doubt(office)
    unsure = await office.plan.show_week(actor(BINH))

    assert pick(sure.buttons, "doubts:open") is None
    assert pick(unsure.buttons, "doubts:open") is not None


async def test_another_commune_sees_no_doubt_of_ours(office: Office) -> None:
    await in_doubt(office)

    assert await office.doubts.show(actor(CHI)) == ()
    with pytest.raises(Forbidden):
        await office.doubts.show(actor(GIANG))
