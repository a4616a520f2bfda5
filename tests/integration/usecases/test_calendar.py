"""Staff set a day, and whatever counts in working days follows: plans and due dates."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors import Refusal
from domain.model.access import Person
from domain.model.broadcast import BroadcastState
from domain.model.office_days import DayDecision
from domain.model.recurrence import Cadence, HolidayRule
from tests.integration.storage.cast import AN, BINH, CHI, GIANG, GROUP, HANH
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import approve, file_opinion
from tests.integration.usecases.test_schedule import DAILY, MONDAYS, broadcasts, local, pass_time

WARD_CHAT = GROUP.address.chat
MONDAY_OFF = "nghỉ 23/11 tránh bão"
POSTPONED = replace(MONDAYS, on_holiday=HolidayRule.POSTPONE)
PLANNED, STOPPED = BroadcastState.PLANNED, BroadcastState.STOPPED


async def decide(office: Office, typed: str, person: Person = HANH) -> None:
    await office.calendar.decide_day(actor(person), typed, office.cause())


async def test_a_day_off_moves_what_is_already_planned(office: Office) -> None:
    broadcast = await approve(office, recurrence=POSTPONED)
    await decide(office, MONDAY_OFF)

    assert await broadcasts(office, broadcast.bulletin_id) == [
        (local(23, 7), STOPPED),
        (local(25, 7), PLANNED),
    ]


async def test_taking_the_day_off_back_moves_it_back(office: Office) -> None:
    broadcast = await approve(office, recurrence=POSTPONED)
    await decide(office, MONDAY_OFF)
    await decide(office, "như cũ 23/11")

    assert await broadcasts(office, broadcast.bulletin_id) == [
        (local(23, 7), PLANNED),
        (local(25, 7), STOPPED),
    ]


@pytest.mark.parametrize(("rule", "sent"), [("send", 2), ("skip", 1), ("postpone", 2)])
async def test_the_holiday_rule_counts_a_day_that_staff_set(
    office: Office, rule: str, sent: int
) -> None:
    await approve(office, recurrence=replace(MONDAYS, on_holiday=HolidayRule(rule)))
    await decide(office, MONDAY_OFF)
    await pass_time(office, local(30, 8), timedelta(hours=1))

    assert len(office.gateway.to(WARD_CHAT)) == sent


async def test_a_saturday_made_up_for_is_a_working_day(office: Office) -> None:
    every = replace(DAILY, cadence=Cadence.WORKING_DAYS)
    broadcast = await approve(office, recurrence=every)
    await decide(office, "làm 21/11 làm bù")
    await pass_time(office, local(20, 12), timedelta(hours=1))

    assert (await broadcasts(office, broadcast.bulletin_id))[-1] == (local(21, 10), PLANNED)


async def test_what_a_crash_left_planned_on_a_day_off_is_not_sent(office: Office) -> None:
    broadcast = await approve(office, recurrence=POSTPONED)
    async with office.file.begin() as work:
        await work.calendar.decide(
            DayDecision(date(2026, 11, 23), False, "", HANH.id), local(20, 9)
        )
        await work.commit()
    office.clock.moment = local(23, 7)
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == []
    assert "lịch nghỉ" in office.gateway.to(private(AN))[-1].markup
    assert (await broadcasts(office, broadcast.bulletin_id))[-1] == (local(25, 7), PLANNED)


async def test_a_day_off_gives_the_offices_answer_a_day_more(office: Office) -> None:
    before = (await file_opinion(office)).due_at
    await decide(office, MONDAY_OFF)

    assert (await file_opinion(office)).due_at == before + timedelta(days=1)


async def test_what_is_set_is_shown_with_its_reason(office: Office) -> None:
    await decide(office, MONDAY_OFF)
    ahead = await office.calendar.show_days(actor(HANH), office.cause())

    assert date(2026, 11, 23) in ahead.off
    assert date(2027, 1, 1) in ahead.off
    assert [one.note for one in ahead.decided] == ["tránh bão"]


async def test_the_last_word_on_a_day_counts(office: Office) -> None:
    await decide(office, MONDAY_OFF)
    await decide(office, "làm việc 23/11 hết bão")

    async with office.memory.begin() as work:
        office_days = await work.calendar.office_days()
    assert office_days.is_working_day(date(2026, 11, 23))


@pytest.mark.parametrize("person", [AN, BINH, CHI, GIANG], ids=lambda person: person.name)
async def test_only_a_supervisor_at_the_top_sets_a_day(office: Office, person: Person) -> None:
    with pytest.raises(Refusal) as refused:
        await decide(office, MONDAY_OFF, person)

    assert refused.value.key == "errors.forbidden"
    async with office.memory.begin() as work:
        assert await work.calendar.decisions(date(2026, 1, 1), date(2027, 12, 31)) == ()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("thứ hai nghỉ", "office_day.not_understood"),
        ("nghỉ 19/11", "office_day.too_far"),
        ("nghỉ 31/11", "moment.no_such_day"),
        ("nghỉ 25/11 " + "x" * 201, "office_day.note_too_long"),
    ],
)
async def test_a_day_that_cannot_be_meant_is_refused(office: Office, typed: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        await decide(office, typed)

    assert refused.value.key == key


@pytest.mark.parametrize("typed", ["nghi ngay 25/11: bao", "NGHỈ 25/11/2026 – bão", "Nghỉ 25-11"])
async def test_a_day_is_typed_in_many_ways(office: Office, typed: str) -> None:
    await decide(office, typed)

    async with office.memory.begin() as work:
        assert (await work.calendar.office_days()).is_holiday(date(2026, 11, 25))
