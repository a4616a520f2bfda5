"""A supervisor decides who works in the field, and it holds from that moment on."""

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import Forbidden, LostRace
from domain.model.access import Actor, Grant, Permission, Person, Role
from domain.model.button import Button
from domain.model.roster import Seat, TeamRole
from domain.model.unit import Unit, UnitKind
from domain.usecases.keep_people import PersonPage
from tests.integration.storage.cast import AN, HANH, NOW, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.office import Office, actor, press

TODAY = NOW.date()
SECOND = Unit("kv2", "kv2", "Khu vực 2", UnitKind.QUARTER, "nk", "Khu vực 2")
TERM = Grant(Role.COMMUNICATOR, QUARTER.id, date(2026, 7, 1), date(2031, 6, 30), "12/QĐ", TODAY)
DUNG = Person("dung", "Dung", "telegram:106", (TERM,))
SEAT = Seat(QUARTER.id, "Tổ 1", TeamRole.LEADER)
HERE = Actor("hanh", (Grant(Role.SUPERVISOR, WARD.id),))


async def moved_in(office: Office) -> None:
    """Dung leads a team in the first of two quarters."""
    async with office.memory.begin() as work:
        await work.units.add(SECOND)
        await work.people.add(DUNG)
        await work.roster.seat([(DUNG.id, SEAT)])
        await work.commit()


async def shown(office: Office, who: Actor = HERE) -> PersonPage:
    """Dung's page, by the buttons that lead there."""
    ward = await office.staff.open(who)
    quarter = await office.staff.show_unit(who, press(ward.buttons, "staff:unit", QUARTER.id), None)
    button = press(quarter.buttons, "staff:people")
    people = await office.staff.show_people(who, button, None)
    return await office.staff.show_person(who, press(people.buttons, "staff:person", DUNG.id), None)


async def decide_button(office: Office, act: str) -> Button:
    await moved_in(office)
    page = await shown(office)
    if act == "leave":
        page = await office.staff.ask_leave(HERE, press(page.buttons, "staff:ask_leave"), None)
    return press(page.buttons, Permission.ROSTER_KEEP, act)


async def move_button(office: Office) -> Button:
    await moved_in(office)
    page = await shown(office)
    places = await office.staff.ask_place(HERE, press(page.buttons, "staff:move"), None)
    return press(places.buttons, "staff:move_to", SECOND.id)


async def decide(office: Office, act: str) -> PersonPage:
    button = await decide_button(office, act)
    return await office.staff.decide(HERE, button, office.cause())


async def dung(office: Office) -> Person:
    async with office.memory.begin() as work:
        return await work.people.get(DUNG.id)


def rights(person: Person) -> Actor:
    return person.actor_on(TODAY)


@pytest.mark.parametrize("act", ["suspend", "leave"])
async def test_whoever_rests_or_leaves_loses_every_right_at_once(office: Office, act: str) -> None:
    await decide(office, act)

    assert rights(await dung(office)).grants == ()
    async with office.memory.begin() as work:
        known = await work.people.by_account(DUNG.account or "")
    assert known is not None
    assert rights(known).grants == ()


async def test_a_return_gives_back_what_was_there(office: Office) -> None:
    resting = await decide(office, "suspend")
    back = press(resting.buttons, Permission.ROSTER_KEEP, "resume")
    await office.staff.decide(HERE, back, office.cause())

    assert await dung(office) == DUNG


async def test_a_move_goes_on_at_the_other_unit_and_leaves_the_team(office: Office) -> None:
    button = await move_button(office)
    await office.staff.decide(HERE, button, office.cause())
    async with office.memory.begin() as work:
        seats = await work.roster.seats(DUNG.id)

    moved = replace(TERM, unit_id=SECOND.id, valid_from=TODAY)
    assert rights(await dung(office)).grants == (moved,)
    assert seats == ()


async def test_whoever_it_is_about_is_told(office: Office) -> None:
    await decide(office, "suspend")
    await office.send_all()

    (card,) = office.gateway.to("106")
    assert QUARTER.name in card.payload.markup


async def test_the_page_shows_the_team_and_the_unit_counts_its_people(office: Office) -> None:
    await moved_in(office)
    ward = await office.staff.open(HERE)

    assert ward.headcount is not None
    assert (ward.headcount.people, ward.headcount.joined, ward.headcount.resting) == (1, 1, 0)
    assert (await shown(office)).seats == (SEAT,)


async def test_a_second_press_on_the_same_card_changes_nothing(office: Office) -> None:
    button = await decide_button(office, "suspend")
    await office.staff.decide(HERE, button, office.cause())
    with pytest.raises(LostRace):
        await office.staff.decide(HERE, button, office.cause())


async def test_a_supervisor_of_another_commune_sees_and_decides_nothing(office: Office) -> None:
    button = await decide_button(office, "suspend")
    stranger = Actor("chi", (Grant(Role.SUPERVISOR, OTHER_WARD.id),))
    for act in (office.staff.decide, office.staff.ask_place, office.staff.ask_leave):
        with pytest.raises(Forbidden):
            await act(stranger, button, office.cause())

    assert await dung(office) == DUNG


async def test_nobody_is_moved_out_of_ones_own_care(office: Office) -> None:
    button = await move_button(office)
    elsewhere = replace(button, choice=OTHER_WARD.id)
    with pytest.raises(Forbidden):
        await office.staff.decide(HERE, elsewhere, office.cause())

    assert await dung(office) == DUNG


async def test_an_author_has_no_door_to_people(office: Office) -> None:
    with pytest.raises(Forbidden):
        await office.staff.open(actor(AN))


async def test_a_supervisor_of_several_units_chooses_first(office: Office) -> None:
    grants = (Grant(Role.SUPERVISOR, WARD.id), Grant(Role.SUPERVISOR, OTHER_WARD.id))
    page = await office.staff.open(Actor(HANH.id, grants))

    assert (page.unit, [place.id for place in page.places]) == (None, [WARD.id, OTHER_WARD.id])
