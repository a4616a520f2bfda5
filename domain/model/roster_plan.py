"""What an import will do: a pure function of the file's rows and what is there already."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.model.access import STAFF_ROLES, Grant, Role
from domain.model.roster import (
    LONGEST_NAME,
    ROSTER_ROLES,
    Book,
    Change,
    Column,
    Entry,
    Flaw,
    Line,
    Member,
    Plan,
    Reason,
)
from domain.model.roster_teams import led_twice, new_seats, team_flaws
from domain.model.roster_units import UnitPlan, plan_units
from domain.model.text import folded_name, has_words
from domain.model.unit import Unit

Place = tuple[str, str]
"""Who is meant: a unit's code and a folded name. A roster knows people by nothing else."""


def plan(lines: Sequence[Line], book: Book, today: date) -> Plan:
    """All that an import of these rows does; with a single flaw it does nothing at all."""
    units = plan_units(lines, book.units)
    people = [line for line in lines if line.says_somebody]
    entries = entries_of(people)
    there = _There.of(book)
    outcomes: list[tuple[Entry, Change | None]] = []
    flaws = [*_of_ended(lines, book), *units.flaws]
    flaws += [*_twice(entries, there), *team_flaws(people, units)]
    for entry in entries:
        matches = there.meant(entry, units)
        change = _change(entry, matches, units)
        outcomes.append((entry, change))
        flaws += [*_entry_flaws(entry), *_match_flaws(entry, matches, change)]
    flaws += led_twice(outcomes, book)
    if flaws:
        return Plan(flaws=sorted_flaws(flaws))
    changes = tuple(change for _, change in outcomes if change and not change.is_empty)
    new = tuple(entry for entry, change in outcomes if change is None)
    return Plan(
        units=units.new,
        units_same=len(units.known) - len(units.described),
        described=units.described,
        people=new,
        changes=changes,
        same=len(entries) - len(new) - len(changes),
        missing=tuple(sorted(_missing(people, units, book, today), key=_by_unit_and_name)),
    )


def entries_of(people: Sequence[Line]) -> list[Entry]:
    """Rows with one code together, every other row alone; in the order of the first of each."""
    together: dict[str, list[Line]] = {}
    for number, line in enumerate(people):
        together.setdefault(line.person_code or f" {number}", []).append(line)
    return [Entry(tuple(lines)) for lines in together.values()]


def sorted_flaws(flaws: Sequence[Flaw]) -> tuple[Flaw, ...]:
    """By row and column, at each cell the one that was found first."""
    columns = list(Column)
    first: dict[tuple[int, int], Flaw] = {}
    for flaw in flaws:
        first.setdefault((flaw.row, columns.index(flaw.column)), flaw)
    return tuple(first[cell] for cell in sorted(first))


def _of_ended(lines: Sequence[Line], book: Book) -> Iterator[Flaw]:
    said = ((Column.UNIT_CODE, "unit_code"), (Column.PARENT_CODE, "parent_code"))
    for line in lines:
        for column, name in said:
            if (code := getattr(line, name)) in book.ended:
                yield Flaw(line.row, column, Reason.UNIT_ENDED, {"code": code})


def _place(line: Line) -> Place:
    return line.unit_code, folded_name(line.name)


@dataclass(frozen=True, slots=True)
class _There:
    """Who is there already, by code and by unit and name."""

    by_code: Mapping[str, Member]
    by_place: Mapping[Place, list[Member]]

    @classmethod
    def of(cls, book: Book) -> "_There":
        codes = {unit.id: unit.code for unit in book.units}
        found: defaultdict[Place, list[Member]] = defaultdict(list)
        for member in book.members:
            for unit_id in {grant.unit_id for grant in member.grants} & codes.keys():
                found[codes[unit_id], folded_name(member.name)].append(member)
        return cls({member.id: member for member in book.members}, found)

    def meant(self, entry: Entry, units: UnitPlan) -> Sequence[Member]:
        """Whoever a person's rows may be about; one of them, if nothing is amiss.

        Somebody whom a file brought and who then came in by an invite is two, each with a role.
        """
        if entry.code in self.by_code:
            return [self.by_code[entry.code]]
        places = [self.by_place.get(_place(line), []) for line in entry.lines]
        found = list({member.id: member for there in places for member in there}.values())
        everywhere = [one for one in found if all(one in there for there in places)]
        held = {
            (role, units.known[line.unit_code].id)
            for line in entry.lines
            if line.unit_code in units.known
            for role in line.roles
        }
        holding = [one for one in found if held & {(g.role, g.unit_id) for g in one.grants}]
        return next((few for few in (everywhere, holding) if len(few) == 1), found)


def _twice(entries: Sequence[Entry], there: _There) -> Iterator[Flaw]:
    """Two who could not be told apart; whoever is known by their code can."""
    first: dict[Place, Line] = {}
    for entry in entries:
        for line in {_place(line): line for line in reversed(entry.lines)}.values():
            before = first.setdefault(_place(line), line)
            known = {before.person_code, line.person_code} <= there.by_code.keys()
            if line.name and before is not line and not known:
                values = {"name": line.name, "first": before.row}
                yield Flaw(line.row, Column.NAME, Reason.TWICE, values)


