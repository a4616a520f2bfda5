"""The teams of a roster: who sits in which, and that each has one leader at most."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from domain.model.roster import (
    LONGEST_NAME,
    Book,
    Change,
    Column,
    Entry,
    Flaw,
    Line,
    Member,
    Reason,
    Seat,
    TeamRole,
)
from domain.model.roster_units import UnitPlan
from domain.model.text import folded_name
from domain.model.unit import HAMLET_KINDS, UnitKind

Table = tuple[str, str]
"""A team: its unit's code and its folded name."""


def team_flaws(people: Sequence[Line], units: UnitPlan) -> Iterator[Flaw]:
    """What is amiss with a team in a row that names one, or that should."""
    kinds = _kinds(units)
    for line in people:
        if line.team_role and not line.team:
            yield Flaw(line.row, Column.TEAM, Reason.TEAM_MISSING)
        if len(line.team) > LONGEST_NAME:
            yield Flaw(line.row, Column.TEAM, Reason.TEAM_NAME_TOO_LONG, {"limit": LONGEST_NAME})
        if line.team and kinds.get(line.unit_code, UnitKind.HAMLET) not in HAMLET_KINDS:
            values = {"team": line.team, "code": line.unit_code}
            yield Flaw(line.row, Column.TEAM, Reason.TEAM_NOT_IN_HAMLET, values)


def _kinds(units: UnitPlan) -> Mapping[str, UnitKind]:
    known = {code: unit.kind for code, unit in units.known.items()}
    return known | {new.code: new.kind for new in units.new}


def seats_of(lines: Sequence[Line], unit_ids: Mapping[str, str]) -> tuple[Seat, ...]:
    """Where rows put somebody; who is not called a leader is a member."""
    said: dict[tuple[str, str], Seat] = {}
    for line in lines:
        if line.team:
            seat = Seat(unit_ids[line.unit_code], line.team, line.team_role or TeamRole.MEMBER)
            before = said.get(_key(seat))
            said[_key(seat)] = before if before and not line.team_role else seat
    return tuple(said.values())


def new_seats(entry: Entry, member: Member, units: UnitPlan) -> Iterator[Seat]:
    """What a person's rows change of where they sit; an empty cell changes nothing."""
    there = {_key(seat): seat for seat in member.seats}
    for line in entry.lines:
        if not line.team or line.unit_code not in units.known:
            continue
        unit_id = units.known[line.unit_code].id
        before = there.get((unit_id, folded_name(line.team)))
        role = line.team_role or (before.role if before else TeamRole.MEMBER)
        if before is None or before.role is not role:
            yield Seat(unit_id, before.team if before else line.team, role)


def led_twice(outcomes: Sequence[tuple[Entry, Change | None]], book: Book) -> Iterator[Flaw]:
    """Teams that would have two leaders, at the row that names the second."""
    leaders = _leaders(book)
    said = [
        (line, change.member.id if change else f"row {entry.row}")
        for entry, change in outcomes
        for line in entry.lines
        if line.team and line.team_role
    ]
    for line, who in said:
        if line.team_role is TeamRole.MEMBER:
            leaders[_table(line)].pop(who, None)
    for line, who in said:
        if line.team_role is TeamRole.LEADER:
            leading = leaders[_table(line)]
            others = [name for one, name in leading.items() if one != who]
            if others:
                values = {"team": line.team, "name": others[0]}
                yield Flaw(line.row, Column.TEAM_ROLE, Reason.LED_TWICE, values)
            leading[who] = line.name


def _leaders(book: Book) -> defaultdict[Table, dict[str, str]]:
    """Of each team who leads it now, by id, with their names."""
    codes = {unit.id: unit.code for unit in book.units}
    leaders: defaultdict[Table, dict[str, str]] = defaultdict(dict)
    for member in book.members:
        for seat in member.seats:
            if seat.role is TeamRole.LEADER:
                table = (codes[seat.unit_id], folded_name(seat.team))
                leaders[table][member.id] = member.name
    return leaders


def _table(line: Line) -> Table:
    return line.unit_code, folded_name(line.team)


def _key(seat: Seat) -> tuple[str, str]:
    return seat.unit_id, folded_name(seat.team)
