"""Hours in which the offices work, and how much working time lies between two moments."""

from datetime import date, datetime, time, timedelta

from domain.clock import LOCAL_ZONE
from domain.model.office_days import OfficeDays

SHIFTS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
"""The morning and the afternoon of a working day (giờ hành chính)."""
LONGEST_COUNTED = timedelta(days=60)
"""Nobody asks how much longer something has waited than this."""


def worked_between(begin: datetime, end: datetime, office: OfficeDays) -> timedelta:
    """Working time from one moment to a later one; nothing if it is not later."""
    begin = max(begin, end - LONGEST_COUNTED)
    first, last = begin.astimezone(LOCAL_ZONE), end.astimezone(LOCAL_ZONE)
    days = [first.date() + timedelta(days=n) for n in range((last.date() - first.date()).days + 1)]
    return sum(
        (_worked_on(day, first, last) for day in days if office.is_working_day(day)), timedelta()
    )


def _worked_on(day: date, first: datetime, last: datetime) -> timedelta:
    total = timedelta()
    for opens, closes in SHIFTS:
        begin = max(first, datetime.combine(day, opens, LOCAL_ZONE))
        end = min(last, datetime.combine(day, closes, LOCAL_ZONE))
        total += max(end - begin, timedelta())
    return total
