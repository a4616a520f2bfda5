"""What an import will do: a pure function of the file's rows and what is there already."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.model.access import STAFF_ROLES, Grant, Role
from domain.model.roster import (
    ROSTER_ROLES,
    Book,
    Change,
    Column,
    Flaw,
    Line,
    Member,
    Plan,
    Reason,
)
from domain.model.roster_units import UnitPlan, plan_units
from domain.model.text import folded_name, has_words
from domain.model.unit import Unit

LONGEST_NAME = 100
Place = tuple[str, str]
"""Who is meant: a unit's code and a folded name. A roster knows people by nothing else."""


def plan(lines: Sequence[Line], book: Book, today: date) -> Plan:
    """All that an import of these rows does; with a single flaw it does nothing at all."""
    units = plan_units(lines, book.units)
    people = [line for line in lines if line.says_somebody]
    there = _by_place(book)
    outcomes: list[tuple[Line, Change | None]] = []
    flaws = [*units.flaws, *_twice(people)]
    for line in people:
        matches = _meant(line, there[_place(line)], units)
        change = _change(line, matches, units)
        outcomes.append((line, change))
        flaws += [*_person_flaws(line), *_match_flaws(line, matches, change)]
    if flaws:
        return Plan(flaws=sorted_flaws(flaws))
    changes = tuple(change for _, change in outcomes if change and not change.is_empty)
    new = tuple(line for line, change in outcomes if change is None)
    return Plan(
        units=units.new,
        units_same=len(units.known),
        people=new,
        changes=changes,
        same=len(people) - len(new) - len(changes),
        missing=tuple(sorted(_missing(people, units, book, today), key=_by_unit_and_name)),
    )


def sorted_flaws(flaws: Sequence[Flaw]) -> tuple[Flaw, ...]:
    """By row and column, at each cell the one that was found first."""
    columns = list(Column)
    first: dict[tuple[int, int], Flaw] = {}
    for flaw in flaws:
        first.setdefault((flaw.row, columns.index(flaw.column)), flaw)
    return tuple(first[cell] for cell in sorted(first))


def _place(line: Line) -> Place:
    return line.unit_code, folded_name(line.name)


def _by_place(book: Book) -> Mapping[Place, list[Member]]:
    codes = {unit.id: unit.code for unit in book.units}
    found: defaultdict[Place, list[Member]] = defaultdict(list)
    for member in book.members:
        for unit_id in {grant.unit_id for grant in member.grants} & codes.keys():
            found[codes[unit_id], folded_name(member.name)].append(member)
    return found


def _twice(people: Sequence[Line]) -> Iterator[Flaw]:
    first: dict[Place, int] = {}
    for line in people:
        row = first.setdefault(_place(line), line.row)
        if line.name and row != line.row:
            values = {"name": line.name, "first": row}
            yield Flaw(line.row, Column.NAME, Reason.TWICE, values)


def _person_flaws(line: Line) -> Iterator[Flaw]:
    if not has_words(line.name):
        yield Flaw(line.row, Column.NAME, Reason.NAME_MISSING)
    elif len(line.name) > LONGEST_NAME:
        yield Flaw(line.row, Column.NAME, Reason.NAME_TOO_LONG, {"limit": LONGEST_NAME})
    if not line.roles:
        yield Flaw(line.row, Column.ROLES, Reason.ROLE_MISSING)
    if _backwards(line.valid_from, line.valid_until):
        yield Flaw(line.row, Column.VALID_UNTIL, Reason.TERM_BACKWARDS)


def _match_flaws(line: Line, matches: Sequence[Member], change: Change | None) -> Iterator[Flaw]:
    if len(matches) > 1:
        values = {"name": line.name, "count": len(matches)}
        yield Flaw(line.row, Column.NAME, Reason.AMBIGUOUS, values)
        return
    if change is None:
        return
    after = (*change.added, *(new for _, new in change.redated))
    if any(_backwards(grant.valid_from, grant.valid_until) for grant in after):
        yield Flaw(line.row, Column.VALID_UNTIL, Reason.TERM_BACKWARDS)
    # A right holds at once for whoever is in already: that takes a supervisor's word.
    powers = [grant.role for grant in after if grant.role in STAFF_ROLES]
    if change.member.joined and powers:
        values = {"name": line.name, "role": powers[0]}
        yield Flaw(line.row, Column.ROLES, Reason.BY_INVITE, values)


def _backwards(start: date | None, end: date | None) -> bool:
    return start is not None and end is not None and end < start


@dataclass(frozen=True, slots=True)
class _Term:
    """A role at a unit with the dates that a row gives."""

    role: Role
    unit_id: str
    line: Line

    def of(self, held: Sequence[Grant]) -> tuple[Grant | None, Grant]:
        """The grant as it is, if there is one, and as it will be; an empty date changes nothing."""
        start, end = self.line.valid_from, self.line.valid_until
        kept = [g for g in held if (g.role, g.unit_id) == (self.role, self.unit_id)]
        if not kept:
            return None, Grant(self.role, self.unit_id, start, end)
        after = [
            replace(g, valid_from=start or g.valid_from, valid_until=end or g.valid_until)
            for g in kept
        ]
        pairs = list(zip(kept, after, strict=True))
        return next((pair for pair in pairs if pair[0] == pair[1]), pairs[-1])


def _meant(line: Line, matches: Sequence[Member], units: UnitPlan) -> Sequence[Member]:
    """Of several with one name in a unit the only one who is there what the row says, if any.

    Somebody whom a file brought and who then came in by an invite is two, each with a role.
    """
    if not matches:
        return matches
    unit_id = units.known[line.unit_code].id
    said = {(role, unit_id) for role in line.roles}
    holding = [m for m in matches if said & {(g.role, g.unit_id) for g in m.grants}]
    return holding if len(holding) == 1 else matches


def _change(line: Line, matches: Sequence[Member], units: UnitPlan) -> Change | None:
    """What a row changes of whoever it means; None if that is nobody yet."""
    if not matches:
        return None
    member = matches[0]
    unit = units.known[line.unit_code]
    terms = [_Term(role, unit.id, line).of(member.grants) for role in line.roles]
    spoken = line.languages and {*line.languages} != {*member.languages}
    return Change(
        member,
        added=tuple(new for old, new in terms if old is None),
        redated=tuple((old, new) for old, new in terms if old is not None and old != new),
        languages=line.languages if spoken else None,
    )


def _missing(
    people: Sequence[Line], units: UnitPlan, book: Book, today: date
) -> Iterator[tuple[Member, Unit]]:
    named = {_place(line) for line in people}
    known = {unit.id: unit for unit in units.known.values()}
    for member in book.members:
        for unit_id in sorted(_held(member, today) & known.keys()):
            unit = known[unit_id]
            if (unit.code, folded_name(member.name)) not in named:
                yield member, unit


def _by_unit_and_name(one: tuple[Member, Unit]) -> tuple[str, str, str]:
    member, unit = one
    return unit.code, member.name, member.id


def _held(member: Member, today: date) -> set[str]:
    """Where somebody is something that a roster lists, today or later."""
    return {
        grant.unit_id
        for grant in member.grants
        if grant.role in ROSTER_ROLES and (grant.valid_until or today) >= today
    }
