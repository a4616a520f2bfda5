"""The monthly look at a unit's people: who is missing, silent, near the end; where nobody is."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.clock import LOCAL_ZONE
from domain.model.access import Role
from domain.model.field_work import Service
from domain.model.office_days import OfficeDays
from domain.model.unit import HAMLET_KINDS, Unit

HOUR = time(7, 30)
"""When the card comes, on the first working day of a month."""
LATE_DAYS = 7
"""So long after that day a check that was missed is made up for."""
SILENT = timedelta(days=30)
ENDS_SOON = timedelta(days=60)


class Finding(StrEnum):
    """What a roster check finds (điều cần rà soát)."""

    NOT_INVITED = "not_invited"
    NOT_JOINED = "not_joined"
    SILENT = "silent"
    ENDING = "ending"
    UNCOVERED = "uncovered"


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a list: somebody and where they serve, or a place without anybody."""

    name: str
    place: str = ""
    """For a place, the one above it; none where that is what the check is about."""
    day: date | None = None
    """When their term ends."""


Findings = Mapping[Finding, tuple[Found, ...]]


def checked(services: Sequence[Service], units: Sequence[Unit], today: date) -> Findings:
    """All that is to be looked after in a subtree, its top first; each person once in a list."""
    away = [one for one in services if not one.joined]
    quiet = [one for one in services if one.joined and not one.rests and _is_silent(one, today)]
    ending = [one for one in services if _ends_soon(one, today)]
    covered = {one.unit_id for one in services if one.role is Role.COMMUNICATOR and not one.rests}
    return {
        Finding.NOT_INVITED: _named(one for one in away if not one.invited),
        Finding.NOT_JOINED: _named(one for one in away if one.invited),
        # Without the day: beside that of something passed on without a name it could tell whose.
        Finding.SILENT: _named(quiet),
        Finding.ENDING: _each((one, one.valid_until) for one in ending),
        Finding.UNCOVERED: _bare(units, covered),
    }


def is_due(now: datetime, office: OfficeDays) -> bool:
    """Whether this month's check has come and is not too late: on a working day, in its hours."""
    local = now.astimezone(LOCAL_ZONE)
    today = local.date()
    days = (today.replace(day=1) + timedelta(days=n) for n in range(28))
    first = next((day for day in days if office.is_working_day(day)), today)
    in_time = first <= today <= first + timedelta(days=LATE_DAYS)
    return in_time and office.is_working_day(today) and local.time() >= HOUR


def _bare(units: Sequence[Unit], covered: Set[str]) -> tuple[Found, ...]:
    """Each hamlet with the place above it, ward by ward."""
    below = {unit.id: unit.name for unit in units[1:]}
    bare = [unit for unit in units if unit.kind in HAMLET_KINDS and unit.id not in covered]
    lines = [Found(unit.name, below.get(unit.parent_id or "", "")) for unit in bare]
    return tuple(sorted(lines, key=lambda line: line.place))


def _is_silent(one: Service, today: date) -> bool:
    """Of whoever was never seen since it is counted nothing is said."""
    return one.seen_on is not None and one.seen_on < today - SILENT


def _ends_soon(one: Service, today: date) -> bool:
    return one.valid_until is not None and one.valid_until <= today + ENDS_SOON


def _named(services: Iterable[Service]) -> tuple[Found, ...]:
    return _each((one, None) for one in services)


def _each(services: Iterable[tuple[Service, date | None]]) -> tuple[Found, ...]:
    found: dict[str, Found] = {}
    for one, day in services:
        found.setdefault(one.person_id, Found(one.name, one.unit_name, day))
    return tuple(found.values())
