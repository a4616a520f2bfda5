"""Deadlines in working time: what is owed to a resident, and by when."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from domain.clock import LOCAL_ZONE

ADDRESS_DIES_AFTER_CLOSING = timedelta(days=30)
TEXT_DIES_AFTER_ADDRESS = timedelta(days=90)
CONSENT_WAIT = timedelta(minutes=60)
END_OF_OFFICE_DAY = time(17)
_LAST_SECOND = time(23, 59, 59)

WorkingDay = Callable[[date], bool]


def after_working_days(start: datetime, days: int, is_working_day: WorkingDay) -> datetime:
    """The end of the office's day, so many working days after the day of `start`; in UTC."""
    day = start.astimezone(LOCAL_ZONE).date()
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return datetime.combine(day, END_OF_OFFICE_DAY, LOCAL_ZONE).astimezone(UTC)


def end_of_day(start: datetime, days: int) -> datetime:
    """The last second, in UTC, of the day in Viet Nam that is so many days after `start`'s."""
    day = start.astimezone(LOCAL_ZONE).date() + timedelta(days=days)
    return datetime.combine(day, _LAST_SECOND, LOCAL_ZONE).astimezone(UTC)
