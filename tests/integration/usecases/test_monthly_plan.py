"""A supervisor's plan for a month: set here or above, kept as history, and nobody else's to set."""

import pytest

from domain.errors import AlreadyProcessed, Forbidden, Refusal
from domain.model.access import Grant, Person, Role
from domain.model.unit import Unit
from domain.usecases.review_activity import SHOW_PLAN
from domain.usecases.set_monthly_plan import EARLIER_SHOWN, PlanPage
from tests.integration.storage.cast import AN, CITY, GIANG, HANH, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.communicators import DUNG, join
from tests.integration.usecases.office import Office, actor, press

KHANH = Person("khanh", "Khánh", "telegram:120", (Grant(Role.SUPERVISOR, OTHER_WARD.id),))


async def plan(office: Office, typed: str, unit: Unit = WARD, who: Person = HANH) -> PlanPage:
    return await office.monthly_plan.set_plan(actor(who), unit.id, typed, office.cause())


async def shown(office: Office, unit: Unit = WARD, who: Person = HANH) -> PlanPage:
    month = await office.activity.show_month(actor(who), unit.id, 0, office.cause())
    button = press(month.buttons, SHOW_PLAN)
    return await office.monthly_plan.show_plan(actor(who), button, office.cause())


async def test_a_plan_is_the_own_units_or_that_of_the_nearest_above(office: Office) -> None:
    assert (await shown(office)).plan is None
    await plan(office, "2", CITY)
    inherited = await shown(office, QUARTER)
    await plan(office, "4", WARD)
    nearer = await shown(office, QUARTER)

    assert [page.plan and page.plan.sessions for page in (inherited, nearer)] == [2, 4]
    assert [page.set_at for page in (inherited, nearer)] == [CITY, WARD]
    assert (await shown(office, OTHER_WARD)).set_at == CITY


async def test_nought_follows_the_unit_above_again(office: Office) -> None:
    await plan(office, "2", CITY)
    await plan(office, "4", WARD)
    page = await plan(office, "0", WARD)

    assert (page.set_at, [one.sessions for one in page.own]) == (CITY, [0, 4])


async def test_what_was_set_before_stays_in_sight_the_newest_first(office: Office) -> None:
    for typed in range(1, EARLIER_SHOWN + 3):
        await plan(office, str(typed))
        office.wait(days=31)

    own = (await shown(office)).own
    assert [one.sessions for one in own] == list(range(EARLIER_SHOWN + 2, 2, -1))


async def test_only_whoever_supervises_a_unit_sets_its_plan(office: Office) -> None:
    await join(office, DUNG, KHANH)
    for person in (AN, GIANG, DUNG, KHANH):
        with pytest.raises(Forbidden):
            await plan(office, "4", WARD, person)

    assert (await plan(office, "4", OTHER_WARD, KHANH)).plan is not None


@pytest.mark.parametrize("typed", ["-5", "1000000000", "nhiều"])
async def test_what_can_be_no_plan_changes_nothing(office: Office, typed: str) -> None:
    await plan(office, "3")
    before = await office.record()
    with pytest.raises(Refusal):
        await plan(office, typed)

    page = await shown(office)
    assert page.plan
    assert page.plan.sessions == 3
    assert await office.record() == before


async def test_the_record_says_where_from_when_and_how_many(office: Office) -> None:
    await plan(office, "4")
    event = (await office.record())[-1].event

    assert (event.subject, event.detail) == (WARD.id, "from=2026-11-01 sessions=4")


async def test_a_replay_sets_nothing_twice(office: Office) -> None:
    cause = office.cause()
    await office.monthly_plan.set_plan(actor(HANH), WARD.id, "4", cause)
    with pytest.raises(AlreadyProcessed):
        await office.monthly_plan.set_plan(actor(HANH), WARD.id, "4", cause)

    assert len((await shown(office)).own) == 1
