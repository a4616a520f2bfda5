"""/lich: what went and what comes, what meets in one group, what waits, and where nothing comes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors import Forbidden
from domain.model.button import Button
from domain.model.chat import GroupKind
from domain.model.plan import PlanState
from domain.model.reach import Reach
from domain.model.series import Series
from domain.usecases.copy_bulletin import CopyBulletin
from domain.usecases.show_plan import ENTRIES_SHOWN
from domain.usecases.watch_plan import CarePage, WatchPlan
from tests.integration.storage.cast import AN, BINH, CHI, GIANG, HANH, LATER, NOW, QUARTER_GROUP
from tests.integration.usecases.office import Office, actor, pick, press
from tests.integration.usecases.pictures import approve_with_pictures
from tests.integration.usecases.plans import offered, opened
from tests.integration.usecases.story import approve, submit
from tests.integration.usecases.test_schedule import DAILY, MONDAYS, local

SOON = NOW + timedelta(hours=5)


def button(action: str, choice: str) -> Button:
    return Button("b", action, "plan", choice, 1, f"person:{BINH.id}", LATER)


async def care(office: Office) -> CarePage:
    watching = WatchPlan(office.memory, office.clock, office.ids)
    return await watching.show_care(actor(BINH), office.cause())


async def test_a_week_shows_what_went_out_and_what_comes(office: Office) -> None:
    await approve(office)
    await office.go_round()
    await approve(office, send_at=SOON)
    page = await office.plan.show_week(actor(BINH))

    assert [one.state for one in page.entries] == [PlanState.SENT, PlanState.PLANNED]
    assert set(page.sizes.values()) == {2}


async def test_what_recurs_shows_every_time_of_the_week_once(office: Office) -> None:
    await approve(office, recurrence=DAILY)
    this = await office.plan.show_week(actor(BINH))
    following = await office.plan.show_week(actor(BINH), 1)
    before = await office.plan.show_week(actor(BINH), -1)

    assert [one.fire.at for one in this.entries] == [local(day, 10) for day in range(20, 27)]
    assert following.entries[0].fire.at == local(27, 10)
    assert (following.first_day, following.last_day) == (date(2026, 11, 27), date(2026, 12, 3))
    assert before.entries == ()


async def test_what_was_stopped_shows_no_time_to_come(office: Office) -> None:
    broadcast = await approve(office, recurrence=MONDAYS)
    stop = press((await opened(office, BINH, broadcast)).buttons, "bulletin:stop")
    await office.release.stop_bulletin(actor(BINH), stop.subject, office.cause())
    page = await office.plan.show_week(actor(BINH))

    assert [one.state for one in page.entries] == [PlanState.STOPPED]
    assert "bulletin:stop" not in await offered(office, BINH, broadcast)


async def test_a_later_time_of_what_recurs_is_opened_as_well(office: Office) -> None:
    await approve(office, recurrence=DAILY)
    page = await office.plan.show_week(actor(BINH))
    last = [b for b in page.buttons if b.action == "plan:open"][-1]
    entry = await office.planned.open(actor(BINH), last, office.cause())

    assert (entry.broadcast, entry.at) == (None, local(26, 10))
    assert pick(entry.buttons, "bulletin:stop") is not None


async def test_the_next_ten_times_are_a_press_away(office: Office) -> None:
    broadcast = await approve(office, recurrence=MONDAYS)
    pressed = press((await opened(office, BINH, broadcast)).buttons, "plan:fires")
    _, fires = await office.planned.show_fires(actor(BINH), pressed, office.cause())

    assert fires == tuple(local(23, 7) + n * timedelta(days=7) for n in range(10))


async def test_another_commune_sees_neither_plan_nor_entry_nor_receipts(office: Office) -> None:
    broadcast = await approve(office, recurrence=MONDAYS)
    pressed = press((await opened(office, BINH, broadcast)).buttons, "plan:fires")

    assert (await office.plan.show_week(actor(CHI))).entries == ()
    with pytest.raises(Forbidden):
        await opened(office, CHI, broadcast)
    with pytest.raises(Forbidden):
        await office.planned.show_fires(actor(CHI), pressed, office.cause())
    with pytest.raises(Forbidden):
        await office.planned.show_receipts(actor(CHI), replace(pressed, choice=broadcast.id))


async def test_the_plan_is_not_for_everybody(office: Office) -> None:
    for show in (office.plan.show_week(actor(GIANG)), care_of(office)):
        with pytest.raises(Forbidden):
            await show


async def care_of(office: Office) -> None:
    await WatchPlan(office.memory, office.clock, office.ids).show_care(actor(GIANG))


async def test_a_crowded_week_counts_its_days_and_each_day_has_pages(office: Office) -> None:
    for hour in range(5):
        await approve(office, recurrence=DAILY, text=f"Bản tin số {hour}.")
    week = await office.plan.show_week(actor(BINH))
    day = await office.plan.show_day(actor(BINH), press(week.buttons, "plan:day", "2026-11-21/0"))

    assert (week.entries, len(week.counts)) == ((), 7)
    assert sum(week.counts.values()) == 35 > ENTRIES_SHOWN
    assert [one.fire.at for one in day.entries] == [local(21, 10)] * 5


async def test_a_month_counts_its_days(office: Office) -> None:
    await approve(office, recurrence=MONDAYS)
    month = await office.plan.show_month(actor(BINH), button("plan:month", "2026-12"))

    assert {day.day for day in month.counts} == {7, 14, 21, 28}
    assert set(month.counts.values()) == {1}


async def test_the_way_to_the_calendar_is_shown_to_those_who_may(office: Office) -> None:
    hers = await office.plan.show_week(actor(HANH))
    his = await office.plan.show_week(actor(BINH))

    assert pick(hers.buttons, "calendar:open") is not None
    assert pick(his.buttons, "calendar:open") is None


async def test_an_entry_says_who_wrote_and_who_agreed(office: Office) -> None:
    entry = await opened(office, BINH, await approve(office, send_at=SOON))

    assert entry.author.id == AN.id
    assert [person.id for person, _ in entry.agreed] == [BINH.id]
    assert entry.asked == ()


async def test_two_bulletins_in_one_group_within_the_hour_are_marked(office: Office) -> None:
    first = await approve(office, send_at=SOON)
    await approve(office, send_at=SOON + timedelta(minutes=59))
    await approve(office, send_at=SOON + timedelta(hours=2))
    page = await office.plan.show_week(actor(BINH))
    entry = await opened(office, BINH, first)

    assert [one.fire in page.clashes for one in page.entries] == [True, True, False]
    assert [(one.at, one.groups) for one in entry.met] == [(SOON + timedelta(minutes=59), 2)]


async def test_bulletins_that_share_no_group_do_not_meet(office: Office) -> None:
    async with office.file.begin() as work:
        await work.chats.describe(replace(QUARTER_GROUP, kind=GroupKind.WOMEN))
        await work.commit()
    await approve(office, send_at=SOON, reach=Reach((GroupKind.WOMEN,)))
    await approve(office, send_at=SOON, reach=Reach((GroupKind.HAMLET,)))

    assert (await office.plan.show_week(actor(BINH))).clashes == {}


async def test_what_waits_is_shown_with_whom_it_waits_for(office: Office) -> None:
    await submit(office, send_at=SOON)
    page, watched = await office.plan.show_week(actor(BINH)), await care(office)

    assert [one.state for one in page.entries] == [PlanState.WAITING]
    assert page.waiting == 1
    assert [person.id for person in watched.waiting[0].asked] == [BINH.id]
    assert watched.waiting[0].is_overdue


async def test_what_waits_for_a_time_far_off_is_not_overdue(office: Office) -> None:
    await submit(office, send_at=NOW + timedelta(days=3))

    assert not (await care(office)).waiting[0].is_overdue


async def test_a_pair_that_meets_is_named_once(office: Office) -> None:
    await approve(office, send_at=SOON)
    await approve(office, send_at=SOON)
    watched = await care(office)

    assert (watched.clashes_in_all, watched.clashes[0][1].groups) == (1, 2)


async def test_a_stretch_without_anything_is_a_gap_of_its_unit(office: Office) -> None:
    await approve(office, send_at=NOW + timedelta(days=10))
    ours = [gap for unit, gap in (await care(office)).gaps if unit.name == "Ninh Kiều"]

    assert [(gap.first, gap.last) for gap in ours] == [
        (date(2026, 11, 20), date(2026, 11, 29)),
        (date(2026, 12, 1), date(2026, 12, 17)),
    ]


async def test_what_recurs_daily_leaves_no_gap(office: Office) -> None:
    await approve(office, recurrence=DAILY)

    assert "Ninh Kiều" not in [unit.name for unit, _ in (await care(office)).gaps]


async def test_a_part_before_an_earlier_one_is_marked(office: Office) -> None:
    await approve(office, send_at=NOW + timedelta(days=2), series=Series("Sốt", 1, 2))
    await approve(office, send_at=NOW + timedelta(days=1), series=Series("Sốt", 2, 2))
    page = await office.plan.show_week(actor(BINH))

    assert [one.fire in page.disordered for one in page.entries] == [True, False]


async def test_the_next_part_begins_with_the_audience_and_without_words(office: Office) -> None:
    broadcast = await approve(office, series=Series("Sốt", 1, 2))
    copying = CopyBulletin(office.memory, office.clock, office.ids)
    draft_id = await copying.next_part(actor(AN), broadcast.bulletin_id, office.cause())
    async with office.file.begin() as work:
        draft = await work.bulletins.draft(draft_id)

    assert (draft.text, draft.series) == ("", Series("Sốt", 2, 2))
    assert draft.source == "Công văn 12/UBND"


async def test_a_copy_has_the_same_files_and_the_next_part_none(office: Office) -> None:
    broadcast = await approve_with_pictures(office, series=Series("Sốt", 1, 2))
    copying = CopyBulletin(office.memory, office.clock, office.ids)
    copied = await copying.copy(actor(AN), broadcast.bulletin_id, office.cause())
    following = await copying.next_part(actor(AN), broadcast.bulletin_id, office.cause())
    async with office.file.begin() as work:
        old = await work.bulletins.draft(broadcast.bulletin_id)
        copy, part = await work.bulletins.draft(copied), await work.bulletins.draft(following)

    assert (len(copy.attachments), copy.attachments) == (3, old.attachments)
    assert part.attachments == ()


async def test_a_copy_says_the_same_and_has_no_time(office: Office) -> None:
    broadcast = await approve(office, send_at=SOON)
    copying = CopyBulletin(office.memory, office.clock, office.ids)
    draft_id = await copying.copy(actor(AN), broadcast.bulletin_id, office.cause())
    async with office.file.begin() as work:
        old, draft = (
            await work.bulletins.draft(broadcast.bulletin_id),
            await work.bulletins.draft(draft_id),
        )

    assert (draft.text, draft.send_at, draft.version) == (old.text, None, 1)
    with pytest.raises(Forbidden):
        await copying.copy(actor(BINH), broadcast.bulletin_id, office.cause())
