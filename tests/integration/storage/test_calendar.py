"""Viet Nam's working days."""

from datetime import date

import pytest

from domain.model.office_days import OfficeDays
from storage.calendar import public_holidays

CALENDAR = OfficeDays(public_holidays())


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 12, 25), date(2026, 2, 23)])
def test_offices_work(day: date) -> None:
    assert CALENDAR.is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 21),
        date(2026, 11, 22),
        date(2026, 1, 1),
        date(2026, 2, 17),
        date(2026, 4, 30),
        date(2026, 9, 2),
    ],
)
def test_offices_are_closed_at_weekends_and_on_public_holidays(day: date) -> None:
    assert not CALENDAR.is_working_day(day)


def test_a_holiday_on_a_weekend_is_made_up_for() -> None:
    assert not CALENDAR.is_working_day(date(2026, 4, 27)), "Hùng Kings' day fell on a Sunday"


def test_a_holiday_has_its_vietnamese_name() -> None:
    assert CALENDAR.holiday_name(date(2026, 9, 2)) == "Quốc khánh"
    assert CALENDAR.holiday_name(date(2026, 9, 7)) == ""
