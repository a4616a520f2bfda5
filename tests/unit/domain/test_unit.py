"""Quiet hours, midnight included."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.unit import DEFAULT_QUIET_HOURS, Lineage, QuietHours

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
MOMENTS = st.timedeltas(timedelta(), timedelta(days=730)).map(
    lambda passed: datetime(2026, 1, 1, tzinfo=UTC) + passed
)
QUIET = st.builds(QuietHours, st.times(), st.times())


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("moment", "over"),
    [
        (at(20, 20, 59), at(20, 20, 59)),
        (at(20, 21), at(21, 6)),
        (at(20, 23, 59), at(21, 6)),
        (at(21, 0), at(21, 6)),
        (at(21, 5, 59), at(21, 6)),
        (at(21, 6), at(21, 6)),
        (at(21, 12), at(21, 12)),
    ],
)
def test_nothing_ordinary_is_sent_from_nine_in_the_evening_to_six(
    moment: datetime, over: datetime
) -> None:
    assert DEFAULT_QUIET_HOURS.over_at(moment) == over


def test_quiet_hours_within_one_day_end_on_that_day() -> None:
    noon_rest = QuietHours(time(11, 30), time(13))

    assert noon_rest.over_at(at(20, 12)) == at(20, 13)
    assert noon_rest.over_at(at(20, 11, 29)) == at(20, 11, 29)
    assert noon_rest.over_at(at(20, 13)) == at(20, 13)


def inside(quiet: QuietHours, moment: datetime) -> bool:
    """Whether a time of day lies in the interval: walk round the clock from the start."""
    day = moment.date()

    def after_start(point: time) -> timedelta:
        walked = datetime.combine(day, point, UTC) - datetime.combine(day, quiet.start, UTC)
        return walked % timedelta(days=1)

    local = moment.astimezone(LOCAL).time()
    return after_start(local) < after_start(quiet.end)


@given(QUIET, MOMENTS)
def test_the_result_is_never_inside_quiet_hours(quiet: QuietHours, moment: datetime) -> None:
    assert not inside(quiet, quiet.over_at(moment))


@given(QUIET, MOMENTS)
def test_the_result_is_never_earlier_and_less_than_a_day_later(
    quiet: QuietHours, moment: datetime
) -> None:
    assert moment <= quiet.over_at(moment) < moment + timedelta(days=1)


@given(QUIET, MOMENTS)
def test_outside_quiet_hours_nothing_waits(quiet: QuietHours, moment: datetime) -> None:
    assert (quiet.over_at(moment) == moment) is not inside(quiet, moment)


def test_a_lineage_begins_with_the_unit_itself() -> None:
    assert Lineage(("kv", "nk", "ct")).unit_id == "kv"
