"""A supervisor looks at how many opinions came in: month by month, place by place, by field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import Forbidden
from domain.ids import Ids
from domain.model.access import EVERYWHERE, Actor, Permission
from domain.model.button import Button
from domain.model.opinion_sums import WHOLE_YEAR, Cut, Sums, SumsView, sums_of
from domain.model.queue import UnitFigures
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.announce import root_of
from domain.usecases.own_buttons import put_own_buttons
from domain.usecases.show_queue import SUMS

UNITS_OFFERED = 24
"""Below a place, as buttons; the lines name all of them."""
LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class SumsPage:
    """Sums as somebody looks at them (trang số liệu)."""

    view: SumsView
    unit: Unit
    units: Mapping[str, Unit]
    """Those below it and the one above, for their names."""
    sums: Sums
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class ReviewSums:
    """Looking at the figures of opinions (xem số liệu ý kiến)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show(self, actor: Actor, button: Button, cause: Cause | None = None) -> SumsPage:
        """What stands on the button; first the actor's own unit, this year by month."""
        places = actor.units_for(Permission.FIGURES_READ)
        if not places:
            raise Forbidden("errors.forbidden")
        year = self.clock.now().astimezone(LOCAL_ZONE).year
        async with self.memory.begin(cause) as work:
            first = (await root_of(work)).id if places[0] == EVERYWHERE else places[0]
            view = SumsView.read(button.choice) if button.choice else SumsView(first, year)
            lineage = await work.units.lineage(view.unit_id)
            actor.require(Permission.FIGURES_READ, lineage)
            unit = await work.units.get(view.unit_id)
            below = await work.units.children(unit.id)
            above = await self._above(work, actor, unit)
            sums = await _sums(work, view, below)
            units = {one.id: one for one in (*below, *above)}
            ways = [*_cuts(view), *self._times(view)]
            ways += [replace(view, unit_id=one.id) for one in (*above, *below[:UNITS_OFFERED])]
            buttons = await put_own_buttons(
                work, self, actor.id, [(SUMS, way.written) for way in ways], ""
            )
            await work.commit()
        return SumsPage(view, unit, units, sums, buttons)

    async def _above(self, work: Work, actor: Actor, unit: Unit) -> tuple[Unit, ...]:
        if unit.parent_id is None:
            return ()
        lineage = await work.units.lineage(unit.parent_id)
        may = actor.may(Permission.FIGURES_READ, lineage)
        return (await work.units.get(unit.parent_id),) if may else ()

    def _times(self, view: SumsView) -> list[SumsView]:
        """The months around, or the years."""
        now = self.clock.now().astimezone(LOCAL_ZONE)
        if view.cut is Cut.MONTH:
            years = (view.year - 1, view.year + 1)
            return [replace(view, year=year) for year in years if year <= now.year]
        if view.month == WHOLE_YEAR:
            latest = now.month if view.year == now.year else LAST_MONTH
            return [replace(view, month=latest)]
        around = [n for n in (view.month - 1, view.month + 1) if 1 <= n <= LAST_MONTH]
        return [replace(view, month=n) for n in (*around, WHOLE_YEAR)]


def _cuts(view: SumsView) -> list[SumsView]:
    others = [cut for cut in Cut if cut is not view.cut]
    months = {Cut.MONTH: WHOLE_YEAR}
    return [replace(view, cut=cut, month=months.get(cut, view.month)) for cut in others]


async def _sums(work: Work, view: SumsView, below: tuple[Unit, ...]) -> Sums:
    figures = await work.queue.figures([view.unit_id], view.months)
    whole = figures[0] if figures else UnitFigures(view.unit_id, (), {})
    if view.cut is not Cut.UNIT:
        return sums_of(whole.by_month if view.cut is Cut.MONTH else whole.by_field)
    parts = await work.queue.figures([unit.id for unit in below], view.months) if below else ()
    counts = {one.unit_id: one.total for one in parts}
    # What named no place below lies with the unit itself.
    in_order = {view.unit_id: whole.total - sum(counts.values())}
    return sums_of(in_order | {unit.id: counts.get(unit.id, 0) for unit in below})
