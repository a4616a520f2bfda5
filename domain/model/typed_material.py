"""What somebody types about material they write, read as it is meant or refused in one sentence."""

import re
from datetime import date
from typing import TypedDict

from domain.errors import Refusal
from domain.model.bulletin import Field
from domain.model.handout import Handout
from domain.model.material import LONGEST, MOST_MINUTES, Pair
from domain.model.text import has_words, normalised, units_over

ONE_LINE = ("title", "source", "issuing_body")
_DAY = re.compile(r"(?:ngày )?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
_MINUTES = re.compile(r"(\d{1,4})(?: ?(?:phút|phut|p|min|minutes|នាទី))?\.?")


class BodyFields(TypedDict, total=False):
    """The parts of material that can be set."""

    title: str
    field: Field
    text: str
    points: str
    pairs: tuple[Pair, ...]
    minutes: int | None
    issuing_body: str
    source: str
    valid_until: date | None
    audience_unit_id: str
    handout: Handout


def read_words(name: str, typed: str) -> str:
    """Words for one of its parts; Refusal if they say nothing, or too much."""
    if not has_words(typed):
        raise Refusal("compose.nothing_written")
    words = normalised(typed)
    if name in ONE_LINE:
        words = " ".join(words.split())
    if over := units_over(words, LONGEST[name]):
        raise Refusal("material.too_long", over=over, limit=LONGEST[name])
    return words


def read_minutes(typed: str) -> int:
    """A whole number of minutes."""
    found = _MINUTES.fullmatch(normalised(typed).casefold())
    minutes = int(found[1]) if found else 0
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refusal("material.no_minutes", limit=MOST_MINUTES)
    return minutes


def read_last_day(typed: str, today: date) -> date:
    """A day from today on; without its year the next of that name."""
    found = _DAY.fullmatch(normalised(typed).casefold())
    try:
        if found is None:
            raise ValueError
        day, month, year = int(found[1]), int(found[2]), int(found[3] or today.year)
        last = date(year, month, day)
        if not found[3] and last < today:
            last = date(year + 1, month, day)
    except ValueError:
        raise Refusal("material.no_day") from None
    if last < today:
        raise Refusal("material.day_is_over")
    return last
