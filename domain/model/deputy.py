"""Somebody who stands in for another: for one role on one unit, from one day to another."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import Refusal
from domain.model.access import STAFF_ROLES, Grant, Person, Role
from domain.model.moment import meant_day
from domain.model.text import shown_short
from domain.model.typed_words import DATE, folded

LONGEST_TERM = timedelta(days=92)
FURTHEST_BEGIN = timedelta(days=183)
_DAY = re.compile(DATE)


@dataclass(frozen=True, slots=True)
class Place:
    """A role that somebody holds on a unit, and that a deputy can take for a time (vị trí)."""

    role: Role
    unit_id: str
    holder_id: str

    @property
    def written(self) -> str:
        """As a button carries it."""
        return f"{self.role}:{self.holder_id}@{self.unit_id}"

    @classmethod
    def of(cls, written: str) -> "Place":
        role, _, rest = written.partition(":")
        holder_id, _, unit_id = rest.partition("@")
        return cls(Role(role), unit_id, holder_id)


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who stands in for whom (người được ủy quyền)."""

    person: Person
    grant: Grant
    holder: Person


def places_at(people: Iterable[Person], unit_id: str, today: date) -> tuple[Place, ...]:
    """Every staff role that somebody holds there themself."""
    return tuple(
        dict.fromkeys(
            Place(grant.role, unit_id, person.id)
            for person in people
            for grant in person.grants
            if grant.role in STAFF_ROLES
            and grant.unit_id == unit_id
            and grant.deputy_of is None
            and not grant.is_over_on(today)
        )
    )


def deputies_at(people: Iterable[Person], unit_id: str, today: date) -> tuple[Deputy, ...]:
    """Who stands in for somebody there now, or will; the holder still has to be looked up."""
    return tuple(
        Deputy(person, grant, person)
        for person in people
        for grant in person.grants
        if grant.deputy_of is not None and grant.unit_id == unit_id and not grant.is_over_on(today)
    )


def require_free(deputy: Person, place: Place, first: date, last: date) -> None:
    """Refuse somebody who stands in there already, or holds the role there anyway."""
    for grant in deputy.grants:
        same = (grant.role, grant.unit_id) == (place.role, place.unit_id)
        if not same or grant.has_left_by(first):
            continue
        begins, ends = grant.valid_from or first, grant.valid_until or last
        if begins <= last and first <= ends:
            raise Refusal("deputy.already", name=deputy.name)


def require_held(holder: Person, place: Place, first: date, last: date) -> None:
    """Refuse days on which the holder does not have the role: no deputy is one alone."""
    for grant in holder.grants:
        same = (grant.role, grant.unit_id) == (place.role, place.unit_id)
        begins, ends = grant.valid_from or first, grant.valid_until or last
        if same and grant.deputy_of is None and begins <= first and last <= ends:
            return
    raise Refusal("deputy.beyond_role", name=holder.name)


def read_term(typed: str, today: date) -> tuple[date, date]:
    """From which day to which, both included: "24/11 - 30/11", "từ 24/11 đến 30/11/2026".

    One day alone is the last one, from today.
    """
    words = folded(typed)
    found = [meant_day(one.groupdict(), today, typed) for one in _DAY.finditer(_apart(words))]
    match found:
        case [first, last]:
            pass
        case [last]:
            first = today
        case _:
            raise Refusal("deputy.not_understood", typed=shown_short(typed))
    require_term(first, last, today)
    return first, last


def require_term(first: date, last: date, today: date) -> None:
    """Refuse a term that is over, upside down, too far ahead or too long."""
    if last < first:
        raise Refusal("deputy.upside_down")
    if first < today:
        raise Refusal("deputy.past")
    if first > today + FURTHEST_BEGIN or last - first > LONGEST_TERM:
        raise Refusal("deputy.too_long", days=LONGEST_TERM.days)


def _apart(words: str) -> str:
    """With a space where a stroke stands between two dates: "24/11-30/11"."""
    return re.sub(r"(\d/\d{1,2}(?:/\d{4})?)\s*[-–]\s*(?=\d{1,2}/)", r"\1 den ", words)
