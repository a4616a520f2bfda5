"""A supervisor says how many sessions are expected of each communicator in a month."""

from dataclasses import dataclass
from datetime import date

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.activity import first_of_month
from domain.model.audit import AuditEvent
from domain.model.button import Button
from domain.model.dialog import Awaited, Dialog
from domain.model.monthly_plan import MonthlyPlan, plan_for, read_plan
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.own_buttons import put_own_buttons

SHOW, BACK = "monthly_plan:show", "activity:show"
EARLIER_SHOWN = 6


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What counts in a unit this month, and what was set there before (trang kế hoạch)."""

    unit: Unit
    first_on: date
    plan: MonthlyPlan | None
    set_at: Unit | None
    """Where the plan that counts was set: here, or above."""
    own: tuple[MonthlyPlan, ...]
    """The last ones that were set here, the newest in front."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class SetMonthlyPlan:
    """Setting a unit's plan (đặt kế hoạch tháng)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show_plan(self, actor: Actor, button: Button, cause: Cause | None = None) -> PlanPage:
        """The plan as it stands; the next plain message may set another."""
        async with self.memory.begin(cause) as work:
            await _require(work, actor, button.subject)
            await work.dialogs.open(Dialog(actor.id, Awaited.MONTHLY_PLAN, button.subject))
            page = await self._page(work, actor, button.subject)
            await work.commit()
        return page

    async def set_plan(
        self, actor: Actor, unit_id: str, typed: str, cause: Cause | None = None
    ) -> PlanPage:
        """From this month on; the months before keep theirs."""
        now, sessions = self.clock.now(), read_plan(typed)
        async with self.memory.begin(cause) as work:
            await _require(work, actor, unit_id)
            above = await work.monthly_plans.above(await work.units.lineage(unit_id))
            number = 1 + sum(one.unit_id == unit_id for one in above)
            first_on = first_of_month(now)
            plan = MonthlyPlan(unit_id, number, first_on, sessions, actor.id, now)
            await work.monthly_plans.add(plan)
            await work.dialogs.close(actor.id)
            action, detail = Permission.MONTHLY_PLAN_SET, f"from={first_on} sessions={sessions}"
            await work.audit.append(AuditEvent(now, actor.id, action, unit_id, detail))
            page = await self._page(work, actor, unit_id)
            await work.commit()
        return page

    async def _page(self, work: Work, actor: Actor, unit_id: str) -> PlanPage:
        first_on = first_of_month(self.clock.now())
        lineage = await work.units.lineage(unit_id)
        plans = await work.monthly_plans.above(lineage)
        counts = plan_for(plans, lineage, first_on)
        own = tuple(one for one in plans if one.unit_id == unit_id)[: -EARLIER_SHOWN - 1 : -1]
        buttons = await put_own_buttons(work, self, actor.id, [(BACK, "")], unit_id)
        unit, set_at = await work.units.get(unit_id), None
        if counts is not None:
            set_at = await work.units.get(counts.unit_id)
        return PlanPage(unit, first_on, counts, set_at, own, buttons)


async def _require(work: Work, actor: Actor, unit_id: str) -> None:
    actor.require(Permission.MONTHLY_PLAN_SET, await work.units.lineage(unit_id))
