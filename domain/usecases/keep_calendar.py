"""Staff set which days the offices work, where the public calendar is not right for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.clock import LOCAL_ZONE, Clock
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.dialog import Awaited, Dialog
from domain.model.office_days import DayDecision
from domain.model.typed_schedule import TypedDay, read_day
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.announce import root_of
from domain.usecases.schedule import Schedule

SHOWN = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """The days off that come, and what was decided about some days."""

    off: Mapping[date, str]
    """Each with the name of its public holiday, if it is one."""
    decided: tuple[DayDecision, ...]


@dataclass(frozen=True, slots=True)
class KeepCalendar:
    """Keeping the offices' calendar (ngày nghỉ, ngày làm bù)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def show_days(self, actor: Actor, cause: Cause | None = None) -> DaysAhead:
        """The days off of the coming months; the next plain message may change one."""
        async with self.memory.begin(cause) as work:
            await self._require(work, actor)
            await work.dialogs.open(Dialog(actor.id, Awaited.OFFICE_DAY, ""))
            ahead = await self._ahead(work)
            await work.commit()
        return ahead

    async def decide_day(self, actor: Actor, typed: str, cause: Cause | None = None) -> TypedDay:
        """Set one day as typed; what recurs is planned anew where that changes its next time."""
        now, read = self.clock.now(), read_day(typed, self.clock.now())
        async with self.memory.begin(cause) as work:
            await self._require(work, actor)
            if read.is_working is None:
                await work.calendar.forget(read.day)
            else:
                decision = DayDecision(read.day, read.is_working, read.note, actor.id)
                await work.calendar.decide(decision, now)
            await work.dialogs.close(actor.id)
            action, subject = Permission.CALENDAR_DECIDE, read.day.isoformat()
            detail = {None: "usual", True: "working", False: "off"}[read.is_working]
            await work.audit.append(AuditEvent(now, actor.id, action, subject, detail))
            await work.commit()
        await Schedule(self.memory, self.clock, self.ids, self.letterhead).plan_anew()
        return read

    async def _require(self, work: Work, actor: Actor) -> None:
        root = await root_of(work)
        actor.require(Permission.CALENDAR_DECIDE, await work.units.lineage(root.id))

    async def _ahead(self, work: Work) -> DaysAhead:
        today = self.clock.now().astimezone(LOCAL_ZONE).date()
        office = await work.calendar.office_days()
        days = [today + timedelta(days=n) for n in range(SHOWN.days)]
        decided = await work.calendar.decisions(days[0], days[-1])
        off = {day: office.holiday_name(day) for day in days if office.is_holiday(day)}
        return DaysAhead(off, decided)
