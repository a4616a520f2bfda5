"""A supervisor's month: counted right to the last session, and nobody is reminded twice a week."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.errors import Forbidden, LostRace
from domain.model.access import Actor, Person
from domain.model.activity import (
    PLACES_ON_A_PAGE,
    Count,
    UnitActivity,
    bounds,
    first_of_month,
    month_before,
)
from domain.model.button import Button
from domain.model.form import FIRST_FORM
from domain.model.session import OutreachSession, SessionState, Value
from domain.model.text import visible
from domain.model.unit import Unit, UnitKind
from domain.usecases.review_activity import ASK, NUDGE, PAGE, SHOW
from handlers.activities import month_page
from tests.integration.storage.cast import AN, CITY, GIANG, HANH, NOW, OTHER_WARD, QUARTER, WARD
from tests.integration.storage.logged import ANSWERS
from tests.integration.storage.logged import DRAFT as SESSION
from tests.integration.usecases.communicators import DUNG, KIM, LAN, join
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.sessions import ask as raise_question
from tests.integration.usecases.sessions import fill, hand_in
from tests.integration.usecases.story import approve

THIS_MONTH = bounds(first_of_month(NOW))
LAST_MONTH = bounds(month_before(first_of_month(NOW)))
Month = tuple[datetime, datetime]
LATER = NOW + timedelta(hours=1)


def session(
    name: str, who: Person = DUNG, unit: Unit = QUARTER, **answers: Value
) -> OutreachSession:
    said = ANSWERS | {"start": NOW - timedelta(days=2)} | answers
    return replace(SESSION, id=name, person_id=who.id, unit_id=unit.id, answers=said)


async def log(office: Office, one: OutreachSession, state: SessionState) -> None:
    """Straight to where it stands."""
    async with office.file.begin() as work:
        await work.sessions.add(one)
        if state is not SessionState.DRAFT:
            was, one = one, replace(one.submitted(FIRST_FORM, NOW))
            await work.sessions.save(one, was)
        if state is SessionState.CONFIRMED:
            was, one = one, one.confirmed(Actor(HANH.id, HANH.grants), LATER)
            await work.sessions.save(one, was)
        if state is SessionState.RETURNED:
            was, one = one, one.returned(Actor(HANH.id, HANH.grants), "Ghi rõ nơi họp.")
            await work.sessions.save(one, was)
        await work.commit()


async def confirmed(office: Office, *sessions: OutreachSession) -> None:
    for one in sessions:
        await log(office, one, SessionState.CONFIRMED)


async def shown(office: Office, unit: Unit = WARD, who: Person = HANH) -> UnitActivity:
    return await office.activity.show_month(actor(who), unit.id, 0, office.cause())


async def ask(office: Office, unit: Unit = WARD) -> Button:
    button = press((await shown(office, unit)).buttons, ASK)
    _, buttons = await office.activity.ask_nudge(actor(HANH), button, office.cause())
    return press(buttons, NUDGE)


def by_hand(
    logged: Sequence[tuple[OutreachSession, SessionState]], units: set[str], month: Month
) -> Count:
    """The same figures, without the database."""
    begin, end = month
    here = [
        (one, state)
        for one, state in logged
        if one.unit_id in units and one.start_at is not None and begin <= one.start_at < end
    ]
    counted = [one for one, state in here if state is SessionState.CONFIRMED]
    return Count(
        len(counted),
        sum(one.number("people") for one in counted),
        len({one.answers["bulletin"] for one in counted if "bulletin" in one.answers}),
        sum(state is SessionState.SUBMITTED for _, state in here),
    )


async def test_every_figure_is_that_of_a_count_by_hand(office: Office) -> None:
    await join(office, DUNG, KIM, LAN)
    bulletins = [(await approve(office, text=f"Tin {n}.")).bulletin_id for n in range(3)]
    chance, logged = random.Random(20261122), list[tuple[OutreachSession, SessionState]]()
    for number in range(60):
        one = session(
            f"s{number}",
            unit=chance.choice((QUARTER, WARD, OTHER_WARD)),
            start=NOW - timedelta(days=chance.randrange(55), hours=chance.randrange(24)),
            people=chance.randrange(200),
        )
        if chance.random() < 0.7:
            one = replace(one, answers={**one.answers, "bulletin": chance.choice(bulletins)})
        logged.append((one, chance.choice(list(SessionState))))
        await log(office, *logged[-1])
    below = {
        CITY.id: {QUARTER.id, WARD.id, OTHER_WARD.id},
        WARD.id: {QUARTER.id, WARD.id},
        OTHER_WARD.id: {OTHER_WARD.id},
    }

    city = await shown(office, CITY)
    for place in (city.whole, *city.places):
        units = below[place.unit.id]
        assert place.this == by_hand(logged, units, THIS_MONTH)
        assert place.before == by_hand(logged, units, LAST_MONTH)
    assert {place.unit.id for place in city.places} == {WARD.id, OTHER_WARD.id}


async def test_a_month_begins_and_ends_at_local_midnight(office: Office) -> None:
    await join(office, DUNG)
    first, after = LAST_MONTH
    moments = (first - timedelta(minutes=1), first, after - timedelta(minutes=1), after)
    await confirmed(office, *(session(f"s{n}", start=at) for n, at in enumerate(moments)))
    whole = (await shown(office)).whole

    assert (whole.before.sessions, whole.this.sessions) == (2, 1)


async def test_a_question_waits_until_it_is_answered(office: Office) -> None:
    await join(office, DUNG)
    screen = await raise_question(office, await fill(office))
    assert (await shown(office)).whole.open_questions == 0, "it is not filed yet"
    await hand_in(office, screen)
    for unit in (CITY, WARD, QUARTER):
        assert (await shown(office, unit)).whole.open_questions == 1
    assert [place.open_questions for place in (await shown(office)).places] == [1]

    office.sql("UPDATE opinion SET state = 'closed', waits_until = due_at")
    assert (await shown(office)).whole.open_questions == 0


async def test_nobody_else_sees_it(office: Office) -> None:
    for person in (AN, GIANG, DUNG):
        with pytest.raises(Forbidden):
            await shown(office, WARD, person)


async def test_whoever_has_logged_nothing_is_reminded(office: Office) -> None:
    await join(office, DUNG, KIM, LAN)
    await log(office, session("s1", DUNG), SessionState.SUBMITTED)
    await log(office, session("s2", KIM), SessionState.DRAFT)
    assert (await shown(office)).idle == 1
    assert await office.activity.nudge(actor(HANH), await ask(office), office.cause()) == 1
    await office.send_all()

    assert "/phien" in office.gateway.to(private(KIM))[-1].payload.markup
    assert office.gateway.to(private(DUNG)) == []
    assert office.gateway.to(private(LAN)) == [], "a speaker is no communicator"


async def test_nobody_is_reminded_twice_in_a_week_whoever_asks(office: Office) -> None:
    await join(office, DUNG, KIM)
    first, second = await ask(office, WARD), await ask(office, CITY)
    assert await office.activity.nudge(actor(HANH), first, office.cause()) == 2
    assert await office.activity.nudge(actor(HANH), second, office.cause()) == 0
    await office.send_all()
    assert len(office.gateway.to(private(KIM))) == 1

    office.wait(days=7)
    assert await office.activity.nudge(actor(HANH), await ask(office), office.cause()) == 2


async def test_a_reminder_comes_in_the_language_of_whoever_gets_it(office: Office) -> None:
    await join(office, KIM)
    office.sql("UPDATE person SET languages = 'km,vi' WHERE id = 'kim'")
    await office.activity.nudge(actor(HANH), await ask(office), office.cause())
    await office.send_all()

    assert "ផ្សព្វផ្សាយ" in office.gateway.to(private(KIM))[-1].payload.markup


async def test_with_nobody_to_remind_it_is_said_so(office: Office) -> None:
    await join(office, DUNG)
    button = await ask(office)
    await log(office, session("s1"), SessionState.SUBMITTED)

    with pytest.raises(LostRace) as refused:
        await office.activity.nudge(actor(HANH), button, office.cause())
    assert refused.value.key == "nudge.nobody"
    assert ASK not in [one.action for one in (await shown(office)).buttons]


async def test_many_places_come_page_by_page_in_the_order_of_their_numbers(office: Office) -> None:
    async with office.file.begin() as work:
        for n in range(2, PLACES_ON_A_PAGE + 3):
            await work.units.add(
                Unit(f"k{n}", f"k{n}", f"Khu vực {n}", UnitKind.QUARTER, WARD.id, "")
            )
        await work.commit()
    first = await shown(office)
    turn = press(first.buttons, PAGE)
    second = await office.activity.turn_page(actor(HANH), turn, office.cause())

    names = [place.unit.name for place in (*first.places, *second.places)]
    assert names == [f"Khu vực {n}" for n in range(1, PLACES_ON_A_PAGE + 3)]
    assert SHOW not in [one.action for one in first.buttons], "a quarter has no places below it"


async def test_on_the_first_of_a_month_what_waits_from_the_last_is_still_told(
    office: Office,
) -> None:
    await join(office, DUNG)
    await log(office, session("s1"), SessionState.SUBMITTED)
    office.wait(days=11)
    month = await shown(office)
    page = visible(month_page(office.letterhead.words, month, "vi"))

    assert (month.first_on.month, month.whole.this.waiting) == (12, 0)
    assert "Buổi chờ xác nhận (gồm cả tháng trước): 1" in page
    assert "1 buổi chờ xác nhận" in page
