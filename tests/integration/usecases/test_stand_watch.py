"""One process at a time sends for a bot; a dead one is replaced, a frozen one does no harm."""

import asyncio
from dataclasses import replace

import pytest

from domain.model.delivery import EntryState
from domain.model.duty import EVERY, STILL, of_bot
from domain.usecases.stand_watch import StandWatch
from handlers.telegram import on_duty
from handlers.telegram.on_duty import OnDuty
from tests.integration.storage.cast import BOT, GROUP
from tests.integration.usecases.office import Office
from tests.integration.usecases.story import release

WARD_CHAT = GROUP.address.chat


def process(office: Office, me: str, alone: bool = False) -> StandWatch:
    return StandWatch(office.memory, office.clock, of_bot(BOT), me, alone)


@pytest.fixture
async def first(office: Office) -> StandWatch:
    watch = process(office, "first")
    assert await watch.take()
    return watch


async def test_a_second_process_waits_while_the_first_lives(
    office: Office, first: StandWatch
) -> None:
    second = process(office, "second")
    for _ in range(10):
        assert not await second.take()
        office.wait(seconds=EVERY)
        assert await first.beat()


async def test_a_dead_process_is_replaced_after_a_few_seconds(
    office: Office, first: StandWatch
) -> None:
    second = process(office, "second")
    assert not await second.take()
    office.wait(seconds=STILL - 0.1)
    assert not await second.take()

    office.wait(seconds=0.1)
    assert await second.take()
    assert not await first.beat()


async def test_whoever_leaves_need_not_be_waited_for(office: Office, first: StandWatch) -> None:
    await first.leave()

    assert await process(office, "second").take()


async def test_where_no_other_process_can_be_nobody_is_waited_for(
    office: Office, first: StandWatch
) -> None:
    assert await process(office, "after the crash", alone=True).take()


async def test_a_clock_that_jumps_makes_nobody_take_over(
    office: Office, first: StandWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = process(office, "second")
    monkeypatch.setattr(type(office.clock), "monotonic", lambda _: 1000.0)
    assert not await second.take()
    office.wait(hours=3)

    assert not await second.take()


async def test_a_process_that_was_replaced_while_frozen_claims_nothing(
    office: Office, first: StandWatch
) -> None:
    await release(office)
    second = process(office, "second")
    await second.take()
    office.wait(seconds=STILL)
    await second.take()
    frozen = replace(office.deliver, watch=first)

    assert (await frozen.go_round([], 2)).claimed == ()
    assert len((await replace(office.deliver, watch=second).go_round([], 2)).claimed) == 2


async def test_what_a_dead_process_had_in_hand_is_uncertain_for_the_next(
    office: Office, first: StandWatch
) -> None:
    await release(office)
    await replace(office.deliver, watch=first).go_round([], 1)
    await office.deliver.recover_lapsed(at_start=True)

    assert sorted((await office.states()).values()) == [EntryState.QUEUED, EntryState.UNCERTAIN]
    assert office.gateway.to(WARD_CHAT) == []


async def test_whoever_stops_stays_on_duty_until_its_sends_have_ended(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_duty, "EVERY", 0.01)
    begun, answered = asyncio.Event(), asyncio.Event()

    async def send() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await answered.wait()

    duty = asyncio.create_task(OnDuty(process(office, "first"), send).run())
    await begun.wait()
    duty.cancel()
    for _ in range(2):
        await another_beat(office)
    answered.set()
    await asyncio.wait({duty})


async def another_beat(office: Office) -> None:
    last = office.sql("SELECT beat FROM duty")
    async with asyncio.timeout(20):
        while office.sql("SELECT beat FROM duty") == last:  # noqa: ASYNC110 - another's row
            await asyncio.sleep(0.01)
