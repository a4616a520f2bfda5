"""Schedules as people type them: "thứ 2, 4, 6 lúc 7h30", "cuối tháng 17h", "15/12 08:00"."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.clock import LOCAL_ZONE
from domain.errors import Refusal
from domain.model.moment import FURTHEST_AHEAD, meant_day, read_moment
from domain.model.office_days import LONGEST_NOTE
from domain.model.recurrence import LAST_OF_MONTH, Cadence, Recurrence
from domain.model.text import normalised, units_over
from domain.model.typed_words import (
    DATE,
    NAME,
    WEEKDAY,
    WEEKDAY_WORDS,
    cut,
    folded,
    without_time,
)

USUAL_TIME = time(7)
"""Where only days were named; whoever typed them is told."""
LONGEST_GOOD = timedelta(days=30)

# What is looked through has neither capitals nor marks: "Thứ Hai" and "thu hai" are one.
_LUNAR = re.compile(r"\b(?:am lich|lich am|al|ram)\b")
_FROM = re.compile(rf"\b(?:bat dau )?(?:tu|bat dau) {DATE}")
_UNTIL = re.compile(rf"\b(?:cho )?(?:den|toi)(?: het)? {DATE}")
_SPAN = re.compile(r"(?:(?P<days>\d{1,3}) ngay)? ?(?:(?P<hours>\d{1,3}) ?(?:h|gio|tieng))?(?<=.)")
_DAY_OFF = re.compile(
    r"(?P<word>nghỉ|nghi|làm việc|lam viec|làm bù|lam bu|làm|lam|như cũ|nhu cu)"
    r" (?:ngày |ngay )?(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?:[/-](?P<year>\d{4}))?(?P<note>.*)",
    re.IGNORECASE,
)
_EVERY = r"(?:hang|moi|cac)"
_DAILY = re.compile(rf"{_EVERY} ngay|ngay nao cung (?:gui|phat)")
_WORKING_DAYS = re.compile(rf"(?:{_EVERY} )?ngay (?:lam viec|thuong)")
_NO_DAYS = re.compile(rf"{_EVERY} (?:tuan|thang)")
_LAST_DAY = re.compile(rf"(?:{_EVERY} )?(?:ngay )?cuoi (?:{_EVERY} )?thang")
_NUMBERS = r"(?P<numbers>\d{1,2}(?:(?:,| va|,? ngay|,? mung) ?\d{1,2})*)"
_MONTHLY = tuple(
    re.compile(form)
    for form in (
        rf"(?:(?:{_EVERY} )?ngay |mung |mong )?{_NUMBERS} {_EVERY} thang",
        rf"{_EVERY} thang (?:vao )?(?:ngay |mung |mong )?{_NUMBERS}",
    )
)
_WEEKDAYS = re.compile(
    rf"(?P<every>{_EVERY} (?:tuan )?(?:vao )?)?(?=thu|t\d|cn)"
    rf"(?P<names>(?:thu |t)?{NAME}(?:(?:, ?| va | ?- ?| den | )(?:thu |t)?{NAME})*)"
    rf"(?P<weekly> {_EVERY} tuan)?"
)
_RANGE = re.compile(rf"({NAME})(?: ?- ?| den )({NAME})")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody meant: one moment (UTC), or a rule."""

    moment: datetime | None = None
    recurrence: Recurrence | None = None
    usual_time: bool = False
    """No time of day was typed, and the usual one is meant."""


def read_schedule(typed: str, now: datetime) -> Typed:
    """When a bulletin is to go out; Refusal says what is wrong with it."""
    words = folded(typed)
    if _LUNAR.search(words):
        raise Refusal("recurrence.lunar")
    today = now.astimezone(LOCAL_ZONE).date()
    words, first_on = _without_day(_FROM, words, today, typed)
    words, until = _without_day(_UNTIL, words, today, typed)
    words, at = without_time(words, typed)
    if words in WEEKDAY_WORDS and not first_on and not until:
        return Typed(_next(WEEKDAY_WORDS[words], at or USUAL_TIME, now), None, at is None)
    named = _days(words, typed)
    if named is None:
        return Typed(read_moment(typed, now, USUAL_TIME), None, at is None)
    begins = first_on or today
    if until is not None and until < begins:
        raise Refusal("recurrence.never")
    rule = Recurrence(named[0], at or USUAL_TIME, begins, named[1], until)
    return Typed(None, rule, at is None)


