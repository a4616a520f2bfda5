"""/lich shows a week: what went, what comes, and the ways to stop it."""

from datetime import date, timedelta

import pytest

from domain.errors import Forbidden
from domain.model.broadcast import BroadcastState
from tests.integration.storage.cast import BINH, CHI, GIANG, HANH, NOW
from tests.integration.usecases.office import Office, actor, pick, press
from tests.integration.usecases.story import approve
from tests.integration.usecases.test_schedule import DAILY, MONDAYS, local


async def test_a_week_shows_what_went_out_and_what_comes(office: Office) -> None:
    await approve(office)
    await office.go_round()
    await approve(office, send_at=NOW + timedelta(hours=5))
    done, ahead = (await office.week.show_week(actor(BINH))).lines

    assert done.broadcast is not None
    assert ahead.broadcast is not None
    assert (done.broadcast.state, done.sent) == (BroadcastState.FINISHED, 2)
    assert (ahead.broadcast.state, ahead.sent) == (BroadcastState.PLANNED, 0)


async def test_what_recurs_shows_every_time_of_the_week_once(office: Office) -> None:
    await approve(office, recurrence=DAILY)
    this = await office.week.show_week(actor(BINH))
    following = await office.week.show_week(actor(BINH), 1)

    before = await office.week.show_week(actor(BINH), -1)

    assert [line.at for line in this.lines] == [local(day, 10) for day in range(20, 27)]
    assert [line.at for line in following.lines][:4] == [local(day, 10) for day in range(27, 31)]
    assert (following.first_day, following.last_day) == (date(2026, 11, 27), date(2026, 12, 3))
    assert before.lines == ()


async def test_what_was_stopped_shows_no_time_to_come(office: Office) -> None:
    broadcast = await approve(office, recurrence=MONDAYS)
    week = await office.week.show_week(actor(BINH))
    button = press(week.buttons, "bulletin:stop")
    await office.release.stop_bulletin(actor(BINH), button.subject, office.cause())
    after = await office.week.show_week(actor(BINH))

    assert button.subject == broadcast.bulletin_id
    assert [line.broadcast and line.broadcast.state for line in after.lines] == [
        BroadcastState.STOPPED
    ]
    assert pick(after.buttons, "bulletin:stop") is None


async def test_a_bulletin_with_many_times_has_one_button_to_stop_it(office: Office) -> None:
    await approve(office, recurrence=DAILY)
    week = await office.week.show_week(actor(BINH))

    assert sum(button.action == "bulletin:stop" for button in week.buttons) == 1
    assert week.number_of(week.lines[3].bulletin_id) == 1


async def test_the_next_ten_times_are_a_press_away(office: Office) -> None:
    await approve(office, recurrence=MONDAYS)
    button = press((await office.week.show_week(actor(BINH))).buttons, "plan:fires")
    _, fires = await office.week.show_fires(actor(BINH), button, office.cause())

    assert fires == tuple(local(23, 7) + n * timedelta(days=7) for n in range(10))


async def test_another_commune_sees_neither_week_nor_times(office: Office) -> None:
    await approve(office, recurrence=MONDAYS)
    button = press((await office.week.show_week(actor(BINH))).buttons, "plan:fires")

    assert (await office.week.show_week(actor(CHI))).lines == ()
    with pytest.raises(Forbidden):
        await office.week.show_fires(actor(CHI), button, office.cause())


async def test_the_plan_is_not_for_everybody(office: Office) -> None:
    with pytest.raises(Forbidden):
        await office.week.show_week(actor(GIANG))


async def test_a_long_week_says_how_much_it_leaves_out(office: Office) -> None:
    for hour in range(5):
        await approve(office, recurrence=DAILY, text=f"Bản tin số {hour}.")
    week = await office.week.show_week(actor(BINH))

    assert (len(week.lines), week.left_out) == (20, 15)


async def test_the_way_to_the_calendar_is_shown_to_those_who_may(office: Office) -> None:
    hers = await office.week.show_week(actor(HANH))
    his = await office.week.show_week(actor(BINH))

    assert pick(hers.buttons, "calendar:open") is not None
    assert pick(his.buttons, "calendar:open") is None
