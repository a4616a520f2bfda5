"""A turn for everybody: people first, holds kept, nobody in another's way, no burst at a start."""

import asyncio
from math import inf

import pytest

from channels.pacer import Limits, NoTurnSoon, Pacer, Stopped
from domain.model.delivery import Lane
from tests.unit.channels.simulated_time import Send, SimulatedTime, paced

LIMITS = Limits()
PATIENT = Limits(longest_wait=inf)


def test_people_overtake_emergencies_and_emergencies_overtake_bulk() -> None:
    bulk = [Send(0, f"nhom-{number}", Lane.BULK) for number in range(5)]
    later = [Send(0.05, "khan-cap", Lane.PRIORITY), Send(0.05, "Em", Lane.PERSON)]

    chats = paced([*bulk, *later], LIMITS).chats()

    assert chats == ["nhom-0", "nhom-1", "Em", "khan-cap", "nhom-2", "nhom-3", "nhom-4"]


def test_a_chat_that_must_wait_stands_in_nobodys_way() -> None:
    sends = [Send(0, "nhom"), Send(0, "nhom", Lane.PERSON), Send(0, "nhom-2")]

    assert paced(sends, LIMITS).times("nhom-2")[0] - 1000 < 0.1


async def test_a_held_chat_waits_and_others_do_not() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)

    pacer.hold("nhom", 7)

    assert pacer.wait("nhom") == pytest.approx(7)
    assert pacer.wait("nhom-2") == 0


async def test_three_chats_asking_for_silence_silence_the_bot_for_the_shortest() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)

    for chat, seconds in (("nhom-1", 10_072), ("nhom-2", 4), ("nhom-3", 5)):
        pacer.hold(chat, seconds)

    assert pacer.wait("nhom-4") == pytest.approx(4)
    assert pacer.wait("nhom-1") == pytest.approx(10_072)


async def test_one_chat_asking_three_times_silences_nobody_else() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)

    for _ in range(3):
        pacer.hold("nhom", 5)

    assert pacer.wait("nhom-2") == 0


async def test_an_edit_waits_for_a_hold_and_not_for_the_window() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)
    await pacer.turn("Em", False, Lane.PERSON)
    time.now += 0.1

    await asyncio.wait_for(pacer.turn("Em", False, Lane.PERSON, adds=False), 1)

    pacer.hold("Em", 60)
    with pytest.raises(NoTurnSoon):
        await pacer.turn("Em", False, Lane.PERSON, adds=False)


async def test_a_wait_longer_than_a_claim_lasts_is_refused_at_once() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)
    pacer.hold("nhom", 40)

    with pytest.raises(NoTurnSoon) as refusal:
        await pacer.turn("nhom", True, Lane.BULK)

    assert refusal.value.seconds == pytest.approx(40)


async def test_a_hold_sends_away_who_already_waits() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)
    await pacer.turn("nhom", True, Lane.BULK)
    waiting = asyncio.ensure_future(pacer.turn("nhom", True, Lane.BULK))
    await asyncio.sleep(0)

    pacer.hold("nhom", 40)

    with pytest.raises(NoTurnSoon):
        await waiting
    await time.run()


async def test_stopping_ends_every_wait() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)
    await pacer.turn("nhom", True, Lane.BULK)
    waiting = asyncio.ensure_future(pacer.turn("nhom", True, Lane.BULK))
    await asyncio.sleep(0)

    pacer.stop()

    with pytest.raises(Stopped):
        await waiting
    with pytest.raises(Stopped):
        await pacer.turn("nhom-2", True, Lane.PERSON)
    await time.run()


async def test_who_gives_up_waiting_takes_no_turn() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)
    await pacer.turn("nhom", True, Lane.BULK)
    waiting = asyncio.ensure_future(pacer.turn("nhom", True, Lane.BULK))
    await asyncio.sleep(0)

    waiting.cancel()
    await time.run()

    assert waiting.cancelled()
    assert pacer.wait("nhom") == pytest.approx(0, abs=0.05)


async def test_the_wait_foretold_counts_those_before() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)
    waiting = [asyncio.ensure_future(pacer.turn("Em", False, Lane.PERSON)) for _ in range(3)]
    await asyncio.sleep(0)

    assert pacer.wait("Em") == pytest.approx(3, rel=0.05)
    await time.run()
    await asyncio.gather(*waiting)


def test_idle_chats_are_forgotten() -> None:
    time = SimulatedTime()
    pacer = Pacer(PATIENT, time.monotonic, time.call_later)

    async def send_to_many() -> None:
        for number in range(500):
            await pacer.turn(f"nhom-{number}", True, Lane.BULK)
            time.now += 1

    asyncio.run(send_to_many())

    assert len(pacer._chats) <= 2 * 61


async def test_a_person_is_not_sent_away_because_of_a_bulk_queue() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)
    bulk = [asyncio.ensure_future(pacer.turn(f"nhom-{n}", True, Lane.BULK)) for n in range(400)]
    await asyncio.sleep(0)

    person = asyncio.ensure_future(pacer.turn("Em", False, Lane.PERSON))
    await time.run()

    assert (await person).started - 1000 < 0.1
    outcomes = await asyncio.gather(*bulk, return_exceptions=True)
    assert any(isinstance(outcome, NoTurnSoon) for outcome in outcomes)


async def test_a_group_that_was_full_before_the_start_is_still_full() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)

    for number in range(20):
        pacer.remember("nhom", True, 50 - number)

    assert pacer.wait("nhom") == pytest.approx(10, abs=0.05)


async def test_a_bot_that_was_busy_before_the_start_does_not_burst() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)

    for number in range(30):
        pacer.remember(f"nhom-{number}", True, 0.9)

    assert pacer.wait("nhom-30") == pytest.approx(0.1, abs=0.05)


async def test_what_was_sent_long_ago_is_no_burden() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.call_later)

    for _ in range(20):
        pacer.remember("nhom", True, 61)

    assert pacer.wait("nhom") == 0
