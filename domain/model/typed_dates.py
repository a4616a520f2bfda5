"""Dates as they stand in running text, in our three languages, with the weekday beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_WEEKDAYS = (
    ("thứ hai", "thứ 2", "t2", "ចន្ទ", "monday"),
    ("thứ ba", "thứ 3", "t3", "អង្គារ", "tuesday"),
    ("thứ tư", "thứ 4", "t4", "ពុធ", "wednesday"),
    ("thứ năm", "thứ 5", "t5", "ព្រហស្បតិ៍", "thursday"),
    ("thứ sáu", "thứ 6", "t6", "សុក្រ", "friday"),
    ("thứ bảy", "thứ 7", "t7", "សៅរ៍", "saturday"),
    ("chủ nhật", "cn", "អាទិត្យ", "sunday"),
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBER_OF = {name: n for n, names in enumerate(_WEEKDAYS) for name in names}
_NAME = "|".join(sorted(map(re.escape, _NUMBER_OF), key=len, reverse=True))
_BEFORE = re.compile(
    rf"(?:^|(?<=\W))(?:ថ្ងៃ)?({_NAME})[\s,(]*(?:(?:ngày|ទី|the)\s*)?$", re.IGNORECASE
)
_AFTER = re.compile(rf"^\s*\(\s*(?:ថ្ងៃ)?({_NAME})\s*\)", re.IGNORECASE)
_SINCE = re.compile(
    r"(?:(?<!\w)(?:từ|from|since)|ចាប់ពី|តាំងពី)\s*(?:(?:ngày|ថ្ងៃទី|ថ្ងៃ|the)\s*)?$", re.IGNORECASE
)
_FAR_ENOUGH = 30
"""Letters before or after a date in which its weekday may stand."""
_DATES = (
    re.compile(
        r"(?<![\d/.\-])(?P<d>\d{1,2})(?P<s>[/.\-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})(?![\d/])"
    ),
    re.compile(r"(?<![\d/.\-])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/]|[.\-]\d)"),
    re.compile(
        r"(?P<d>\d{1,2}) tháng (?P<m>\d{1,2})(?!\d)(?:(?: năm|,)? (?P<y>\d{4})(?!\d))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}}) (?P<n>{'|'.join(_MONTHS)})\b(?:,? (?P<y>\d{{4}})(?!\d))?",
        re.IGNORECASE,
    ),
)
_LONGEST_MONTH, _MONTHS_IN_A_YEAR = 31, 12
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date in a text, and the weekday that it is said to be."""

    written: str
    day: int
    month: int
    year: int | None
    weekday: int | None
    """Monday is 0."""
    is_since: bool = False
    """Whether something holds from it on: then it may lie in the past."""
    begin: int = 0
    """Where in the text it stands."""
    is_named: bool = False
    """Whether it is said to be a day, so that one of its numbers alone makes it one."""

    def on(self, today: date) -> date | None:
        """The day that is meant; without a year the one nearest to today. None: no such day."""
        years = [self.year] if self.year else [today.year, today.year + 1, today.year - 1]
        days = [day for year in years if (day := _day(year, self.month, self.day))]
        return min(days, key=lambda day: abs(day - today), default=None)

    @property
    def is_possible(self) -> bool:
        return _day(self.year or _LEAP_YEAR, self.month, self.day) is not None


def dates_in(text: str) -> Iterator[TypedDate]:
    """Every date of a text; numbers with a stroke that can be none, such as 45/50, are not."""
    taken: set[int] = set()
    for pattern in _DATES:
        for found in pattern.finditer(text):
            place = range(found.start(), found.end())
            parts = found.groupdict()
            name = parts.get("n")
            month = _MONTHS.index(name.lower()) + 1 if name else int(parts["m"])
            year = int(parts["y"]) if parts.get("y") else None
            weekday, since = _weekday(text, found), _is_since(text, found)
            named = text[: found.start()].lower().endswith("ngày ")
            day, begin = int(parts["d"]), found.start()
            one = TypedDate(found[0], day, month, year, weekday, since, begin, named)
            if taken.isdisjoint(place) and (year or _may_be_a_date(one)):
                taken.update(place)
                yield one


def _may_be_a_date(one: TypedDate) -> bool:
    fits = 1 <= one.day <= _LONGEST_MONTH, 1 <= one.month <= _MONTHS_IN_A_YEAR
    return all(fits) or (one.is_named and any(fits))


def _weekday(text: str, found: re.Match[str]) -> int | None:
    before = _BEFORE.search(text[max(found.start() - _FAR_ENOUGH, 0) : found.start()])
    after = _AFTER.search(text[found.end() : found.end() + _FAR_ENOUGH])
    beside = before or after
    return _NUMBER_OF[beside[1].lower()] if beside else None


def _is_since(text: str, found: re.Match[str]) -> bool:
    return _SINCE.search(text[max(found.start() - _FAR_ENOUGH, 0) : found.start()]) is not None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
