"""Deadlines in working time: what is owed to a resident, and by when."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from domain.clock import LOCAL_ZONE

MORE_INFO_WAIT = timedelta(days=5)
"""How long a resident is waited for who was asked for more."""
CLOSES_AFTER_ANSWER = timedelta(days=14)
ADDRESS_DIES_AFTER_CLOSING = timedelta(days=30)
TEXT_DIES_AFTER_ADDRESS = timedelta(days=90)
ASKED_WHETHER_SOLVED = CLOSES_AFTER_ANSWER + ADDRESS_DIES_AFTER_CLOSING
"""How long the buttons below an answer say something; after the first 14 days, how to go on."""
CONSENT_WAIT = timedelta(minutes=60)
END_OF_OFFICE_DAY = time(17)

WorkingDay = Callable[[date], bool]


def after_working_days(start: datetime, days: int, is_working_day: WorkingDay) -> datetime:
    """The end of the office's day, so many working days after the day of `start`; in UTC."""
    day = start.astimezone(LOCAL_ZONE).date()
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return datetime.combine(day, END_OF_OFFICE_DAY, LOCAL_ZONE).astimezone(UTC)
