"""Deadlines in working time: what is owed to a resident, and by when."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from domain.clock import LOCAL_ZONE

ANSWER_WORKING_DAYS = 10
CLOSES_AFTER_ANSWER = timedelta(days=14)
ADDRESS_DIES_AFTER_CLOSING = timedelta(days=30)
TEXT_DIES_AFTER_ADDRESS = timedelta(days=90)
CONSENT_WAIT = timedelta(minutes=60)
END_OF_OFFICE_DAY = time(17)

WorkingDay = Callable[[date], bool]


def answer_due(filed_at: datetime, is_working_day: WorkingDay) -> datetime:
    """The end of the tenth working day after the day of filing, in UTC."""
    return _after_working_days(filed_at, ANSWER_WORKING_DAYS, is_working_day)


def _after_working_days(start: datetime, days: int, is_working_day: WorkingDay) -> datetime:
    day = start.astimezone(LOCAL_ZONE).date()
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return datetime.combine(day, END_OF_OFFICE_DAY, LOCAL_ZONE).astimezone(UTC)