def read_expiry(typed: str, due: datetime | None, now: datetime) -> timedelta:
    """For how long something due then may be sent; without `due` it recurs, and has no one end."""
    words = folded(typed)
    if found := _SPAN.fullmatch(words):
        length = timedelta(hours=int(found["hours"] or 0), days=int(found["days"] or 0))
    elif due is None:
        raise Refusal("expiry.hours_wanted")
    else:
        length = read_moment(re.sub(r"^(?:đến|tới|den|toi) ", "", typed.lower()), now) - due
    if length <= timedelta(0):
        raise Refusal("expiry.before_due")
    if length > LONGEST_GOOD:
        raise Refusal("expiry.too_long", days=LONGEST_GOOD.days)
    return length


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A day, whether the offices work on it (None: as the calendar says), and why."""

    day: date
    is_working: bool | None
    note: str


def read_day(typed: str, now: datetime) -> TypedDay:
    """What somebody typed about a day: "nghỉ 25/11 bão", "làm 28/11 làm bù", "như cũ 25/11"."""
    found = _DAY_OFF.fullmatch(" ".join(normalised(typed).split()))
    if found is None:
        raise Refusal("office_day.not_understood")
    today = now.astimezone(LOCAL_ZONE).date()
    day = meant_day(found.groupdict(), today, typed)
    if not today <= day <= today + FURTHEST_AHEAD:
        raise Refusal("office_day.too_far")
    note = found["note"].strip(" ,;:.-–")
    if over := units_over(note, LONGEST_NOTE):
        raise Refusal("office_day.note_too_long", over=over, limit=LONGEST_NOTE)
    word = folded(found["word"]).split()[0]
    return TypedDay(day, {"nghi": False, "lam": True}.get(word), note)


def weekly(moment: datetime) -> Recurrence:
    """Every week on the weekday and at the time of a moment, beginning with it."""
    local = moment.astimezone(LOCAL_ZONE)
    days = frozenset({local.weekday()})
    return Recurrence(Cadence.WEEKLY, local.time(), local.date(), days)


def _without_day(
    form: re.Pattern[str], words: str, today: date, typed: str
) -> tuple[str, date | None]:
    """The words without such a date, and the date."""
    found = form.search(words)
    if found is None:
        return words, None
    return cut(words, found), meant_day(found.groupdict(), today, typed)


def _days(words: str, typed: str) -> tuple[Cadence, frozenset[int]] | None:
    """The cadence and its days; None if this is no rule at all."""
    if _NO_DAYS.fullmatch(words):
        raise Refusal("recurrence.no_days")
    if _DAILY.fullmatch(words):
        return Cadence.DAILY, frozenset()
    if _WORKING_DAYS.fullmatch(words):
        return Cadence.WORKING_DAYS, frozenset()
    if _LAST_DAY.fullmatch(words):
        return Cadence.MONTHLY, frozenset({LAST_OF_MONTH})
    if found := next((f for form in _MONTHLY if (f := form.fullmatch(words))), None):
        return Cadence.MONTHLY, _month_days(found["numbers"], typed)
    if found := _WEEKDAYS.fullmatch(words):
        return Cadence.WEEKLY, _weekdays(found["names"])
    return None


def _month_days(numbers: str, typed: str) -> frozenset[int]:
    days = frozenset(int(number) for number in re.findall(r"\d+", numbers))
    if not days <= frozenset(range(1, LAST_OF_MONTH + 1)):
        raise Refusal("moment.no_such_day", typed=typed)
    return days


def _weekdays(names: str) -> frozenset[int]:
    """The days that were listed, and all between the ends of a span such as "2-6"."""
    bare = re.sub(r"\b(?:thu |t(?=\d))", "", names)
    days = {WEEKDAY[name] for name in re.findall(rf"\b{NAME}\b", bare)}
    for first, last in _RANGE.findall(bare):
        span = (WEEKDAY[last] - WEEKDAY[first]) % 7
        days |= {(WEEKDAY[first] + n) % 7 for n in range(span + 1)}
    return frozenset(days)


def _next(weekday: int, at: time, now: datetime) -> datetime:
    today = now.astimezone(LOCAL_ZONE).date()
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    moment = datetime.combine(day, at, LOCAL_ZONE)
    return (moment if moment > now else moment + timedelta(days=7)).astimezone(UTC)
