"""What the figure `sessions` compares: days that were lived, counts that may differ, waits."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

from domain.clock import LOCAL_ZONE
from domain.model.session import OLDEST
from tests.bench.sessions import EACH, difference
from tests.bench.waits import p95
from tests.e2e.communicator import month_of
from tests.e2e.district import HAMLETS, Tally, roster

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def tally(**sessions: int) -> Tally:
    found = Tally()
    found.sessions.update(sessions)
    return found


def test_a_month_has_one_past_session_a_day() -> None:
    starts = [one.start for one in month_of(Random(1), NOW, EACH)]

    assert all(NOW - OLDEST < start < NOW for start in starts)
    assert len({start.astimezone(LOCAL_ZONE).date() for start in starts}) == EACH


def test_sessions_of_one_person_never_overlap() -> None:
    month = sorted(month_of(Random(2), NOW, EACH), key=lambda one: one.start)

    for one, after in pairwise(month):
        assert one.start + timedelta(minutes=one.minutes) <= after.start


def test_the_roster_reaches_every_commune_and_every_hamlet() -> None:
    listed = roster(3000)

    assert len({one.name for one in listed}) == 3000
    assert len({one.commune for one in listed}) == 103
    assert len({one.unit_code for one in listed}) == 103 * HAMLETS


def test_counts_that_even_out_differ_all_the_same() -> None:
    assert difference(tally(kv1=3, kv6=1), tally(kv1=2, kv6=2))["sessions"] == 2


def test_a_unit_that_one_count_lacks_is_off_by_all_it_has() -> None:
    assert difference(tally(kv1=3), tally())["sessions"] == 3


def test_the_one_in_twenty_that_waits_long_is_left_out() -> None:
    assert p95([0.01] * 19 + [9.0]) == 10
    assert p95([0.01] * 18 + [9.0] * 2) == 9000
