"""Never above a limit in any sliding window, never idle below it, people first, nobody starves."""

import asyncio
from math import inf
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.pacer import Limits, NoTurnSoon, Pacer, Stopped
from domain.model.delivery import Lane
from tests.unit.channels.simulated_time import Send, SimulatedTime, most_within, paced

LIMITS = Limits()
PATIENT = Limits(longest_wait=inf)
LATENESS = 0.003
"""How late a sleeping process wakes up, in seconds."""
PATH = 0.012
"""How much longer one send travels than another, in seconds."""

ARRIVALS = st.lists(
    st.builds(
        Send,
        at=st.floats(0, 2) | st.floats(0, 90),
        chat=st.sampled_from(["An", "Binh", "nhom-1", "nhom-2"]),
        lane=st.sampled_from(Lane),
    ),
    min_size=40,
    max_size=120,
).map(lambda sends: [Send(s.at, s.chat, s.lane, s.chat.startswith("nhom")) for s in sends])


@settings(max_examples=10, deadline=None)
@given(ARRIVALS, st.integers(0, 2**16))
def test_no_window_of_a_chat_is_ever_exceeded(sends: list[Send], seed: int) -> None:
    receipts = paced(sends, PATIENT, SimulatedTime(LATENESS, Random(seed)))

    for chat in {send.chat for send in sends}:
        assert most_within(1, receipts.times(chat)) <= 1
        assert most_within(60, receipts.times(chat)) <= (20 if chat.startswith("nhom") else 60)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.floats(0, 3), min_size=60, max_size=150), st.integers(0, 2**16))
def test_the_receiver_never_sees_the_bot_exceed_its_limit(at: list[float], seed: int) -> None:
    random = Random(seed)
    sends = [Send(moment, f"nhom-{number}") for number, moment in enumerate(at)]

    receipts = paced(sends, PATIENT, SimulatedTime(LATENESS, random))

    received = [at + 0.25 + random.uniform(0, PATH) for at in receipts.times()]
    assert most_within(1, received) <= 30


@settings(max_examples=10, deadline=None)
@given(ARRIVALS)
def test_everybody_gets_a_turn(sends: list[Send]) -> None:
    assert len(paced(sends, PATIENT).log) == len(sends)


def test_a_backlog_of_three_hundred_groups_uses_the_bots_limit() -> None:
    backlog = [Send(0, f"nhom-{number}") for number in range(300)]

    times = paced(backlog, PATIENT, SimulatedTime(LATENESS)).times()

    assert 299 / (times[-1] - times[0]) >= 0.98 * 30


def test_a_backlog_in_one_group_uses_the_groups_limit() -> None:
    times = paced([Send(0, "nhom")] * 61, PATIENT, SimulatedTime(LATENESS)).times()

    assert 60 / (times[60] - times[0]) >= 0.98 * 20 / 60


def test_a_backlog_in_one_group_stays_within_the_groups_limit() -> None:
    times = paced([Send(0, "nhom")] * 61, PATIENT, SimulatedTime(LATENESS)).times()

    assert most_within(60, times) == 20


def test_a_backlog_in_one_private_chat_uses_the_chats_limit() -> None:
    backlog = [Send(0, "Em", is_group=False)] * 51

    times = paced(backlog, PATIENT, SimulatedTime(LATENESS)).times()

    assert 50 / (times[-1] - times[0]) >= 0.98


def test_a_stall_is_not_made_up_for_by_a_burst() -> None:
    early = [Send(0, f"nhom-{number}") for number in range(60)]

    times = paced(early, PATIENT, SimulatedTime(lateness=0.4)).times()

    assert most_within(1, times) <= 30


def test_people_overtake_emergencies_and_emergencies_overtake_bulk() -> None:
    bulk = [Send(0, f"nhom-{number}", Lane.BULK) for number in range(5)]
    later = [Send(0.05, "khan-cap", Lane.PRIORITY), Send(0.05, "Em", Lane.PERSON)]

    chats = paced([*bulk, *later], LIMITS).chats()

    assert chats == ["nhom-0", "nhom-1", "Em", "khan-cap", "nhom-2", "nhom-3", "nhom-4"]


