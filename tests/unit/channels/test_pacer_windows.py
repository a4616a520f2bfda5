"""For any history: never above a limit at the receiver, never idle while somebody may go."""

from math import inf
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from channels.pacer import Limits
from domain.model.delivery import Lane
from tests.unit.channels.simulated_time import (
    Receipts,
    Send,
    SimulatedTime,
    Travel,
    most_within,
    paced,
)

PATIENT = Limits(longest_wait=inf)
LATENESS = 0.003
"""How late a timer may ring, in seconds."""
JITTER = 0.01
"""How much longer a send, or its answer, may travel than another, in seconds."""
CHATS = ["An", "Binh", "nhom-1", "nhom-2", *(f"nhom-{number}" for number in range(3, 60))]

SENDS = st.lists(
    st.builds(
        lambda at, chat, lane: Send(at, chat, lane, chat.startswith("nhom")),
        st.floats(0, 2) | st.floats(0, 90),
        st.sampled_from(CHATS[:4]) | st.sampled_from(CHATS),
        st.sampled_from(Lane),
    ),
    min_size=60,
    max_size=150,
)
HOLDS = st.lists(
    st.tuples(st.floats(0, 60), st.sampled_from(CHATS[:6]), st.floats(0.5, 30)), max_size=5
)
SEEDS = st.integers(0, 2**16)


def uneven(seed: int, jitter: float = JITTER) -> Travel:
    """A path of 250 ms whose two ways differ from send to send."""
    random = Random(seed)
    return lambda: (0.125 + random.uniform(0, jitter), 0.125 + random.uniform(0, jitter))


def on_a_path(sends: list[Send], seed: int, jitter: float = JITTER) -> Receipts:
    return paced(sends, PATIENT, SimulatedTime(LATENESS, Random(seed)), uneven(seed, jitter))


@settings(max_examples=25, deadline=None)
@given(SENDS, HOLDS, SEEDS)
def test_no_window_is_exceeded_at_the_receiver(
    sends: list[Send], holds: list[tuple[float, str, float]], seed: int
) -> None:
    time = SimulatedTime(LATENESS, Random(seed))
    receipts = paced(sends, PATIENT, time, uneven(seed), holds)

    assert most_within(1, receipts.arrivals()) <= 30
    for chat in {send.chat for send in sends}:
        assert most_within(1, receipts.arrivals(chat)) <= 1
        assert most_within(60, receipts.arrivals(chat)) <= (20 if chat.startswith("nhom") else 60)


ALBUMS = st.lists(
    st.builds(
        lambda at, chat, adds: Send(at, chat, Lane.BULK, chat.startswith("nhom"), adds),
        st.floats(0, 5) | st.floats(0, 90),
        st.sampled_from(CHATS[:4]) | st.sampled_from(CHATS),
        st.sampled_from([1, 1, 2, 3, 10]),
    ),
    min_size=30,
    max_size=80,
)


@settings(max_examples=25, deadline=None)
@given(ALBUMS, HOLDS, SEEDS)
def test_albums_count_per_picture_at_the_receiver(
    sends: list[Send], holds: list[tuple[float, str, float]], seed: int
) -> None:
    time = SimulatedTime(LATENESS, Random(seed))
    receipts = paced(sends, PATIENT, time, uneven(seed), holds)

    assert len(receipts.received) == sum(send.adds for send in sends)
    assert most_within(1, receipts.arrivals()) <= 30
    for chat in {send.chat for send in sends}:
        assert most_within(60, receipts.arrivals(chat)) <= (20 if chat.startswith("nhom") else 60)
        assert most_within(10, receipts.arrivals(chat)) <= 10


def test_an_album_does_not_starve_behind_single_messages() -> None:
    many = [Send(number / 10, "nhom-1") for number in range(40)]
    receipts = paced([*many, Send(1, "nhom-1", adds=10)], PATIENT)

    place = next(n for n, (_, send) in enumerate(receipts.log) if send.adds == 10)
    assert place < 15


@settings(max_examples=10, deadline=None)
@given(st.lists(st.floats(0, 3), min_size=60, max_size=150), st.floats(0, 0.05), SEEDS)
def test_nor_by_many_chats_on_a_quiet_or_a_rough_path_that_was_measured(
    at: list[float], jitter: float, seed: int
) -> None:
    before = [Send(number / 10, f"ap-{number}") for number in range(60)]
    sends = [Send(6 + moment, f"nhom-{number}") for number, moment in enumerate(at)]

    assert most_within(1, on_a_path([*before, *sends], seed, jitter).arrivals()) <= 30


