"""What needs somebody's care in the plan: what waits, what meets, and where nothing comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import Forbidden, Tampered
from domain.ids import Ids
from domain.model.access import EVERYWHERE, Actor, Permission, Person
from domain.model.button import Button
from domain.model.morning import local_day
from domain.model.plan import Clash, Gap, PlanEntry, Waiting, gaps
from domain.model.review_rule import RuleAbout, value_for
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.decisions import still_to_decide
from domain.usecases.find_clashes import clashes_of, fires_of
from domain.usecases.own_buttons import own_buttons
from domain.usecases.show_plan import OPEN, WEEK, ShowPlan

SOON = timedelta(hours=24)
"""What waits for approval with so little time left is overdue."""
CLASHES_WITHIN = timedelta(days=7)
GAPS_WITHIN = timedelta(days=28)
SHOWN = 10
"""Of each kind on the page; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """What waits, since when, and for whom."""

    waiting: Waiting
    author: Person
    asked: tuple[Person, ...]
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class CarePage:
    """All that needs care in the units of whoever looks (cần để ý)."""

    at: datetime
    waiting: tuple[WaitingLine, ...]
    waiting_in_all: int
    clashes: tuple[tuple[PlanEntry, Clash], ...]
    clashes_in_all: int
    gaps: tuple[tuple[Unit, Gap], ...]
    gaps_in_all: int
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class WatchPlan:
    """Looking after the plan (rà lịch phát tin)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show_care(self, actor: Actor, cause: Cause | None = None) -> CarePage:
        places = actor.units_for(Permission.BULLETIN_READ)
        if not places:
            raise Forbidden("errors.forbidden")
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            waiting = await work.plan.waiting(places)
            waiting = tuple(sorted(waiting, key=lambda one: not one.is_overdue(now, SOON)))
            met = await self._clashes(work, actor)
            empty = await self._gaps(work, places)
            lines = [await self._line(work, one) for one in waiting[:SHOWN]]
            buttons = await self._offer(work, actor, lines, met)
            await work.commit()
        return CarePage(
            now,
            tuple(lines),
            len(waiting),
            tuple(met[:SHOWN]),
            len(met),
            tuple(empty[:SHOWN]),
            len(empty),
            buttons,
        )

    async def _line(self, work: Work, one: Waiting) -> WaitingLine:
        author, now = await work.people.get(one.author_id), self.clock.now()
        try:
            frozen = await work.bulletins.frozen_text(one.revision_id)
        except Tampered:
            return WaitingLine(one, author, (), one.is_overdue(now, SOON))
        asked = tuple(await still_to_decide(work, frozen, local_day(now)))
        return WaitingLine(one, author, asked, one.is_overdue(now, SOON))

    async def _clashes(self, work: Work, actor: Actor) -> list[tuple[PlanEntry, Clash]]:
        """Of the coming days; a pair of which one may read both is named once."""
        now = self.clock.now()
        today = now.astimezone(LOCAL_ZONE).date()
        listing = ShowPlan(self.memory, self.clock, self.ids)
        entries = await listing.entries(work, actor, today, today + CLASHES_WITHIN)
        coming = {
            entry.fire: entry for entry in entries if entry.state.comes and entry.fire.at >= now
        }
        seen: set[frozenset[object]] = set()
        found: list[tuple[PlanEntry, Clash]] = []
        for clash in await clashes_of(work, list(coming), now):
            pair = frozenset[object]((clash.mine, clash.other))
            if pair not in seen:
                seen.add(pair)
                found.append((coming[clash.mine], clash))
        return found

    async def _gaps(self, work: Work, places: Sequence[str]) -> list[tuple[Unit, Gap]]:
        """Of the units just below the reader's, and of their own, the longest first."""
        now = self.clock.now()
        today = now.astimezone(LOCAL_ZONE).date()
        begin = datetime.combine(today, time(), LOCAL_ZONE)
        end = begin + GAPS_WITHIN
        units = await self._units(work, places)
        wanted = await work.plan.places_with_groups(list(units))
        fed: dict[str, set[date]] = {unit_id: set() for unit_id in wanted}
        for unit_id, at in await work.plan.fed(list(wanted), begin, end):
            fed[unit_id].add(at.astimezone(LOCAL_ZONE).date())
        office = await work.calendar.office_days()
        rules = {rule.revision_id: rule for rule in await work.plan.rules([EVERYWHERE])}
        for revision_id, unit_id in await work.plan.fed_by(list(rules), list(wanted)):
            fires = fires_of(rules[revision_id], office, now, end)
            fed[unit_id].update(fire.at.astimezone(LOCAL_ZONE).date() for fire in fires)
        last = today + GAPS_WITHIN - timedelta(days=1)
        found = [
            (units[unit_id], gap)
            for unit_id in wanted
            for gap in gaps(fed[unit_id], today, last, await _longest(work, unit_id))
        ]
        return sorted(found, key=lambda one: (one[1].first, -one[1].days, one[0].name))

    async def _units(self, work: Work, places: Sequence[str]) -> dict[str, Unit]:
        """Where the reader looks: at each of their units, and at those just below."""
        root = await work.units.root()
        tops = [root.id] if EVERYWHERE in places and root else list(places)
        units: dict[str, Unit] = {}
        for unit_id in tops:
            below = await work.units.children(unit_id)
            units |= {unit.id: unit for unit in (await work.units.get(unit_id), *below)}
        return units

    async def _offer(
        self,
        work: Work,
        actor: Actor,
        lines: Sequence[WaitingLine],
        met: Sequence[tuple[PlanEntry, Clash]],
    ) -> tuple[Button, ...]:
        """A way to each of them that is listed, and back to the week."""
        now = self.clock.now()
        waiting = [line.waiting for line in lines]
        fires = [clash.mine for _, clash in met[:SHOWN]]
        asked = [
            *((one.bulletin_id, (OPEN, (one.send_at or now).isoformat())) for one in waiting),
            *((fire.bulletin_id, (OPEN, fire.at.isoformat())) for fire in fires),
            ("plan", (WEEK, "0")),
        ]
        buttons = tuple(
            button
            for subject, way in asked
            for button in own_buttons(self, actor.id, [way], subject)
        )
        await work.buttons.add(buttons)
        return buttons


async def _longest(work: Work, unit_id: str) -> int:
    """So many days without anything are a gap there."""
    lineage = await work.units.lineage(unit_id)
    return value_for(await work.reviews.rules_above(lineage), lineage, RuleAbout.GAP)
