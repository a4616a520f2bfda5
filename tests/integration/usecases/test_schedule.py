"""What recurs goes out each time it was approved for, however often the process was down."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest

from domain.clock import LOCAL_ZONE
from domain.errors import LostRace, Refusal
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.recurrence import Cadence, HolidayRule, Recurrence
from domain.usecases.schedule import Schedule
from handlers.periods import office_words
from storage.open import open_main
from tests.integration.storage.cast import AN, BINH, GROUP, NOW
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import approve, review_button, submit, write

WORDS = office_words()
WARD_CHAT = GROUP.address.chat
TODAY = date(2026, 11, 20)
DAILY = Recurrence(Cadence.DAILY, time(10), TODAY)
MONDAYS = Recurrence(Cadence.WEEKLY, time(7), TODAY, frozenset({0}))
TWICE = replace(DAILY, until=date(2026, 11, 21))


def local(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=LOCAL_ZONE)


async def broadcasts(office: Office, bulletin_id: str) -> list[tuple[datetime, BroadcastState]]:
    async with office.memory.begin() as work:
        found = await work.broadcasts.of_bulletin(bulletin_id)
    return [(one.planned_at, one.state) for one in found]


async def state(office: Office, broadcast: Broadcast) -> BulletinState:
    async with office.memory.begin() as work:
        return (await work.bulletins.get(broadcast.bulletin_id)).state


async def pass_time(office: Office, until: datetime, step: timedelta) -> None:
    while office.clock.moment < until:
        office.clock.moment += step
        await office.go_round()


async def test_approving_plans_the_first_time(office: Office) -> None:
    broadcast = await approve(office, recurrence=MONDAYS)

    assert broadcast.planned_at == local(23, 7)
    assert broadcast.not_after == local(24, 7)


async def test_it_goes_out_each_time_and_stays_approved(office: Office) -> None:
    broadcast = await approve(office, recurrence=DAILY)
    await pass_time(office, local(23, 11), timedelta(hours=1))

    assert len(office.gateway.to(WARD_CHAT)) == 4
    assert await state(office, broadcast) is BulletinState.APPROVED
    planned = await broadcasts(office, broadcast.bulletin_id)
    assert [at for at, _ in planned] == [local(day, 10) for day in range(20, 25)]


async def test_after_the_last_time_the_bulletin_is_sent(office: Office) -> None:
    broadcast = await approve(office, recurrence=TWICE)
    await pass_time(office, local(22, 11), timedelta(hours=1))

    assert len(office.gateway.to(WARD_CHAT)) == 2
    assert await state(office, broadcast) is BulletinState.SENT


async def test_a_bulletin_whose_every_time_was_missed_has_expired(office: Office) -> None:
    broadcast = await approve(office, recurrence=TWICE)
    office.wait(days=5)
    await office.go_round()

    assert office.gateway.to(WARD_CHAT) == []
    assert await state(office, broadcast) is BulletinState.EXPIRED


async def test_after_downtime_one_time_is_made_up_for_and_no_more(office: Office) -> None:
    broadcast = await approve(office, recurrence=DAILY, good_for=timedelta(days=7))
    await office.restart()
    office.clock.moment = local(25, 12)
    for _ in range(5):
        await office.go_round()

    assert len(office.gateway.to(WARD_CHAT)) == 1
    planned = await broadcasts(office, broadcast.bulletin_id)
    assert [at for at, _ in planned] == [local(20, 10), local(26, 10)]


async def test_a_time_that_is_too_old_is_left_out_and_the_next_one_comes(office: Office) -> None:
    broadcast = await approve(office, recurrence=DAILY)
    office.clock.moment = local(25, 12)
    await office.go_round()

    assert await broadcasts(office, broadcast.bulletin_id) == [
        (local(20, 10), BroadcastState.EXPIRED),
        (local(26, 10), BroadcastState.PLANNED),
    ]
    assert await state(office, broadcast) is BulletinState.APPROVED
    assert "Những lần sau vẫn theo lịch" in office.gateway.to(private(AN))[-1].markup


async def test_two_processes_plan_each_time_once(office: Office) -> None:
    broadcast = await approve(office, recurrence=DAILY)
    office.wait(hours=2)
    await office.release.release_due()
    other = await open_main(office.databases.main, office.clock)
    rooms = (office.clock, office.ids, office.letterhead)
    await asyncio.gather(
        *(Schedule(memory, *rooms).plan_next() for memory in (office.file, other) * 4)
    )
    await other.close()

    planned = [at for at, _ in await broadcasts(office, broadcast.bulletin_id)]
    assert planned == [local(20, 10), local(21, 10)]


async def test_planning_again_and_again_plans_nothing_more(office: Office) -> None:
    broadcast = await approve(office, recurrence=DAILY)

    assert [await office.schedule.plan_next() for _ in range(3)] == [0, 0, 0]
    assert len(await broadcasts(office, broadcast.bulletin_id)) == 1


@pytest.mark.parametrize("hours", [0, 1, 30])
async def test_a_stop_ends_all_times_to_come(office: Office, hours: int) -> None:
    broadcast = await approve(office, recurrence=DAILY)
    await pass_time(office, NOW + timedelta(hours=hours), timedelta(hours=1))
    await office.release.stop_bulletin(actor(BINH), broadcast.bulletin_id, office.cause())
    sent = len(office.gateway.to(WARD_CHAT))
    await pass_time(office, NOW + timedelta(days=5), timedelta(hours=6))

    assert len(office.gateway.to(WARD_CHAT)) == sent
    assert await state(office, broadcast) is BulletinState.STOPPED


async def test_between_two_times_it_can_be_stopped_as_well(office: Office) -> None:
    broadcast = await approve(office, recurrence=DAILY)
    office.wait(hours=1)
    await office.release.release_due()
    await office.send_all()
    await office.release.finish_settled()
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())

    assert await office.schedule.plan_next() == 0


async def test_what_was_stopped_cannot_be_stopped_again(office: Office) -> None:
    broadcast = await approve(office, recurrence=DAILY)
    await office.release.stop_bulletin(actor(AN), broadcast.bulletin_id, office.cause())

    with pytest.raises(LostRace):
        await office.release.stop_bulletin(actor(BINH), broadcast.bulletin_id, office.cause())


async def test_author_and_approver_see_the_next_ten_times(office: Office) -> None:
    preview = await office.compose.preview_bulletin(
        actor(AN), await write(office, recurrence=MONDAYS), office.cause()
    )
    await office.submit.submit_bulletin(actor(AN), preview.draft.bulletin_id, office.cause())
    await office.send_all()
    card = office.gateway.to(private(BINH))[-1].markup

    assert len(preview.fires) == 10
    assert all(WORDS.moment(fire) in card for fire in preview.fires)
    assert [later - sooner for sooner, later in pairwise(preview.fires)] == [timedelta(days=7)] * 9


async def test_what_was_shown_is_what_happens(office: Office) -> None:
    preview = await office.compose.preview_bulletin(
        actor(AN), await write(office, recurrence=DAILY), office.cause()
    )
    await office.submit.submit_bulletin(actor(AN), preview.draft.bulletin_id, office.cause())
    await office.review.approve_bulletin(actor(BINH), await review_button(office), office.cause())
    await pass_time(office, preview.fires[4], timedelta(minutes=30))

    planned = await broadcasts(office, preview.draft.bulletin_id)
    assert [at for at, _ in planned] == list(preview.fires[:6])


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        (replace(DAILY, until=date(2026, 11, 19)), "recurrence.never"),
        (replace(MONDAYS, days=frozenset()), "recurrence.no_days"),
    ],
)
async def test_what_would_never_go_out_changes_nothing(
    office: Office, rule: Recurrence, key: str
) -> None:
    bulletin_id = await write(office)
    with pytest.raises(Refusal) as refused:
        await office.compose.change_draft(
            actor(AN), bulletin_id, office.cause(), send_at=None, recurrence=rule
        )

    assert refused.value.key == key
    async with office.memory.begin() as work:
        assert (await work.bulletins.draft(bulletin_id)).recurrence is None


async def test_a_rule_that_ran_out_in_review_cannot_be_approved(office: Office) -> None:
    submission = await submit(office, recurrence=TWICE)
    button = await review_button(office)
    office.wait(days=3)
    with pytest.raises(Refusal) as refused:
        await office.review.approve_bulletin(actor(BINH), button, office.cause())

    assert refused.value.key == "recurrence.never"
    assert await broadcasts(office, submission.frozen.revision.bulletin_id) == []


async def test_a_rule_that_was_tampered_with_plans_nothing_more(office: Office) -> None:
    broadcast = await approve(office, recurrence=MONDAYS)
    office.clock.moment = local(23, 8)
    await office.release.release_due()
    office.past_the_rules(
        "a_revision_never_changes",
        "UPDATE revision SET recurrence = replace(recurrence, 'weekly', 'daily')",
    )
    await office.schedule.plan_next()

    assert len(await broadcasts(office, broadcast.bulletin_id)) == 1
    assert await state(office, broadcast) is BulletinState.WITHDRAWN
    assert (await office.record())[-1].event.detail == "tampered"


async def test_one_time_becomes_the_first_of_many_by_a_button(office: Office) -> None:
    preview = await office.compose.preview_bulletin(
        actor(AN), await write(office, send_at=local(23, 7)), office.cause()
    )
    button = press(preview.buttons, "compose:weekly")
    changed = await office.set_time.repeat_weekly(actor(AN), button, office.cause())

    assert changed.draft.recurrence == replace(MONDAYS, first_on=date(2026, 11, 23))
    assert (changed.draft.send_at, changed.fires[0]) == (None, local(23, 7))


async def test_the_holiday_rule_is_chosen_by_a_button(office: Office) -> None:
    bulletin_id = await write(office, recurrence=DAILY)
    asked = await office.compose.ask_field(actor(AN), bulletin_id, "on_holiday", office.cause())
    button = press(asked.buttons, "compose:on_holiday", "skip")
    changed = await office.set_time.choose_holiday_rule(actor(AN), button, office.cause())

    assert changed.draft.recurrence == replace(DAILY, on_holiday=HolidayRule.SKIP)
