"""The bot slows down when the server says so, once for each complaint, and recovers slowly."""

import asyncio
from collections.abc import Sequence
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.pacer import Limits, Pacer
from channels.pacer.allowance import Allowance
from domain.model.delivery import Lane
from tests.unit.channels.simulated_time import SimulatedTime

LIMITS = Limits()
PATIENT = Limits(longest_wait=inf)


def refused(allowance: Allowance, at: float, chats: Sequence[str] = ("a", "b", "c")) -> Allowance:
    for chat in chats:
        allowance.refused(chat, 2, at)
    return allowance


def test_one_chat_that_asks_for_silence_does_not_slow_the_bot() -> None:
    assert refused(Allowance(LIMITS), 100, ["a", "a", "a", "b"]).share(100) == 1


def test_several_at_once_cut_the_rate_and_a_late_one_no_further() -> None:
    assert refused(Allowance(LIMITS), 100, "abcdefgh").share(101) == LIMITS.cut


def test_a_second_complaint_cuts_again() -> None:
    twice = refused(refused(Allowance(LIMITS), 100), 111)

    assert twice.share(112) == pytest.approx(LIMITS.cut**2)


def test_the_rate_climbs_only_after_a_calm() -> None:
    cut = refused(Allowance(LIMITS), 100)

    assert cut.share(100 + LIMITS.calm) == LIMITS.cut
    assert LIMITS.cut < cut.share(130 + LIMITS.calm) < 1


@given(st.lists(st.tuples(st.floats(0, 400), st.sampled_from("abcdefgh")), max_size=200))
def test_it_is_never_above_the_limit_and_never_nothing(refusals: list[tuple[float, str]]) -> None:
    allowance, now = Allowance(LIMITS), 100.0
    for after, chat in refusals:
        now += after
        allowance.refused(chat, 2, now)
        assert LIMITS.least_share <= allowance.share(now) <= 1
    assert allowance.share(now + 3600) == 1


async def test_a_bot_whose_rate_was_cut_sends_at_that_rate() -> None:
    time = SimulatedTime()
    pacer = Pacer(PATIENT, time.monotonic, time.call_later)
    for chat in ("nhom-1", "nhom-2", "nhom-3"):
        pacer.hold(chat, 1)

    turns = [asyncio.ensure_future(pacer.turn(f"ap-{n}", True, Lane.BULK)) for n in range(43)]
    await time.run()

    started = [(await turn).started for turn in turns]
    assert 42 / (started[-1] - started[0]) == pytest.approx(30 * LIMITS.cut, rel=0.03)
