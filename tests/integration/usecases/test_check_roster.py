"""Each supervisor gets one check of their unit a month, whatever dies meanwhile."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import Forbidden
from domain.model.access import Actor, Grant, Person, Role
from domain.model.field_work import Service
from domain.model.roster_check import Finding
from domain.usecases.keep_seen import KeepSeen
from tests.integration.storage.cast import HANH, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office, actor, private

FIRST_DAY = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
"""A Tuesday, eight in the morning in Cần Thơ."""
DUNG = Person("dung", "Dung", None, (Grant(Role.COMMUNICATOR, QUARTER.id),))
LAN = Person("lan", "Lan", "telegram:206", (Grant(Role.SPEAKER, WARD.id),))
SON = Person("son", "Sơn", "telegram:207", (Grant(Role.SUPERVISOR, WARD.id),))


async def month_begins(office: Office, *people: Person) -> None:
    async with office.memory.begin() as work:
        for person in people:
            await work.people.add(person)
        await work.commit()
    office.clock.moment = FIRST_DAY


async def cards(office: Office, person: Person = HANH) -> list[str]:
    await office.send_all()
    return [call.payload.markup for call in office.gateway.to(private(person))]


async def test_a_supervisor_gets_the_check_of_their_unit(office: Office) -> None:
    await month_begins(office, DUNG, SON)
    await office.roster_check.check_due()

    (card,) = await cards(office, SON)
    assert WARD.name in card
    assert "12/2026" in card
    assert len(await cards(office)) == 1


async def test_it_comes_once_a_month_however_often_the_clock_ticks(office: Office) -> None:
    await month_begins(office, DUNG)
    for _ in range(3):
        await office.roster_check.check_due()
        office.wait(hours=1)
    assert len(await cards(office)) == 1

    office.clock.moment = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)
    await office.roster_check.check_due()
    assert len(await cards(office)) == 2


@pytest.mark.parametrize("after", [False, True])
async def test_a_crash_at_its_commit_loses_and_doubles_nothing(office: Office, after: bool) -> None:
    await month_begins(office, DUNG)
    crashing = replace(office.roster_check, memory=CrashingMemory(office.memory, after))
    with pytest.raises(ExceptionGroup) as died:
        await crashing.check_due()
    assert died.group_contains(Crash)
    await office.roster_check.check_due()

    assert len(await cards(office)) == 1


async def test_before_its_day_nothing_comes(office: Office) -> None:
    await office.roster_check.check_due()

    assert await cards(office) == []


async def test_a_list_opens_and_what_was_mended_is_gone_from_it(office: Office) -> None:
    await month_begins(office, DUNG)
    await office.roster_check.check_due()
    await office.send_all()
    button = await office.button(private(HANH), "roster_check:list", Finding.NOT_INVITED)
    page = await office.roster_check.show(actor(HANH), button)
    office.sql("UPDATE role_grant SET left_on = '2026-12-01' WHERE person_id = 'dung'")
    mended = await office.roster_check.show(actor(HANH), button)

    assert [line.name for line in page.lines] == ["Dung"]
    assert mended.lines == ()


async def test_a_supervisor_of_another_commune_opens_no_list(office: Office) -> None:
    await month_begins(office, DUNG)
    await office.roster_check.check_due()
    await office.send_all()
    button = await office.button(private(HANH), "roster_check:list", Finding.NOT_INVITED)

    with pytest.raises(Forbidden):
        await office.roster_check.show(
            Actor("chi", (Grant(Role.SUPERVISOR, OTHER_WARD.id),)), button
        )


async def test_a_unit_without_a_supervisor_who_joined_is_not_checked(office: Office) -> None:
    await month_begins(office, replace(SON, account=None))
    await office.roster_check.check_due()

    assert office.sql("SELECT unit_id FROM roster_check") == [("ct",)]


async def service(office: Office, person: Person) -> Service:
    async with office.memory.begin() as work:
        services = await work.roster.services(WARD.id, office.clock.now().date())
    return next(one for one in services if one.person_id == person.id)


async def test_of_whoever_comes_only_the_last_day_is_kept(office: Office) -> None:
    await month_begins(office, LAN)
    seen = KeepSeen(office.memory, office.clock)
    await seen.note(LAN)
    office.wait(days=2)
    await seen.note(LAN)
    await KeepSeen(office.memory, office.clock).note(LAN)

    assert (await service(office, LAN)).seen_on == FIRST_DAY.date() + timedelta(days=2)
    assert office.sql("SELECT count(*) FROM person_seen WHERE person_id = 'lan'") == [(1,)]


async def test_a_day_that_was_noted_is_not_taken_back(office: Office) -> None:
    await month_begins(office, LAN)
    async with office.memory.begin() as work:
        await work.checks.saw(LAN.id, date(2026, 12, 1))
        await work.checks.saw(LAN.id, date(2026, 11, 1))
        await work.commit()

    assert (await service(office, LAN)).seen_on == date(2026, 12, 1)
