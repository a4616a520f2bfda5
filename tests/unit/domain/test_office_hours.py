"""Working time: hours of working days, and nothing else."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.clock import LOCAL_ZONE
from domain.model.office_days import OfficeDays
from domain.model.office_hours import worked_between

OFFICE = OfficeDays({date(2026, 11, 24): "Ngày nghỉ"})
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=LOCAL_ZONE)
MOMENTS = st.integers(0, 50 * 24 * 60).map(
    lambda minutes: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def hours(begin: datetime, end: datetime) -> float:
    return worked_between(begin, end, OFFICE) / timedelta(hours=1)


def test_lunch_nights_weekends_and_holidays_are_no_working_time() -> None:
    assert hours(FRIDAY, FRIDAY.replace(hour=14)) == 3.0
    assert hours(FRIDAY, FRIDAY + timedelta(days=3, hours=-1)) == 6.5
    assert hours(FRIDAY + timedelta(days=4), FRIDAY + timedelta(days=5)) == 1.5


@given(MOMENTS, MOMENTS, MOMENTS)
def test_working_time_adds_up(a: datetime, b: datetime, c: datetime) -> None:
    a, b, c = sorted((a, b, c))

    whole = worked_between(a, c, OFFICE)
    assert worked_between(a, b, OFFICE) + worked_between(b, c, OFFICE) == whole


@given(MOMENTS, MOMENTS)
def test_working_time_is_never_more_than_time(a: datetime, b: datetime) -> None:
    assert timedelta() <= worked_between(a, b, OFFICE) <= max(b - a, timedelta())
