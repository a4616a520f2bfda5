"""What goes wrong with one broadcast at a tick of the clock is its own trouble alone."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from domain.errors import MemoryLost
from domain.model.broadcast import Broadcast, BroadcastState
from domain.usecases.one_by_one import one_by_one
from tests.integration.storage.cast import AN
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import approve
from tests.integration.usecases.test_schedule import DAILY

Both = tuple[Broadcast, Broadcast]
Tick = Callable[[], Awaitable[object]]
OTHER_TEXT = "Lịch tiêm chủng tháng 12."


def spoil(office: Office, broadcast: Broadcast) -> None:
    """No tampering that we know: something that cannot be read at all."""
    office.past_the_rules(
        "a_revision_never_changes",
        "UPDATE revision SET field = 'nothing' WHERE id = ?",
        broadcast.revision_id,
    )


async def state(office: Office, broadcast: Broadcast) -> BroadcastState:
    async with office.memory.begin() as work:
        return (await work.broadcasts.get(broadcast.id)).state


async def both_approved(office: Office) -> Both:
    at = office.clock.now() + timedelta(hours=1)
    both = await approve(office, send_at=at), await approve(office, text=OTHER_TEXT, send_at=at)
    office.wait(hours=1)
    return both


async def goes_wrong(tick: Tick) -> None:
    with pytest.raises(ExceptionGroup) as trouble:
        await tick()
    assert trouble.group_contains(ValueError, match="nothing")


@pytest.fixture(params=[0, 1], ids=["first", "second"])
def spoiled(request: pytest.FixtureRequest) -> int:
    """Which of two is the broken one: whichever comes first, the other has its turn."""
    return int(request.param)


async def test_one_that_cannot_be_released_holds_up_no_other(office: Office, spoiled: int) -> None:
    both = await both_approved(office)
    spoil(office, both[spoiled])
    await goes_wrong(office.release.release_due)

    assert await state(office, both[spoiled]) is BroadcastState.PLANNED
    assert await state(office, both[1 - spoiled]) is BroadcastState.RELEASED


async def test_one_that_cannot_be_lined_up_holds_up_no_other(office: Office, spoiled: int) -> None:
    both = await both_approved(office)
    await office.release.release_due()
    spoil(office, both[spoiled])
    await goes_wrong(office.line_up.line_up_released)

    lined_up = office.sql("SELECT DISTINCT origin_id FROM outbox WHERE origin_kind = 'broadcast'")
    assert lined_up == [(both[1 - spoiled].id,)]


async def test_one_that_cannot_be_finished_holds_up_no_other(office: Office, spoiled: int) -> None:
    both = await both_approved(office)
    await office.let_go()
    await office.send_all()
    spoil(office, both[spoiled])
    await goes_wrong(office.release.finish_settled)

    assert await state(office, both[spoiled]) is BroadcastState.RELEASED
    assert await state(office, both[1 - spoiled]) is BroadcastState.FINISHED


async def test_one_that_cannot_be_planned_holds_up_no_other(office: Office, spoiled: int) -> None:
    both = (
        await approve(office, recurrence=DAILY),
        await approve(office, recurrence=DAILY, text=OTHER_TEXT),
    )
    office.wait(days=1)
    await office.let_go()
    spoil(office, both[spoiled])
    await goes_wrong(office.schedule.plan_next)

    planned = office.sql("SELECT revision_id FROM broadcast WHERE state = 'planned'")
    assert planned == [(both[1 - spoiled].revision_id,)]


async def test_one_that_cannot_be_taken_back_holds_up_no_other(
    office: Office, spoiled: int
) -> None:
    both = await both_approved(office)
    await office.go_round()
    for broadcast in both:
        bulletin_id = broadcast.bulletin_id
        await office.withdraw.withdraw_bulletin(actor(AN), bulletin_id, office.cause())
    await office.take_back.delete_expired()
    spoil(office, both[spoiled])
    before = len(office.gateway.to(private(AN)))
    await goes_wrong(office.withdraw.follow_up)
    await office.send_all()

    assert len(office.gateway.to(private(AN))) == before + 1


async def test_a_database_that_is_away_is_nobodys_own_trouble() -> None:
    tried = []

    async def act(thing: str) -> None:
        tried.append(thing)
        raise MemoryLost

    with pytest.raises(MemoryLost):
        await one_by_one(["first", "second"], act)
    assert tried == ["first"]
