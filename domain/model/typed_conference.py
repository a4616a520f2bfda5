"""What people type about a conference: "thứ năm 8h", "15/12 08:00", "đến 11h30", a title, links."""

import re
from datetime import datetime, timedelta

from domain.clock import LOCAL_ZONE
from domain.errors import Refusal
from domain.model.conference import AUDIENCES, Conference, ConferenceKind, Value, at_local_time
from domain.model.text import has_words, normalised, shown_short, units_over
from domain.model.typed_past import read_minutes
from domain.model.typed_schedule import read_schedule
from domain.model.typed_words import PART, WEEKDAY_WORDS, cut, folded, in_part, without_time

LONGEST = {"title": 150, "place": 200, "note": 600, "material": 2000}
"""In UTF-16 units."""
SHORTEST_MINUTES, LONGEST_MINUTES = 15, 3 * 24 * 60
_NEXT_WEEK = re.compile(r"(?P<day>.+?) tuan sau")
_WEEKDAY_AND_DATE = re.compile(r"^(?:thu \w+|t\d|cn),? (?=ngay |\d{1,2}[/-])")
_UNTIL = re.compile(r"^(?:den|toi|het) ")
_INSECURE = re.compile(r"\bhttp://|\bwww\.", re.IGNORECASE)
_KINDS = {"hoi nghi": ConferenceKind.CONFERENCE, "tap huan": ConferenceKind.TRAINING}
_OURS = {
    "moment.past": "conference.start_past",
    "moment.not_understood": "conference.start_not_understood",
}
"""What is wrong with a time, said of a conference instead of a bulletin."""


def read_field(key: str, typed: str, conference: Conference, now: datetime) -> Value:
    """What was typed, or chosen by its id, about one thing; Refusal says what is wrong with it."""
    match key:
        case "kind":
            return _kind(typed)
        case "audience":
            if typed not in AUDIENCES:
                raise Refusal("conference.press_one")
            return typed
        case "start":
            return read_start(typed, now)
        case "minutes":
            return read_length(typed, conference)
        case _:
            return read_text(key, typed)


def read_text(key: str, typed: str) -> str:
    """Words within their limit."""
    text = normalised(typed)
    if not has_words(text):
        raise Refusal("conference.empty")
    if over := units_over(text, LONGEST[key]):
        raise Refusal("conference.too_long", over=over, limit=LONGEST[key])
    return text


def read_material(typed: str) -> str:
    """A note with links, each secure and whole."""
    text = read_text("material", typed)
    if _INSECURE.search(text):
        raise Refusal("conference.link_not_secure")
    return text


def read_start(typed: str, now: datetime) -> datetime:
    """The coming moment (UTC) that somebody typed in local time."""
    words = folded(typed)
    part = PART.search(words)
    rest, at = without_time(cut(words, part) if part else words, typed)
    if at is None:
        raise Refusal("conference.hour_wanted", typed=shown_short(typed))
    if part and (at := in_part(at, part["part"])) is None:
        raise Refusal("conference.start_not_understood", typed=shown_short(typed))
    day = _WEEKDAY_AND_DATE.sub("", rest.strip(" ,"))
    if found := _NEXT_WEEK.fullmatch(day):
        day = _day_next_week(found["day"], typed, now)
    try:
        read = read_schedule(f"{day} {at:%H:%M}".strip(), now)
    except Refusal as refusal:
        key = _OURS.get(refusal.key, refusal.key)
        raise Refusal(key, typed=shown_short(typed)) from None
    if read.moment is None:
        raise Refusal("conference.one_time", typed=shown_short(typed))
    return read.moment


def read_length(typed: str, conference: Conference) -> int:
    """How many minutes: "2 tiếng", "90 phút", "1h30", or until when: "đến 11h30"."""
    words = folded(typed)
    if _UNTIL.match(words):
        minutes = _until(_UNTIL.sub("", words), typed, conference)
    else:
        minutes = _length(typed)
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        hours = LONGEST_MINUTES // 60
        raise Refusal("conference.minutes_range", least=SHORTEST_MINUTES, hours=hours)
    return minutes


def _length(typed: str) -> int:
    try:
        return read_minutes(typed)
    except Refusal:
        raise Refusal("conference.length_not_understood", typed=shown_short(typed)) from None


def _until(words: str, typed: str, conference: Conference) -> int:
    part = PART.search(words)
    rest, at = without_time(cut(words, part) if part else words, typed)
    if at is not None and part:
        at = in_part(at, part["part"])
    if at is None or rest.strip():
        raise Refusal("conference.length_not_understood", typed=shown_short(typed))
    length = at_local_time(conference.begins, at) - conference.begins
    if length <= timedelta(0):
        raise Refusal("conference.ends_before", typed=shown_short(typed))
    return int(length.total_seconds() // 60)


def _kind(typed: str) -> ConferenceKind:
    words = folded(typed).replace("_", " ")
    if words not in _KINDS:
        raise Refusal("conference.press_one")
    return _KINDS[words]


def _day_next_week(named: str, typed: str, now: datetime) -> str:
    weekday = WEEKDAY_WORDS.get(named)
    if weekday is None:
        raise Refusal("conference.start_not_understood", typed=shown_short(typed))
    today = now.astimezone(LOCAL_ZONE).date()
    day = today + timedelta(days=7 - today.weekday() + weekday)
    return f"{day:%d/%m/%Y}"
