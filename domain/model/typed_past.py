"""Past times and lengths as people say them: "hôm qua 19h", "sáng nay", "thứ bảy 14h", "1h30"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.clock import LOCAL_ZONE
from domain.errors import Refusal
from domain.model.text import shown_short
from domain.model.typed_words import DATE, PART, WEEKDAY_WORDS, cut, folded, in_part, without_time

_HALF = re.compile(r"\b(\d{1,2}) ?(?:h|g|gio)? ?ruoi\b")
_DATE = re.compile(rf"\b{DATE}")
_AGO = re.compile(r"(?:cach day )?(?P<count>\d{1,2}) (?P<what>phut|gio|tieng|ngay|hom) truoc")
_DAYS_AGO = {
    "mai": -1,
    "ngay mai": -1,
    "hom nay": 0,
    "nay": 0,
    "hom qua": 1,
    "qua": 1,
    "hom kia": 2,
    "hom truoc": 2,
}
_USUAL = {"sang": time(8), "trua": time(11), "chieu": time(14), "toi": time(19), "dem": time(20)}
"""When a part of the day is meant and no hour was typed."""
_LAST_WEEK = re.compile(r"(?P<day>.+?) tuan (?:truoc|roi|qua)")
_LENGTH = re.compile(
    r"(?:khoang )?(?:(?P<hours>\d{1,2}) ?(?:h|g|gio|tieng)(?: dong ho)?)?"
    r" ?(?:(?P<minutes>\d{1,6}) ?(?:p|ph|phut)?)?"
)
_HALF_HOURS = re.compile(r"(?P<hours>\d{1,2}) ?(?:gio|tieng|h) ?(?:dong ho )?ruoi")
_PARTS_OF_HOURS = re.compile(r"(?P<hours>\d{1,2})[.,](?P<tenths>\d) ?(?:h|gio|tieng)")
_NUMBER = re.compile(r"(?P<sign>[-−–]?) ?(?P<digits>\d{1,3}(?:[. ,]\d{3})+|\d+)")
_AROUND = re.compile(r"^(?:khoang|tam|gan|hon|co|duoc)\b|\b(?:nguoi|ho|hgd|luot)\b.*$")


@dataclass(frozen=True, slots=True)
class _Said:
    """What was found in the words: a day, a part of it, an hour, and whatever is left."""

    rest: str
    part: str
    at: time | None


def read_past(typed: str, now: datetime) -> datetime:
    """The past moment (UTC) that somebody typed in local time; Refusal if it cannot be read.

    A day without a year is the nearest such day; a weekday is the last one that has begun.
    """
    words = _HALF.sub(r"\1h30", folded(typed))
    if found := _AGO.fullmatch(words):
        return _ago(found, typed, now)
    local = now.astimezone(LOCAL_ZONE)
    day, rest = _dated(words, local.date(), typed)
    said = _said(rest, typed)
    at = _hour(said, typed)
    if day is None and not said.rest and said.at is not None and not said.part:
        day = local.date()
    elif day is None:
        day = _named(said, at, local, typed)
    elif said.rest:
        raise Refusal("session.start_not_understood", typed=shown_short(typed))
    if at is None:
        raise Refusal("session.hour_wanted", typed=shown_short(typed))
    return datetime.combine(day, at, LOCAL_ZONE).astimezone(UTC)


def read_minutes(typed: str) -> int:
    """A length in minutes: "90", "90 phút", "1h30", "2 tiếng rưỡi", "1,5 giờ"."""
    words = folded(typed).removeprefix("khoang ")
    if found := _HALF_HOURS.fullmatch(words):
        return 60 * int(found["hours"]) + 30
    if found := _PARTS_OF_HOURS.fullmatch(words):
        return 60 * int(found["hours"]) + 6 * int(found["tenths"])
    found = _LENGTH.fullmatch(words)
    if found and (found["hours"] or found["minutes"]):
        return 60 * int(found["hours"] or 0) + int(found["minutes"] or 0)
    return read_number(typed)


def read_number(typed: str) -> int:
    """A whole number as people write it: "45 người", "1.200", "-5"; Refusal for anything else."""
    found = _NUMBER.fullmatch(_AROUND.sub("", folded(typed)).strip())
    if found is None:
        raise Refusal("session.not_a_number", typed=shown_short(typed))
    # More digits than any limit of ours has: enough to be told apart, short enough to be shown.
    digits = re.sub(r"\D", "", found["digits"])[:15]
    return -int(digits) if found["sign"] else int(digits)


def _ago(found: re.Match[str], typed: str, now: datetime) -> datetime:
    count, what = int(found["count"]), found["what"]
    if what in ("ngay", "hom"):
        raise Refusal("session.hour_wanted", typed=shown_short(typed))
    return now - (timedelta(minutes=count) if what == "phut" else timedelta(hours=count))


def _dated(words: str, today: date, typed: str) -> tuple[date | None, str]:
    """The date that was written in numbers, the nearest if its year is missing, and the rest."""
    found = _DATE.search(words)
    if found is None:
        return None, words
    parts = found.groupdict()
    years = (int(parts["year"]),) if parts["year"] else (today.year, today.year - 1, today.year + 1)
    days = [day for year in years if (day := _day(year, parts))]
    if not days:
        raise Refusal("moment.no_such_day", typed=shown_short(typed))
    return min(days, key=lambda day: abs(day - today)), cut(words, found)


def _day(year: int, parts: Mapping[str, str | None]) -> date | None:
    try:
        return date(year, int(parts["month"] or 0), int(parts["day"] or 0))
    except ValueError:
        return None


def _said(words: str, typed: str) -> _Said:
    """Parts of the day are looked for first: "tối" beside "7h" makes it nineteen hours."""
    part = PART.search(words)
    rest = cut(words, part) if part else words
    rest, at = without_time(rest, typed)
    return _Said(rest.strip(" ,"), part["part"] if part else "", at)


def _hour(said: _Said, typed: str) -> time | None:
    if said.at is None:
        return _USUAL.get(said.part)
    if (at := in_part(said.at, said.part)) is None:
        raise Refusal("session.start_not_understood", typed=shown_short(typed))
    return at


def _named(said: _Said, at: time | None, now: datetime, typed: str) -> date:
    """The day that was named: yesterday, a weekday, or today where only its part was."""
    today = now.date()
    if said.rest in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[said.rest])
    if not said.rest and said.part:
        return today
    last_week = _LAST_WEEK.fullmatch(said.rest)
    weekday = WEEKDAY_WORDS.get(last_week["day"] if last_week else said.rest)
    if weekday is None:
        raise Refusal("session.start_not_understood", typed=shown_short(typed))
    if last_week:
        return today - timedelta(days=today.weekday() + 7 - weekday)
    day = today - timedelta(days=(today.weekday() - weekday) % 7)
    is_ahead = at is not None and datetime.combine(day, at, LOCAL_ZONE) > now
    return day - timedelta(days=7) if is_ahead else day