@settings(max_examples=10, deadline=None)
@given(SENDS, HOLDS)
def test_everybody_gets_a_turn(sends: list[Send], holds: list[tuple[float, str, float]]) -> None:
    assert len(paced(sends, PATIENT, holds=holds).log) == len(sends)


@settings(max_examples=20, deadline=None)
@given(SENDS)
def test_it_is_never_idle_while_somebody_may_go(sends: list[Send]) -> None:
    log = paced(sends, PATIENT).log

    step = (1 + PATIENT.spread) / 30 + 2 * PATIENT.grain
    latest = {chat: [-inf] * 20 for chat in CHATS}
    before = -inf
    for at, send in log:
        full = [latest[send.chat][-1] + 1, latest[send.chat][0] + 60 if send.is_group else -inf]
        could = max(1000 + send.at, *(opens + PATIENT.spread for opens in full))
        others = [other for other, _ in log if could <= other < at]
        assert at <= could + step * (len(others) + 1), (at, could, before)
        latest[send.chat] = [*latest[send.chat][1:], at]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 4), min_size=40, max_size=120), st.lists(st.floats(0, 4), min_size=5))
def test_people_wait_for_no_bulk_that_is_not_old(bulk: list[float], people: list[float]) -> None:
    sends = [Send(at, f"nhom-{number}", Lane.BULK) for number, at in enumerate(bulk)]
    sends += [Send(at, f"Em-{number}", Lane.PERSON) for number, at in enumerate(people)]

    log = paced(sends, PATIENT).log

    for at, send in log:
        if send.lane == Lane.PERSON:
            asked = 1000 + send.at
            between = [other for when, other in log if asked < when < at]
            assert all(other.lane == Lane.PERSON for other in between)


def test_bulk_does_not_starve_behind_people() -> None:
    people = [Send(number / 36, f"person-{number}", Lane.PERSON) for number in range(500)]

    receipts = paced([Send(0.1, "nhom", Lane.BULK), *people], PATIENT)

    assert receipts.times("nhom")[0] - 1000 < 2 * PATIENT.patience + 5


def share(times: list[float], most: int, seconds: float) -> float:
    """How much of the limit these used."""
    times = sorted(times)
    return (len(times) - 1) / (times[-1] - times[0]) * seconds / most


def test_a_backlog_uses_the_bots_limit_on_an_uneven_path() -> None:
    backlog = [Send(0, f"nhom-{number}") for number in range(500)]

    assert share(on_a_path(backlog, 1).arrivals(), 30, 1) >= 0.98


def test_a_backlog_uses_nearly_all_of_it_on_a_quiet_path() -> None:
    backlog = [Send(0, f"nhom-{number}") for number in range(500)]

    assert share(on_a_path(backlog, 1, jitter=0).arrivals(), 30, 1) >= 0.99


def test_a_backlog_in_one_group_uses_the_groups_limit() -> None:
    times = on_a_path([Send(0, "nhom")] * 61, 1).arrivals()

    assert 60 / (times[60] - times[0]) >= 0.99 * 20 / 60
    assert most_within(60, times) == 20


def test_a_backlog_in_one_private_chat_uses_the_chats_limit() -> None:
    backlog = [Send(0, "Em", is_group=False)] * 101

    assert share(on_a_path(backlog, 1).arrivals(), 1, 1) >= 0.98


def test_a_stall_is_not_made_up_for_by_a_burst() -> None:
    early = [Send(0, f"nhom-{number}") for number in range(60)]

    times = paced(early, PATIENT, SimulatedTime(lateness=0.4)).times()

    assert most_within(1, times) <= 30


def test_a_path_that_stood_still_is_not_followed_by_a_burst() -> None:
    sends = [Send(number / 40, f"nhom-{number}") for number in range(160)]
    time = SimulatedTime()

    def stands_still() -> tuple[float, float]:
        """From second 1 to second 2.5 nothing gets through."""
        arrives = time.now - 1000 + 0.125
        return (2.5 - arrives + 0.125 if 1 < arrives < 2.5 else 0.125), 0.125

    receipts = paced(sends, PATIENT, time, stands_still)

    assert most_within(1, receipts.arrivals()) <= 30


def test_a_backlog_sets_one_timer_for_each_send() -> None:
    time = SimulatedTime()
    backlog = [Send(0, f"nhom-{number}") for number in range(300)]

    paced(backlog, PATIENT, time)

    asking, being_answered = 300, 300
    assert time.alarms - asking - being_answered <= 1.1 * 300
