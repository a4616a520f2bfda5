"""One's own page: the same figures as the unit's month, and nobody else's."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors import Forbidden, Refusal
from domain.model.access import Grant, Person, Role
from domain.model.activity import Count, Questions, bounds, first_of_month, month_before
from domain.model.button import Button
from domain.model.form import FIRST_FORM
from domain.model.own_sessions import MONTHS_SHOWN, OwnPage
from domain.model.session import SessionState
from domain.usecases.list_own_sessions import HISTORY, ON_A_PAGE, OPEN, HistoryPage
from tests.integration.storage.cast import AN, CITY, HANH, NOW, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.communicators import DUNG, KIM, LAN, join
from tests.integration.usecases.office import Office, actor, press
from tests.integration.usecases.sessions import ask as raise_question
from tests.integration.usecases.sessions import fill, hand_in
from tests.integration.usecases.test_activity import confirmed, log, session, shown

BOTH = Person("phuc", "Phúc", "telegram:7760001110", (Grant(Role.COMMUNICATOR, OTHER_WARD.id),))
EVERYBODY = (DUNG, KIM, LAN, BOTH)


async def page_of(office: Office, who: Person = DUNG) -> OwnPage:
    return await office.own_sessions.show_page(actor(who), office.cause())


async def history(office: Office, who: Person = DUNG, page: int = 0) -> HistoryPage:
    first = press((await page_of(office, who)).buttons, HISTORY)
    button = replace(first, choice=str(page))
    return await office.own_list.show_history(actor(who), button, office.cause())


def to_open(page: HistoryPage, name: str) -> Button:
    return press(page.buttons, OPEN, name)


async def test_all_own_pages_together_are_the_units_month(office: Office) -> None:
    """Whoever held them, wherever, in whatever state: nothing is lost between the two screens."""
    await join(office, *EVERYBODY)
    chance = random.Random(20261122)
    for number in range(80):
        one = session(
            f"s{number}",
            chance.choice(EVERYBODY),
            chance.choice((QUARTER, WARD, OTHER_WARD)),
            start=NOW - timedelta(days=chance.randrange(55), hours=chance.randrange(24)),
            people=chance.randrange(200),
        )
        await log(office, one, chance.choice(list(SessionState)))
    city = (await shown(office, CITY)).whole
    pages = [await page_of(office, who) for who in EVERYBODY]

    def added(at: int) -> Count:
        counts = [page.months[at].count for page in pages]
        sums = (sum(c.sessions for c in counts), sum(c.people for c in counts))
        return Count(*sums, city.this.contents, sum(c.waiting for c in counts))

    assert added(-1) == city.this
    assert added(-2) == replace(city.before, contents=city.this.contents)
    assert sum(page.returned for page in pages) > 0, "they count on one's own page alone"


async def test_the_last_months_stand_in_their_order_each_beside_its_plan(office: Office) -> None:
    await join(office, DUNG)
    office.clock.moment = NOW - timedelta(days=62)
    await office.monthly_plan.set_plan(actor(HANH), CITY.id, "2", office.cause())
    office.clock.moment = NOW
    await office.monthly_plan.set_plan(actor(HANH), WARD.id, "4", office.cause())
    begin, _ = bounds(month_before(first_of_month(NOW)))
    await confirmed(office, session("s1"), session("s2", start=begin))
    page = await page_of(office)

    assert [one.first_on for one in page.months] == [date(2026, m, 1) for m in range(6, 12)]
    assert len(page.months) == MONTHS_SHOWN
    assert [one.expected for one in page.months] == [0, 0, 0, 2, 2, 4]
    assert [one.count.sessions for one in page.months] == [0, 0, 0, 0, 1, 1]
    assert page.planned_at == WARD


async def test_of_a_speaker_nothing_is_expected(office: Office) -> None:
    await join(office, LAN)
    await office.monthly_plan.set_plan(actor(HANH), CITY.id, "2", office.cause())

    assert (await page_of(office, LAN)).planned_at is None


async def test_questions_are_counted_and_those_that_were_answered(office: Office) -> None:
    await join(office, DUNG)
    screen = await raise_question(office, await fill(office))
    assert (await page_of(office)).questions == Questions(0, 0), "it is not filed yet"
    await hand_in(office, screen)
    assert (await page_of(office)).questions == Questions(1, 0)

    office.sql("UPDATE opinion SET state = 'answered', owner_id = 'giang', waits_until = due_at")
    assert (await page_of(office)).questions == Questions(1, 1)


async def test_whoever_logs_no_sessions_has_no_page(office: Office) -> None:
    for person in (AN, HANH):
        with pytest.raises(Forbidden):
            await page_of(office, person)


async def test_history_comes_newest_first_page_by_page_without_drafts(office: Office) -> None:
    await join(office, DUNG, KIM)
    for n in range(ON_A_PAGE + 2):
        states = (SessionState.CONFIRMED, SessionState.SUBMITTED, SessionState.RETURNED)
        one = session(f"s{n}", start=NOW - timedelta(days=n + 1))
        await log(office, one, states[n % 3])
    await log(office, session("draft"), SessionState.DRAFT)
    await log(office, session("kims", KIM), SessionState.CONFIRMED)
    first, second = await history(office), await history(office, page=1)

    names = [one.id for page in (first, second) for one in page.sessions]
    assert names == [f"s{n}" for n in range(ON_A_PAGE + 2)]
    assert [b.choice for b in first.buttons if b.action == HISTORY] == ["1"]
    assert [b.choice for b in second.buttons if b.action == HISTORY] == ["0"]


async def test_an_old_session_opens_under_the_form_it_was_logged_with(office: Office) -> None:
    await join(office, DUNG)
    await confirmed(office, session("s1"))
    await office.change_form.add_field(actor(HANH), "Ai chủ trì?", office.cause())
    button = to_open(await history(office), "s1")
    screen = await office.own_list.open_own(actor(DUNG), button, office.cause())

    assert screen.form == FIRST_FORM
    assert (screen.asked, screen.buttons) == (None, ()), "it is only read"


async def test_what_is_open_leads_to_where_it_is_changed(office: Office) -> None:
    await join(office, DUNG)
    await log(office, session("s1"), SessionState.RETURNED)
    button = to_open(await history(office), "s1")
    screen = await office.own_list.open_own(actor(DUNG), button, office.cause())

    assert press(screen.buttons, "session:open").subject == "s1"


async def test_nobody_opens_anothers_session(office: Office) -> None:
    await join(office, DUNG, KIM)
    await confirmed(office, session("s1"))
    button = to_open(await history(office), "s1")
    with pytest.raises(Forbidden):
        await office.own_list.open_own(actor(KIM), button, office.cause())


async def test_what_is_taken_along_is_ones_own_alone(office: Office) -> None:
    await join(office, DUNG, KIM)
    await confirmed(office, session("s1"), session("s2", KIM))
    own = await office.own_list.take_along(actor(DUNG))

    assert [one.id for one in own.sessions] == ["s1"]


async def test_with_nothing_to_take_along_it_is_said_so(office: Office) -> None:
    await join(office, DUNG)
    with pytest.raises(Refusal) as refused:
        await office.own_list.take_along(actor(DUNG))

    assert refused.value.key == "own.nothing_yet"
