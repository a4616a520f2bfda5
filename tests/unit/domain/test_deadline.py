"""Ten working days: weekends and holidays do not count, the day of filing does not either."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.deadline import after_working_days

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2026, 1, 1, tzinfo=UTC)
NATIONAL_DAY = {date(2026, 9, 1), date(2026, 9, 2)}


def weekday(day: date) -> bool:
    return day.weekday() < 5


def weekday_without_holidays(day: date) -> bool:
    return weekday(day) and day not in NATIONAL_DAY


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=LOCAL).astimezone(UTC)


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        (at(20, 9), at(4, 17, month=12)),
        (at(21, 9), at(4, 17, month=12)),
        (at(22, 23), at(4, 17, month=12)),
        (at(23, 0), at(7, 17, month=12)),
        (at(23, 23), at(7, 17, month=12)),
    ],
    ids=["Friday", "Saturday", "Sunday night", "first minute of Monday", "Monday night"],
)
def test_the_answer_is_due_at_the_end_of_the_tenth_working_day(
    filed: datetime, due: datetime
) -> None:
    assert after_working_days(filed, 10, weekday) == due


def test_public_holidays_do_not_count() -> None:
    filed = at(28, 9, month=8)

    assert after_working_days(filed, 10, weekday) == at(11, 17, month=9)
    assert after_working_days(filed, 10, weekday_without_holidays) == at(15, 17, month=9)


@given(st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)))
def test_the_day_of_an_answer_is_local_a_working_day_and_ten_working_days_on(
    filed: datetime,
) -> None:
    due = after_working_days(filed, 10, weekday).astimezone(LOCAL)
    start = filed.astimezone(LOCAL).date()
    between = [start + timedelta(days=n + 1) for n in range((due.date() - start).days)]

    assert (due.hour, due.minute) == (17, 0)
    assert weekday(due.date())
    assert sum(map(weekday, between)) == 10