def test_bulk_does_not_starve_behind_people() -> None:
    people = [Send(number / 36, f"person-{number}", Lane.PERSON) for number in range(500)]

    receipts = paced([Send(0.1, "nhom", Lane.BULK), *people], PATIENT)

    assert receipts.times("nhom")[0] - 1000 < 2 * LIMITS.patience + 5


def test_a_chat_that_must_wait_stands_in_nobodys_way() -> None:
    sends = [Send(0, "nhom"), Send(0, "nhom", Lane.PERSON), Send(0, "nhom-2")]

    assert paced(sends, LIMITS).times("nhom-2")[0] - 1000 < 0.1


async def test_a_held_chat_waits_and_others_do_not() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.sleep)

    pacer.hold("nhom", 7)

    assert pacer.wait("nhom", True) == pytest.approx(7)
    assert pacer.wait("nhom-2", True) == 0


async def test_three_chats_asking_for_silence_silence_the_bot_for_the_shortest() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.sleep)

    for chat, seconds in (("nhom-1", 10_072), ("nhom-2", 4), ("nhom-3", 5)):
        pacer.hold(chat, seconds)

    assert pacer.wait("nhom-4", True) == pytest.approx(4)
    assert pacer.wait("nhom-1", True) == pytest.approx(10_072)


async def test_one_chat_asking_three_times_silences_nobody_else() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.sleep)

    for _ in range(3):
        pacer.hold("nhom", 5)

    assert pacer.wait("nhom-2", True) == 0


async def test_an_edit_waits_for_a_hold_and_not_for_the_window() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.sleep)
    await pacer.turn("Em", False, Lane.PERSON)
    time.now += 0.1

    await asyncio.wait_for(pacer.turn("Em", False, Lane.PERSON, adds=False), 1)

    pacer.hold("Em", 60)
    with pytest.raises(NoTurnSoon):
        await pacer.turn("Em", False, Lane.PERSON, adds=False)


async def test_a_wait_longer_than_a_claim_lasts_is_refused_at_once() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.sleep)
    pacer.hold("nhom", 40)

    with pytest.raises(NoTurnSoon) as refusal:
        await pacer.turn("nhom", True, Lane.BULK)

    assert refusal.value.seconds == pytest.approx(40)


async def test_a_hold_sends_away_who_already_waits() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.sleep)
    await pacer.turn("nhom", True, Lane.BULK)
    waiting = asyncio.ensure_future(pacer.turn("nhom", True, Lane.BULK))
    await asyncio.sleep(0)

    pacer.hold("nhom", 40)

    with pytest.raises(NoTurnSoon):
        await waiting
    await time.run()


async def test_stopping_ends_every_wait() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.sleep)
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
    pacer = Pacer(LIMITS, time.monotonic, time.sleep)
    await pacer.turn("nhom", True, Lane.BULK)
    waiting = asyncio.ensure_future(pacer.turn("nhom", True, Lane.BULK))
    await asyncio.sleep(0)

    waiting.cancel()
    await time.run()

    assert waiting.cancelled()
    assert pacer.wait("nhom", True) == pytest.approx(0, abs=0.05)


async def test_the_wait_foretold_counts_those_before() -> None:
    time = SimulatedTime()
    pacer = Pacer(LIMITS, time.monotonic, time.sleep)
    waiting = [asyncio.ensure_future(pacer.turn("Em", False, Lane.PERSON)) for _ in range(3)]
    await asyncio.sleep(0)

    assert pacer.wait("Em", False) == pytest.approx(3, rel=0.05)
    await time.run()
    await asyncio.gather(*waiting)


def test_idle_chats_are_forgotten() -> None:
    time = SimulatedTime()
    pacer = Pacer(PATIENT, time.monotonic, time.sleep)

    async def send_to_many() -> None:
        for number in range(500):
            await pacer.turn(f"nhom-{number}", True, Lane.BULK)
            time.now += 1

    asyncio.run(send_to_many())

    assert len(pacer._chats) <= 2 * 61