def _entry_flaws(entry: Entry) -> Iterator[Flaw]:
    for line in entry.lines:
        yield from _person_flaws(line)
        if line.name and folded_name(line.name) != folded_name(entry.name):
            yield _contradicted(line, entry.name)


def _contradicted(line: Line, known: str) -> Flaw:
    values = {"code": line.person_code, "given": line.name, "known": known}
    return Flaw(line.row, Column.NAME, Reason.PERSON_CONTRADICTED, values)


def _person_flaws(line: Line) -> Iterator[Flaw]:
    if not has_words(line.name):
        yield Flaw(line.row, Column.NAME, Reason.NAME_MISSING)
    elif len(line.name) > LONGEST_NAME:
        yield Flaw(line.row, Column.NAME, Reason.NAME_TOO_LONG, {"limit": LONGEST_NAME})
    if len(line.decision) > LONGEST_NAME:
        yield Flaw(line.row, Column.DECISION, Reason.DECISION_TOO_LONG, {"limit": LONGEST_NAME})
    if not line.roles:
        yield Flaw(line.row, Column.ROLES, Reason.ROLE_MISSING)
    if _backwards(line.valid_from, line.valid_until):
        yield Flaw(line.row, Column.VALID_UNTIL, Reason.TERM_BACKWARDS)


def _match_flaws(entry: Entry, matches: Sequence[Member], change: Change | None) -> Iterator[Flaw]:
    line = entry.lines[0]
    if len(matches) > 1:
        values = {"name": line.name, "count": len(matches)}
        yield Flaw(line.row, Column.NAME, Reason.AMBIGUOUS, values)
        return
    if change is None:
        return
    if line.name and folded_name(change.member.name) != folded_name(line.name):
        yield _contradicted(line, change.member.name)
    after = (*change.added, *(new for _, new in change.redated))
    if any(_backwards(grant.valid_from, grant.valid_until) for grant in after):
        yield Flaw(line.row, Column.VALID_UNTIL, Reason.TERM_BACKWARDS)
    # A right holds at once for whoever is in already: that takes a supervisor's word.
    roles = [*(grant.role for grant in after), *(r for new in change.founding for r in new.roles)]
    powers = [role for role in roles if role in STAFF_ROLES]
    if change.member.joined and powers:
        values = {"name": line.name, "role": powers[0]}
        yield Flaw(line.row, Column.ROLES, Reason.BY_INVITE, values)


def _backwards(start: date | None, end: date | None) -> bool:
    return start is not None and end is not None and end < start


Pair = tuple[Grant | None, Grant]
"""A grant as it is, if there is one, and as it will be."""


def _change(entry: Entry, matches: Sequence[Member], units: UnitPlan) -> Change | None:
    """What a person's rows change of whoever they mean; None if that is nobody yet."""
    if not matches:
        return None
    member = matches[0]
    terms: defaultdict[tuple[Role, str], list[Line]] = defaultdict(list)
    for line in entry.lines:
        for role in line.roles if line.unit_code in units.known else ():
            terms[role, units.known[line.unit_code].id].append(line)
    pairs: list[Pair] = []
    for (role, unit_id), lines in terms.items():
        held = [g for g in member.grants if (g.role, g.unit_id) == (role, unit_id)]
        term = [grant for line in lines for grant in line.grants(unit_id) if grant.role is role]
        pairs += _several(term, held) if len(term) > 1 else [_one(term[0], held)]
    spoken = entry.languages and {*entry.languages} != {*member.languages}
    return Change(
        member,
        added=tuple(new for old, new in pairs if old is None),
        redated=tuple((old, new) for old, new in pairs if old is not None and old != new),
        languages=entry.languages if spoken else None,
        founding=tuple(line for line in entry.lines if line.unit_code not in units.known),
        seats=tuple(new_seats(entry, member, units)),
    )


def _one(term: Grant, held: Sequence[Grant]) -> Pair:
    """The only row of a role at a unit: an empty cell changes nothing.

    Whoever rests or has left stays so: that is a supervisor's word, and no file takes it back.
    """
    if not held:
        return None, term
    serving = [g for g in held if not g.left_on]
    if not serving:
        return held[-1], held[-1]
    pairs = [(g, _redated(g, term)) for g in serving]
    return next((pair for pair in pairs if pair[0] == pair[1]), pairs[-1])


def _redated(grant: Grant, term: Grant) -> Grant:
    return replace(
        grant,
        valid_from=term.valid_from or grant.valid_from,
        valid_until=term.valid_until or grant.valid_until,
        decision=term.decision or grant.decision,
        decided_on=term.decided_on or grant.decided_on,
    )


def _several(terms: Sequence[Grant], held: Sequence[Grant]) -> Iterator[Pair]:
    """Several terms of a role at a unit: each is there as it stands, or it is a new one."""
    there = {replace(g, suspended_on=None, left_on=None): g for g in held}
    for term in dict.fromkeys(terms):
        yield (there[term], there[term]) if term in there else (None, term)


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
        if grant.role in ROSTER_ROLES and not grant.is_over_on(today)
    }
