"""A good word from whoever is in charge to somebody in the field; never a figure."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import Forbidden, Refusal
from domain.model.access import FIELD_ROLES, Actor, Person
from domain.model.text import has_words, normalised, units_over
from domain.model.unit import Lineage

LONGEST_WORDS = 300
"""UTF-16 units: a few sentences."""


@dataclass(frozen=True, slots=True)
class Commendation:
    """Words of thanks for somebody's work in one unit (lời khen)."""

    id: str
    person_id: str
    unit_id: str
    author_id: str
    text: str
    given_at: datetime

    @property
    def about(self) -> str:
        """The event of which its message tells."""
        return f"commendation:{self.id}"


def require_other(by: Actor, person: Person, lineage: Lineage) -> None:
    """Forbidden for praise of oneself, or of somebody who does nothing in the field there."""
    serves = [g for g in person.grants if g.role in FIELD_ROLES and g.reaches(lineage)]
    if by.id == person.id or not serves:
        raise Forbidden("commendation.not_for_them")


def acceptable(typed: str) -> str:
    """The words as they are kept; Refusal says what is wrong with them."""
    if not has_words(typed):
        raise Refusal("session.nothing_written")
    kept = normalised(typed)
    if over := units_over(kept, LONGEST_WORDS):
        raise Refusal("session.too_long", over=over, limit=LONGEST_WORDS)
    return kept
