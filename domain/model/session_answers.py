"""What may stand in each field of a session, and what is refused by name."""

from datetime import datetime

from domain.errors import Refusal
from domain.model.form import FieldKind, FormField
from domain.model.resident import LONGEST_TEXT
from domain.model.session import Value, require_recent
from domain.model.text import has_words, normalised, shown_short, units_over
from domain.model.typed_past import read_minutes, read_number, read_past

LONGEST_MINUTES = 600
MOST_PEOPLE = 100_000
LONGEST_WORDS = 500
"""UTF-16 units of a field for words."""


def read_answer(asked: FormField, typed: str, now: datetime) -> Value:
    """What was typed, or the id of what was chosen, as the field keeps it."""
    match asked.kind:
        case FieldKind.MOMENT:
            return _start(typed, now)
        case FieldKind.MINUTES:
            return _minutes(typed)
        case FieldKind.NUMBER:
            return _count(typed)
        case FieldKind.CHOICE:
            return _choice(asked, typed)
        case FieldKind.CHOICES:
            return _choices(asked, typed)
        case _:
            return _words(typed)


def _start(typed: str, now: datetime) -> datetime:
    try:
        start = _moment(typed) or read_past(typed, now)
        require_recent(start, now)
    except OverflowError:  # in the first or the last year that there is, seen from another zone
        raise Refusal("session.start_not_understood", typed=shown_short(typed)) from None
    return start


def _moment(chosen: str) -> datetime | None:
    """A moment as a button carries it."""
    try:
        moment = datetime.fromisoformat(chosen)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _minutes(typed: str) -> int:
    minutes = read_minutes(typed)
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise Refusal("session.minutes_out_of_range", typed=shown_short(typed))
    return minutes


def _count(typed: str) -> int:
    count = read_number(typed)
    if not 0 <= count <= MOST_PEOPLE:
        raise Refusal("session.count_out_of_range", typed=shown_short(typed))
    return count


def _choice(asked: FormField, typed: str) -> str:
    if typed not in asked.choices:
        raise Refusal("session.not_a_choice", typed=shown_short(typed))
    return typed


def _choices(asked: FormField, typed: str) -> tuple[str, ...]:
    named = [_choice(asked, one.strip()) for one in typed.split(",") if one.strip()]
    return tuple(one for one in asked.choices if one in named)


def read_question(typed: str) -> str:
    """Somebody's question as it will be filed: word for word."""
    return _words(typed, LONGEST_TEXT)


def _words(typed: str, limit: int = LONGEST_WORDS) -> str:
    if not has_words(typed):
        raise Refusal("session.nothing_written")
    kept = normalised(typed)
    if over := units_over(kept, limit):
        raise Refusal("session.too_long", over=over, limit=limit)
    return kept
