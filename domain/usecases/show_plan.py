"""The plan by the week, the day and the month: what went out, what comes, what meets what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import Forbidden
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button, around
from domain.model.plan import Clash, Fire, PlanEntry, PlanState, out_of_order, weeks_of
from domain.ports import Cause, Memory, Work
from domain.usecases.announce import root_of
from domain.usecases.find_clashes import clashes_of, fires_of
from domain.usecases.own_buttons import put_own_buttons

WEEK, DAY, MONTH, OPEN, CARE = "plan:week", "plan:day", "plan:month", "plan:open", "plan:care"
ENTRIES_SHOWN = 24
"""On one page; a week with more shows how many there are each day."""
ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Some days of the plan (lịch phát tin)."""

    first_day: date
    last_day: date
    entries: tuple[PlanEntry, ...]
    """Empty where there are too many for one page; then the days are counted."""
    counts: Mapping[date, int]
    sizes: Mapping[str, int]
    """How many groups each revision goes to."""
    clashes: Mapping[Fire, tuple[Clash, ...]]
    disordered: frozenset[Fire]
    """Parts of a series that come before an earlier one."""
    waiting: int
    """How many bulletins wait for approval, whenever they are to go out."""
    buttons: tuple[Button, ...]
    first: int = 1
    """Which entry of a day comes first here, counted from 1."""


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month of the plan, each day with how many bulletins it has (lịch tháng)."""

    month: date
    today: date
    counts: Mapping[date, int]
    buttons: tuple[Button, ...]
    weeks: tuple[tuple[date | None, ...], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ShowPlan:
    """Looking at the plan (xem lịch phát tin)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show_week(self, actor: Actor, ahead: int = 0, cause: Cause | None = None) -> PlanPage:
        """The plan of the actor's units for seven days from today, or so many weeks from that."""
        self._require(actor)
        first = self._today() + ahead * ONE_WEEK
        async with self.memory.begin(cause) as work:
            entries = await self.entries(work, actor, first, first + ONE_WEEK)
            crowded = len(entries) > ENTRIES_SHOWN
            shown = () if crowded else tuple(entries)
            asked = [(DAY, f"{day}/0") for day in _days_of(entries)] if crowded else []
            around_it = [(WEEK, str(ahead - 1)), (MONTH, f"{first:%Y-%m}"), (WEEK, str(ahead + 1))]
            ways = [*asked, *around_it, *await self._elsewhere(work, actor)]
            page = await self._page(work, actor, (first, first + ONE_WEEK - ONE_DAY), shown, ways)
            await work.commit()
        return _counted(page, entries)

    async def show_day(self, actor: Actor, button: Button, cause: Cause | None = None) -> PlanPage:
        """One day, so many entries a page."""
        self._require(actor)
        written, _, page_number = button.choice.partition("/")
        day, number = date.fromisoformat(written), int(page_number or 0)
        async with self.memory.begin(cause) as work:
            entries = await self.entries(work, actor, day, day + ONE_DAY)
            begin = number * ENTRIES_SHOWN
            shown = tuple(entries[begin : begin + ENTRIES_SHOWN])
            is_more = len(entries) > begin + ENTRIES_SHOWN
            turned = [(DAY, f"{day}/{page}") for _, page in around(DAY, number, is_more)]
            ways = [*turned, (WEEK, str(self._weeks_to(day))), (MONTH, f"{day:%Y-%m}")]
            page = await self._page(work, actor, (day, day), shown, ways, begin + 1)
            await work.commit()
        return _counted(page, entries)

    async def show_month(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> MonthPage:
        """A month as a calendar."""
        self._require(actor)
        month = date.fromisoformat(f"{button.choice}-01")
        before, following = month - ONE_DAY, (month + timedelta(days=31)).replace(day=1)
        async with self.memory.begin(cause) as work:
            entries = await self.entries(work, actor, month, following)
            asked = [(DAY, f"{day}/0") for day in _days_of(entries)]
            asked += [(MONTH, f"{before:%Y-%m}"), (WEEK, "0"), (MONTH, f"{following:%Y-%m}")]
            buttons = await put_own_buttons(work, self, actor.id, asked, "plan")
            await work.commit()
        counts = Counter(entry.day for entry in entries)
        weeks = weeks_of(month.year, month.month)
        return MonthPage(month, self._today(), counts, buttons, weeks)

    async def entries(self, work: Work, actor: Actor, first: date, until: date) -> list[PlanEntry]:
        """What was planned for these days, the later times of what recurs, and what waits."""
        places, now = actor.units_for(Permission.BULLETIN_READ), self.clock.now()
        begin, end = _midnight(first), _midnight(until)
        planned = await work.plan.entries(places, begin, end)
        known = {(entry.fire.bulletin_id, entry.fire.at) for entry in planned}
        office = await work.calendar.office_days()
        later = [
            PlanEntry(fire, rule.unit_id, rule.heading, PlanState.PLANNED, True, rule.series)
            for rule in await work.plan.rules(places)
            for fire in fires_of(rule, office, max(begin, now), end)
            if (fire.bulletin_id, fire.at) not in known
        ]
        waiting = [
            PlanEntry(
                Fire(one.send_at, one.bulletin_id, one.revision_id),
                one.unit_id,
                one.heading,
                PlanState.WAITING,
                series=one.series,
            )
            for one in await work.plan.waiting(places)
            if one.send_at is not None and begin <= one.send_at < end
        ]
        found = [*planned, *later, *waiting]
        return sorted(found, key=lambda entry: (entry.fire.at, entry.fire.bulletin_id))

    async def _page(
        self,
        work: Work,
        actor: Actor,
        days: tuple[date, date],
        shown: tuple[PlanEntry, ...],
        ways: Sequence[tuple[str, str]],
        first: int = 1,
    ) -> PlanPage:
        revisions = {entry.fire.revision_id for entry in shown}
        coming = [entry.fire for entry in shown if entry.state.comes]
        found: dict[Fire, list[Clash]] = {}
        for clash in await clashes_of(work, coming, self.clock.now()):
            found.setdefault(clash.mine, []).append(clash)
        opened = [
            button
            for entry in shown
            for button in await put_own_buttons(
                work, self, actor.id, [_way_to(entry)], entry.fire.bulletin_id
            )
        ]
        waiting = await work.plan.waiting(actor.units_for(Permission.BULLETIN_READ))
        buttons = (*opened, *await put_own_buttons(work, self, actor.id, ways, "plan"))
        return PlanPage(
            *days,
            entries=shown,
            counts={},
            sizes=await work.plan.sizes(revisions),
            clashes={fire: tuple(several) for fire, several in found.items()},
            disordered=out_of_order(shown),
            waiting=len(waiting),
            buttons=buttons,
            first=first,
        )

    async def _elsewhere(self, work: Work, actor: Actor) -> list[tuple[str, str]]:
        """To what needs care, to emergencies, to the calendar and to what is in doubt."""
        ways = [(CARE, "")]
        if actor.units_for(Permission.EMERGENCY_RELEASE):
            ways.append(("emergency:open", ""))
        root = await root_of(work)
        if actor.may(Permission.CALENDAR_DECIDE, await work.units.lineage(root.id)):
            ways.append(("calendar:open", ""))
        if await work.broadcasts.doubts(actor.units_for(Permission.DELIVERY_SETTLE), 1):
            ways.append(("doubts:open", ""))
        return ways

    def _require(self, actor: Actor) -> None:
        if not actor.units_for(Permission.BULLETIN_READ):
            raise Forbidden("errors.forbidden")

    def _today(self) -> date:
        return self.clock.now().astimezone(LOCAL_ZONE).date()

    def _weeks_to(self, day: date) -> int:
        """In which of the weeks from today a day lies."""
        return (day - self._today()).days // ONE_WEEK.days


def _way_to(entry: PlanEntry) -> tuple[str, str]:
    return OPEN, entry.fire.at.isoformat()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL_ZONE)


def _days_of(entries: Sequence[PlanEntry]) -> list[date]:
    return sorted({entry.day for entry in entries})


def _counted(page: PlanPage, entries: Sequence[PlanEntry]) -> PlanPage:
    return replace(page, counts=Counter(entry.day for entry in entries))
