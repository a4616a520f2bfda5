"""What a unit's communicators did in a month, beside the month before."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.clock import LOCAL_ZONE
from domain.model.button import Button
from domain.model.unit import Unit

PLACES_ON_A_PAGE = 12


@dataclass(frozen=True, slots=True)
class Count:
    """One month's sessions in one place; only what was confirmed counts (số buổi)."""

    sessions: int = 0
    people: int = 0
    """Who listened, added up: somebody who came twice counts twice."""
    contents: int = 0
    """Bulletins that were a session's subject, each once."""
    waiting: int = 0
    """Sessions that nobody has confirmed yet, counted nowhere else."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What was asked at one person's sessions of a month (câu hỏi của bà con)."""

    raised: int
    answered: int
    """Those that wait for nobody's answer any more."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """One month's conferences and trainings in one place, once they are over (đã tổ chức)."""

    held: int = 0
    """Those that it called people to itself."""
    invited: int = 0
    """Its own people, to whatever they were called; somebody called twice counts twice."""
    yes: int = 0
    came: int = 0


@dataclass(frozen=True, slots=True)
class PlaceActivity:
    """A unit with all below it (địa bàn)."""

    unit: Unit
    this: Count
    before: Count
    open_questions: int
    """Asked at sessions, whenever that was, and not answered yet."""
    gathered: Gathered = Gathered()
    gathered_before: Gathered = Gathered()


@dataclass(frozen=True, slots=True)
class Idle:
    """A communicator with an account who has logged nothing (chưa có buổi)."""

    person_id: str
    languages: tuple[str, ...]
    """What they speak with people; empty when nobody has said."""


@dataclass(frozen=True, slots=True)
class UnitActivity:
    """A unit's month, as a whole and by the places right below it (hoạt động)."""

    first_on: date
    whole: PlaceActivity
    places: tuple[PlaceActivity, ...]
    """One page of them, in the order of their names."""
    idle: int
    """Communicators with an account who have logged no session this month."""
    buttons: tuple[Button, ...] = ()


def first_of_month(now: datetime) -> date:
    """The first local day of the month that it is."""
    return now.astimezone(LOCAL_ZONE).date().replace(day=1)


def month_before(first_on: date) -> date:
    return (first_on - timedelta(days=1)).replace(day=1)


def month_after(first_on: date) -> date:
    return (first_on + timedelta(days=31)).replace(day=1)


def bounds(first_on: date) -> tuple[datetime, datetime]:
    """The first moment of a local month, and the first after it."""
    begin, end = (
        datetime.combine(day, time(), LOCAL_ZONE).astimezone(UTC)
        for day in (first_on, month_after(first_on))
    )
    return begin, end


def week_of(now: datetime) -> str:
    """The local week, such as 2026-W47."""
    year, week, _ = now.astimezone(LOCAL_ZONE).isocalendar()
    return f"{year}-W{week:02}"
