"""How somebody's work in the field goes on: rest, return, leave, move; and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.model.access import FIELD_ROLES, Grant, Person, Role


class ServiceAct(StrEnum):
    """What a supervisor decides about somebody's work in the field (quyết định nhân sự)."""

    SUSPEND = "suspend"
    RESUME = "resume"
    LEAVE = "leave"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of somebody's grants."""

    changed: tuple[tuple[Grant, Grant], ...] = ()
    """As they are, and as they will be; at once, whatever the hour."""
    added: tuple[Grant, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.changed


def decided(act: ServiceAct, person: Person, unit_id: str, today: date, to: str = "") -> Outcome:
    """The act on all that somebody does in the field at one unit; empty if it fits nothing."""
    held = field_grants(person, unit_id)
    standing = [grant for grant in held if not grant.is_over_on(today)]
    match act:
        case ServiceAct.SUSPEND:
            working = [grant for grant in standing if grant.suspended_on is None]
            return Outcome(tuple((g, replace(g, suspended_on=today)) for g in working))
        case ServiceAct.RESUME:
            away = [grant for grant in held if grant.suspended_on or grant.left_on]
            back = [(g, replace(g, suspended_on=None, left_on=None)) for g in away]
            return Outcome(tuple(pair for pair in back if not pair[1].is_over_on(today)))
        case ServiceAct.LEAVE:
            return Outcome(_left(standing, today))
        case ServiceAct.MOVE:
            there = {
                grant.role for grant in field_grants(person, to) if not grant.is_over_on(today)
            }
            added = [_moved(g, to, today) for g in standing if g.role not in there]
            return Outcome(_left(standing, today), tuple(dict.fromkeys(added)))


def _left(standing: Sequence[Grant], today: date) -> tuple[tuple[Grant, Grant], ...]:
    return tuple((grant, replace(grant, left_on=today)) for grant in standing)


def _moved(grant: Grant, to: str, today: date) -> Grant:
    """The rest of the term, at another unit."""
    return replace(grant, unit_id=to, valid_from=max(today, grant.valid_from or today))


def field_grants(person: Person, unit_id: str) -> tuple[Grant, ...]:
    """What somebody is, was or will be in the field at one unit."""
    return tuple(g for g in person.grants if g.unit_id == unit_id and g.role in FIELD_ROLES)


def is_listed(person: Person, unit_id: str, today: date) -> bool:
    """Whether a supervisor sees them there: whoever is not over, or can be taken back."""
    back = decided(ServiceAct.RESUME, person, unit_id, today)
    standing = any(not grant.is_over_on(today) for grant in field_grants(person, unit_id))
    return standing or not back.is_empty


def possible(person: Person, unit_id: str, today: date) -> tuple[ServiceAct, ...]:
    """What can be decided about somebody now; a move goes wherever a leave does."""
    acts = (ServiceAct.SUSPEND, ServiceAct.RESUME, ServiceAct.LEAVE)
    found = [act for act in acts if not decided(act, person, unit_id, today).is_empty]
    return (*found, ServiceAct.MOVE) if ServiceAct.LEAVE in found else tuple(found)


@dataclass(frozen=True, slots=True)
class Service:
    """One role of somebody in the field, as a roster check sees it (người đang làm)."""

    person_id: str
    name: str
    role: Role
    unit_id: str
    unit_name: str
    joined: bool
    invited: bool
    """Whether a link was made for them, be it dead by now."""
    rests: bool
    valid_until: date | None
    seen_on: date | None = None
    """The last day on which they were there; None if that was never noted."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many carry the work in a unit and all below it (quân số)."""

    people: int
    joined: int
    resting: int

    @classmethod
    def of(cls, services: Sequence[Service]) -> "Headcount":
        each = {one.person_id: one for one in services}.values()
        resting = {one.person_id for one in services if one.rests}
        return cls(len(each), sum(one.joined for one in each), len(resting))
