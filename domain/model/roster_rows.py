"""A roster written down: one row for each role that somebody has, and for each empty unit."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count

from domain.model.access import Grant
from domain.model.roster import ROSTER_ROLES, Book, Line, Member
from domain.model.unit import Unit

FIRST_ROW = 2
"""Below the headings."""


def lines_of(book: Book) -> tuple[Line, ...]:
    """Everything that an import could bring, so that importing it again changes nothing.

    Units come after those above them. Whoever has no role on a roster, or has left, is not on it.
    """
    units = {unit.id: unit for unit in book.units}
    there: defaultdict[str, list[tuple[Member, Grant]]] = defaultdict(list)
    for member in book.members:
        for grant in dict.fromkeys(member.grants):
            if grant.role in ROSTER_ROLES and grant.unit_id in units and not grant.left_on:
                there[grant.unit_id].append((member, grant))
    rows = count(FIRST_ROW)
    lines: list[Line] = []
    for unit in _from_above(units):
        parent = units[unit.parent_id] if unit.parent_id else None
        place = _place(unit, parent.code if parent else "")
        held = sorted(there[unit.id], key=_by_name)
        of_people = [_line(place, member, grant) for member, grant in held]
        lines += [replace(line, row=next(rows)) for line in of_people or [place]]
    return tuple(lines)


def _place(unit: Unit, parent_code: str) -> Line:
    place = Line(0, unit.code, unit.name, unit.kind, parent_code)
    return replace(place, population=unit.population, point=unit.point)


def _line(place: Line, member: Member, grant: Grant) -> Line:
    seat = next((one for one in member.seats if one.unit_id == grant.unit_id), None)
    return replace(
        place,
        person_code=member.id,
        name=member.name,
        roles=(grant.role,),
        valid_from=grant.valid_from,
        valid_until=grant.valid_until,
        languages=member.languages,
        decision=grant.decision,
        decided_on=grant.decided_on,
        team=seat.team if seat else "",
        team_role=seat.role if seat else None,
    )


def _by_name(one: tuple[Member, Grant]) -> tuple[str, str]:
    """Of one person the roles keep the order in which they were given."""
    return one[0].name, one[0].id


def _from_above(units: Mapping[str, Unit]) -> Iterator[Unit]:
    below: defaultdict[str | None, list[Unit]] = defaultdict(list)
    for unit in units.values():
        below[unit.parent_id].append(unit)
    waiting = sorted(below[None], key=_by_code)
    while waiting:
        unit = waiting.pop(0)
        yield unit
        waiting = [*sorted(below[unit.id], key=_by_code), *waiting]


def _by_code(unit: Unit) -> str:
    return unit.code
