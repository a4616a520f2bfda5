"""Dates as people type them: "15/12 08:00", "mai 7h30", "8h ngày 15/12"."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from domain.clock import LOCAL_ZONE
from domain.errors import Refusal
from domain.model.text import normalised

_DATE = r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?:[/-](?P<year>\d{4}))?"
_DAY = rf"(?:ngày\s+|ngay\s+)?(?:{_DATE}|(?P<word>hôm nay|hom nay|ngày mai|ngay mai|mai))"
_TIME = r"(?:lúc\s+|luc\s+)?(?P<hour>\d{1,2})\s*(?:h|g|:|giờ|gio)\s*(?P<minute>\d{1,2})?"
# Without a gap "8h 15/12" could be read as one past eight on the fifth.
_GAP = r"(?:\s*,\s*|\s+)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (rf"(?:{_DAY}{_GAP})?{_TIME}", rf"{_TIME}{_GAP}{_DAY}")
)
_DAY_ALONE = re.compile(_DAY, re.IGNORECASE)
FURTHEST_AHEAD = timedelta(days=366)
# Without a year "05/01", typed in December, is next January; "15/10", typed in November, is past.
_NEXT_YEAR_IF_WITHIN = timedelta(days=183)


def read_moment(typed: str, now: datetime, usual: time | None = None) -> datetime:
    """The moment (UTC) that somebody typed in local time; Refusal says what is wrong with it.

    A day alone means its `usual` time, if there is one.
    """
    part = _parts(typed, _FORMS if usual is None else (*_FORMS, _DAY_ALONE))
    today = now.astimezone(LOCAL_ZONE).date()
    day = meant_day(part, today, typed)
    at = usual if usual is not None and "hour" not in part else meant_time(part, typed)
    moment = datetime.combine(day, at, LOCAL_ZONE)
    if moment <= now:
        raise Refusal("moment.past", typed=typed)
    if moment - now > FURTHEST_AHEAD:
        raise Refusal("moment.too_far", typed=typed)
    return moment.astimezone(UTC)


def _parts(typed: str, forms: Iterable[re.Pattern[str]]) -> dict[str, str]:
    words = " ".join(normalised(typed).split())
    for form in forms:
        if found := form.fullmatch(words):
            return {name: value for name, value in found.groupdict().items() if value}
    raise Refusal("moment.not_understood", typed=typed)


def meant_day(part: Mapping[str, str | None], today: date, typed: str) -> date:
    """The day that was named by `day`, `month` and perhaps `year`, or by a `word`; else today."""
    day, month, year = part.get("day"), part.get("month"), part.get("year")
    if not day or not month:
        tomorrow = "mai" in (part.get("word") or "").lower()
        return today + timedelta(days=int(tomorrow))
    years = (int(year),) if year else (today.year, today.year + 1)
    days = [meant for one in years if (meant := _date(one, int(month), int(day)))]
    if not days:
        raise Refusal("moment.no_such_day", typed=typed)
    first, last = days[0], days[-1]
    if first >= today or last - today > _NEXT_YEAR_IF_WITHIN:
        return first
    return last


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def meant_time(part: Mapping[str, str | None], typed: str) -> time:
    """The time of day that was named by `hour` and perhaps `minute`."""
    try:
        return time(int(part["hour"] or 0), int(part.get("minute") or 0))
    except ValueError:
        raise Refusal("moment.no_such_time", typed=typed) from None
