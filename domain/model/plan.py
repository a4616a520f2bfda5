"""The plan of bulletins: what goes out when, what meets in one group, and where nothing comes."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.clock import LOCAL_ZONE
from domain.model.recurrence import Recurrence
from domain.model.series import Series

HOUR = timedelta(hours=1)
"""Two bulletins that come to one group less than this apart are one too many."""
GAP_DAYS = 7
"""So many days without a bulletin are a gap, unless the office says otherwise."""
DAYS_OF_WEEK = 7


class PlanState(StrEnum):
    """How a planned time stands, as the plan marks it."""

    WAITING = "waiting"
    """Nobody has approved it yet."""
    PLANNED = "planned"
    ASKS = "asks"
    """It is late, and waits for somebody's word."""
    GOING = "going"
    SENT = "sent"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def comes(self) -> bool:
        """Whether groups get it, or got it, at that time."""
        return self in (PlanState.WAITING, PlanState.PLANNED, PlanState.GOING, PlanState.SENT)


@dataclass(frozen=True, slots=True)
class Fire:
    """A revision at one time."""

    at: datetime
    bulletin_id: str
    revision_id: str


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One line of the plan (mục lịch)."""

    fire: Fire
    unit_id: str
    heading: str
    state: PlanState
    recurs: bool = False
    series: Series | None = None
    broadcast_id: str = ""
    """Empty for a later time of what recurs, and for what nobody has approved."""

    @property
    def day(self) -> date:
        return self.fire.at.astimezone(LOCAL_ZONE).date()


@dataclass(frozen=True, slots=True)
class PlanRule:
    """What recurs, and by which rule."""

    revision_id: str
    bulletin_id: str
    unit_id: str
    heading: str
    recurrence: Recurrence
    series: Series | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A revision that waits for approval (chờ duyệt)."""

    revision_id: str
    bulletin_id: str
    unit_id: str
    author_id: str
    heading: str
    submitted_at: datetime
    send_at: datetime | None
    series: Series | None

    def is_overdue(self, now: datetime, soon: timedelta) -> bool:
        """Whether its time has gone by, or is near."""
        return self.send_at is not None and self.send_at <= now + soon


@dataclass(frozen=True, slots=True)
class Clash:
    """Two bulletins that come to the same groups within the hour (trùng giờ)."""

    mine: Fire
    other: Fire
    groups: int
    """How many groups get both."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The same, as somebody is told of it who may not know the other bulletin."""

    at: datetime
    named: str
    """The other's heading, or, where that is not theirs to read, the body that issues it."""
    groups: int


def clashes(
    mine: Iterable[Fire], others: Sequence[Fire], groups: Mapping[str, Collection[str]]
) -> tuple[Clash, ...]:
    """Whatever of the others comes within the hour of one of mine to a group of both.

    `groups` holds the groups of each revision as sets. The nearest in time stands first.
    """
    in_order = sorted(others, key=lambda fire: fire.at)
    times = [fire.at for fire in in_order]
    found: list[Clash] = []
    for fire in mine:
        first, last = bisect_right(times, fire.at - HOUR), bisect_left(times, fire.at + HOUR)
        theirs = frozenset(groups.get(fire.revision_id, ()))
        for other in in_order[first:last]:
            if other.bulletin_id == fire.bulletin_id:
                continue
            shared = len(theirs.intersection(groups.get(other.revision_id, ())))
            if shared:
                found.append(Clash(fire, other, shared))
    return tuple(sorted(found, key=lambda one: (one.mine.at, abs(one.other.at - one.mine.at))))


def near(mine: Sequence[Fire], others: Iterable[Fire]) -> tuple[Fire, ...]:
    """Those of the others that come within the hour of one of mine."""
    times = sorted(fire.at for fire in mine)

    def meets(other: Fire) -> bool:
        return bisect_right(times, other.at - HOUR) < bisect_left(times, other.at + HOUR)

    return tuple(other for other in others if meets(other))


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which a place's groups get nothing (khoảng trống)."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def gaps(fed: Collection[date], first: date, last: date, longest: int) -> tuple[Gap, ...]:
    """Stretches of at least so many days without anything, between two days."""
    found: list[Gap] = []
    begin = first
    for day in [*sorted(day for day in set(fed) if first <= day <= last), last + timedelta(days=1)]:
        if (day - begin).days >= longest:
            found.append(Gap(begin, day - timedelta(days=1)))
        begin = day + timedelta(days=1)
    return tuple(found)


def weeks_of(year: int, month: int) -> tuple[tuple[date | None, ...], ...]:
    """A month in weeks from Monday to Sunday; None where a day is not of it."""
    day = date(year, month, 1)
    cells: list[date | None] = [None] * day.weekday()
    while day.month == month:
        cells.append(day)
        day += timedelta(days=1)
    cells += [None] * (-len(cells) % DAYS_OF_WEEK)
    return tuple(
        tuple(cells[begin : begin + DAYS_OF_WEEK]) for begin in range(0, len(cells), DAYS_OF_WEEK)
    )


def out_of_order(entries: Iterable[PlanEntry]) -> frozenset[Fire]:
    """Parts of a series that come before an earlier part of it."""
    by_name: dict[tuple[str, str], list[PlanEntry]] = {}
    for entry in entries:
        if entry.series and not entry.recurs and entry.state.comes:
            by_name.setdefault((entry.unit_id, entry.series.name), []).append(entry)
    return frozenset(
        one.fire
        for parts in by_name.values()
        for one in parts
        if any(_precedes(other, one) for other in parts)
    )


def _precedes(other: PlanEntry, one: PlanEntry) -> bool:
    """Whether another part that belongs before this one comes after it."""
    if other.series is None or one.series is None:
        return False
    return other.series.part < one.series.part and other.fire.at > one.fire.at
