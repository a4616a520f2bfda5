"""A roster comes in: looked at as a whole, then kept as a whole or not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor, Grant, Permission
from domain.model.audit import AuditEvent
from domain.model.roster import Book, Entry, Line, Member, NewUnit, Plan
from domain.model.roster_plan import plan
from domain.model.roster_teams import seats_of
from domain.model.unit import Lineage, Unit
from domain.ports import Memory, Work

Follow = Callable[[int, int], None]
"""Hears how many people there are to write, and how many more have been written."""
Found = Callable[[NewUnit, Unit], Unit]
"""A unit made of what the roster says of it, below the unit given."""


@dataclass(frozen=True, slots=True)
class ImportRoster:
    """Taking over units and people from a file (nhập danh sách)."""

    memory: Memory
    clock: Clock
    ids: Ids
    found: Found

    async def look(self, actor: Actor, lines: Sequence[Line]) -> Plan:
        """What an import would do; it does nothing."""
        async with self.memory.begin(crowded=True) as work:
            return (await self._plan(work, actor, lines))[0]

    async def import_roster(
        self, actor: Actor, lines: Sequence[Line], file_hash: str, tell: Follow
    ) -> Plan:
        """Do all of it in one transaction; with a flaw, or nothing to do, nothing is written."""
        async with self.memory.begin() as work:
            made, book = await self._plan(work, actor, lines)
            if made.flaws or made.changes_nothing:
                return made
            unit_ids = await self._found_units(work, made, book)
            members = [self._member(entry, unit_ids) for entry in made.people]
            changes = [
                replace(
                    change,
                    added=(*change.added, *_grants(change.founding, unit_ids)),
                    seats=(*change.seats, *seats_of(change.founding, unit_ids)),
                )
                for change in made.changes
            ]
            heard = partial(tell, len(members) + len(changes))
            await work.roster.add(members, heard)
            await work.roster.change(changes, heard)
            people = ((one.id, one.seats) for one in members)
            known = ((change.member.id, change.seats) for change in changes)
            taken = [(who, seat) for who, seats in (*people, *known) for seat in seats]
            await work.roster.seat(taken)
            await self._audit(work, actor, made, file_hash)
            await work.commit()
        return made

    async def _plan(self, work: Work, actor: Actor, lines: Sequence[Line]) -> tuple[Plan, Book]:
        root = await work.units.root()
        if root is None:
            raise Refusal("cli.roster_no_units")
        actor.require(Permission.ROSTER_IMPORT, Lineage((root.id,)))
        book = await work.roster.book()
        return plan(lines, book, self.clock.now().astimezone(LOCAL_ZONE).date()), book

    async def _found_units(self, work: Work, made: Plan, book: Book) -> dict[str, str]:
        units = {unit.code: unit for unit in book.units}
        for new in made.units:
            founded = self.found(new, units[new.parent_code])
            units[new.code] = replace(founded, population=new.population, point=new.point)
            await work.units.add(units[new.code])
        for described in made.described:
            await work.units.describe(described)
        return {code: unit.id for code, unit in units.items()}

    def _member(self, entry: Entry, unit_ids: Mapping[str, str]) -> Member:
        grants = tuple(_grants(entry.lines, unit_ids))
        seats = seats_of(entry.lines, unit_ids)
        return Member(self.ids.new(), entry.name, False, entry.languages, grants, seats)

    async def _audit(self, work: Work, actor: Actor, made: Plan, file_hash: str) -> None:
        units = f"units={len(made.units)} described={len(made.described)}"
        counts = f"{units} new={len(made.people)} changed={len(made.changes)}"
        action = Permission.ROSTER_IMPORT
        await work.audit.append(AuditEvent(self.clock.now(), actor.id, action, file_hash, counts))


def _grants(lines: Sequence[Line], unit_ids: Mapping[str, str]) -> Iterable[Grant]:
    """All that some rows make somebody, each thing once."""
    said = (grant for line in lines for grant in line.grants(unit_ids[line.unit_code]))
    return dict.fromkeys(said)
