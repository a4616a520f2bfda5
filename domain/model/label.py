"""Short words of a unit's own by which its staff sort cases: about the matter, never a person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.errors import Refusal
from domain.model.text import (
    folded_name,
    has_letters,
    masked,
    name_order,
    normalised,
    one_line,
    units_over,
)

MOST_LABELS = 20
"""Of one unit: a list that is read at a glance."""
MOST_ON_A_CASE = 5
LONGEST_LABEL = 24
"""UTF-16 units, so that it fits on its button."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label (nhãn); serves the unit that keeps it and those below."""

    id: str
    unit_id: str
    name: str
    kept_by: str
    kept_at: datetime

    @property
    def place(self) -> tuple[tuple[int, str], ...]:
        """Where it stands among others of its unit."""
        return name_order(self.name)


def read_label(typed: str) -> str:
    """The name that was typed; Refusal says what is wrong with it."""
    name = one_line(typed)
    if not has_letters(name):
        raise Refusal("label.nothing_written")
    if len(normalised(typed).splitlines()) > 1:
        raise Refusal("label.one_at_a_time")
    if over := units_over(name, LONGEST_LABEL):
        raise Refusal("label.too_long", limit=LONGEST_LABEL, over=over)
    if masked(name) != name:
        # A phone or an identity number is a person's.
        raise Refusal("label.number")
    return name


def require_room(name: str, own: Iterable[Label], above: Iterable[Label]) -> None:
    """Refuse one too many, or two on one list that nobody can tell apart."""
    kept = list(own)
    if folded_name(name) in {folded_name(one.name) for one in (*kept, *above)}:
        raise Refusal("label.same_name", name=name)
    if len(kept) >= MOST_LABELS:
        raise Refusal("label.too_many", most=MOST_LABELS)


def require_room_on(code: str, standing: Collection[str]) -> None:
    """Refuse one too many on a case, by the ids of those that stand there."""
    if len(standing) >= MOST_ON_A_CASE:
        raise Refusal("label.enough", code=code, most=MOST_ON_A_CASE)
