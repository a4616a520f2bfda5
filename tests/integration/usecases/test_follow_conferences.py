"""People are reminded once in time, or not at all; and when its time is over it is held."""

from datetime import timedelta

import pytest

from domain.model.access import Person
from tests.integration.usecases.communicators import DUNG, KIM, TAM, join
from tests.integration.usecases.conferences import START, answer, call, cancel, change
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office, private

DAY, TWO_HOURS = timedelta(days=1), timedelta(hours=2)


async def cards(office: Office, person: Person) -> list[str]:
    """What somebody has got besides the invitation, once all that is due was sent."""
    await office.follow_conferences.follow_due()
    await office.send_all()
    return [one.markup for one in office.gateway.to(private(person))][1:]


async def called(office: Office) -> None:
    """Dung comes, Kim does not, Tâm has said nothing."""
    await join(office, DUNG, KIM, TAM)
    await call(office)
    await answer(office, DUNG, "yes")
    await answer(office, KIM, "no")


async def test_a_day_before_whoever_comes_is_reminded_and_whoever_is_silent_is_asked(
    office: Office,
) -> None:
    await called(office)
    office.clock.moment = START - DAY - timedelta(minutes=1)
    assert [await cards(office, one) for one in (DUNG, KIM, TAM)] == [[], [], []]

    office.wait(minutes=1)
    (dungs,), kims, (tams,) = [await cards(office, one) for one in (DUNG, KIM, TAM)]
    assert "đã báo sẽ dự" in dungs
    assert "Hội trường UBND phường" in dungs
    assert kims == []
    assert "chưa nhận được trả lời" in tams


async def test_two_hours_before_only_whoever_comes_is_reminded(office: Office) -> None:
    await called(office)
    office.clock.moment = START - TWO_HOURS
    (dungs,) = await cards(office, DUNG)

    assert "Sắp đến giờ" in dungs
    assert await cards(office, KIM) == await cards(office, TAM) == []


async def test_each_comes_once_however_often_the_clock_looks(office: Office) -> None:
    await called(office)
    for moment in (START - DAY, START - DAY + timedelta(minutes=1), START - TWO_HOURS):
        office.clock.moment = moment
        await cards(office, DUNG)

    assert len(await cards(office, DUNG)) == 2


@pytest.mark.parametrize("before", [timedelta(hours=12), timedelta(minutes=30), timedelta(0)])
async def test_after_a_pause_what_is_too_late_is_left_out(
    office: Office, before: timedelta
) -> None:
    await called(office)
    office.clock.moment = START - before

    assert await cards(office, DUNG) == []


async def test_what_stood_in_line_too_long_is_dropped(office: Office) -> None:
    await called(office)
    office.clock.moment = START - TWO_HOURS
    await office.follow_conferences.follow_due()
    office.clock.moment = START - timedelta(minutes=30)

    assert await cards(office, DUNG) == []


async def test_at_another_time_the_reminders_are_those_of_the_new_one(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    office.clock.moment = START - DAY
    await answer(office, DUNG, "yes")
    assert len(await cards(office, DUNG)) == 1
    await change(office, conference, "start", "28/11/2026 8h")
    await answer(office, DUNG, "yes")
    office.clock.moment = START - TWO_HOURS
    assert len(await cards(office, DUNG)) == 2, "told of the change, and of nothing else"

    office.clock.moment = START + DAY
    assert len(await cards(office, DUNG)) == 3


async def test_of_what_is_cancelled_nobody_is_reminded(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    await answer(office, DUNG, "yes")
    await cancel(office, conference)
    told = await cards(office, DUNG)
    office.clock.moment = START - DAY

    assert await cards(office, DUNG) == told


async def test_whoever_has_left_is_not_reminded(office: Office) -> None:
    await called(office)
    office.sql("UPDATE role_grant SET left_on = '2026-11-22' WHERE person_id = 'dung'")
    office.clock.moment = START - TWO_HOURS

    assert await cards(office, DUNG) == []


@pytest.mark.parametrize("after", [False, True])
async def test_a_crash_loses_no_reminder_and_doubles_none(office: Office, after: bool) -> None:
    await called(office)
    office.clock.moment = START - DAY
    office.crashing = CrashingMemory(office.file, after)
    with pytest.raises(ExceptionGroup) as trouble:
        await office.follow_conferences.follow_due()
    assert trouble.group_contains(Crash)
    office.crashing = None

    assert len(await cards(office, DUNG)) == len(await cards(office, TAM)) == 1


async def test_half_an_hour_after_its_end_it_is_held_and_its_secret_is_gone(
    office: Office,
) -> None:
    await called(office)
    office.clock.moment = START + timedelta(minutes=149)
    await office.follow_conferences.follow_due()
    assert office.sql("SELECT state FROM conference") == [("called",)]

    office.wait(minutes=1)
    await office.follow_conferences.follow_due()
    assert office.sql("SELECT state, secret FROM conference") == [("held", "")]
