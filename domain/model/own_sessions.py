"""What one communicator sees of their own sessions, and of nobody else's."""

from dataclasses import dataclass
from datetime import date

from domain.model.activity import Count, Questions
from domain.model.button import Button
from domain.model.commendation import Commendation
from domain.model.unit import Unit

MONTHS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """A month of one's own beside what was expected of it."""

    first_on: date
    count: Count
    expected: int
    """Sessions, by the unit's plan; 0 if it had none then."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """A commendation with the name of whoever gave it."""

    given: Commendation
    author: str


@dataclass(frozen=True, slots=True)
class ThanksPage:
    """A page of all that somebody was given (lời khen)."""

    thanks: tuple[Thanks, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One's own page (buổi của tôi)."""

    months: tuple[OwnMonth, ...]
    """The last ones, this month at the end."""
    returned: int
    questions: Questions
    planned_at: Unit | None
    """The unit whose plan this month is measured by, its own or as inherited; None without."""
    attended: int = 0
    """Conferences and trainings of this month to which one came."""
    thanks: tuple[Thanks, ...] = ()
    """The last good words, the newest in front."""
    buttons: tuple[Button, ...] = ()

    @property
    def this(self) -> OwnMonth:
        return self.months[-1]
