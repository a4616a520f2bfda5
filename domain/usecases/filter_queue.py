"""Narrowing the queue down: one question after the other, each answered by a press."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import Forbidden
from domain.ids import Ids
from domain.model.access import EVERYWHERE, Actor, Permission
from domain.model.bulletin import Field
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.delivery import to_person
from domain.model.opinion import OpinionState
from domain.model.queue import ALL, OPEN, QueueView, Whose
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.announce import root_of
from domain.usecases.show_queue import FILTER, KEEP, LIST, WORDS_GOOD_FOR, Way

STANDING, FIELD, UNIT = "standing", "field", "unit"
"""What can be asked about; '' for the page with all of it."""
PLACES_ON_A_PAGE = 12


@dataclass(frozen=True, slots=True)
class FilterPage:
    """A view and how it could be changed (bộ lọc)."""

    view: QueueView
    aspect: str
    units: Mapping[str, Unit]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class FilterQueue:
    """Choosing which cases to see (lọc hàng đợi)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def ask(self, actor: Actor, button: Button, cause: Cause | None = None) -> FilterPage:
        """All that a view asks for, or the answers to one question of it."""
        if not actor.units_for(Permission.OPINION_OPEN):
            raise Forbidden("errors.forbidden")
        view = QueueView.read(button.choice)
        aspect, _, page = button.subject.partition("/")
        async with self.memory.begin(cause) as work:
            places = await self._places(work, actor, view) if aspect == UNIT else ()
            units = {unit.id: unit for unit in places}
            if view.unit_id:
                units[view.unit_id] = await work.units.get(view.unit_id)
            ways = _ways(view, aspect, places, int(page or 0))
            buttons = self._offer(actor, ways, view)
            await work.buttons.add(buttons)
            await work.commit()
        return FilterPage(view, aspect, units, buttons)

    async def _places(self, work: Work, actor: Actor, view: QueueView) -> Sequence[Unit]:
        """Those right below the one that is looked at, or where the reader's right begins."""
        if view.unit_id:
            lineage = await work.units.lineage(view.unit_id)
            actor.require(Permission.OPINION_OPEN, lineage)
            return await work.units.children(view.unit_id)
        granted = dict.fromkeys(actor.units_for(Permission.OPINION_OPEN))
        tops = [
            await root_of(work) if unit_id == EVERYWHERE else await work.units.get(unit_id)
            for unit_id in granted
        ]
        below = await work.units.children(tops[0].id) if len(tops) == 1 else ()
        return (*tops, *below)

    def _offer(self, actor: Actor, ways: Sequence[Way], view: QueueView) -> tuple[Button, ...]:
        good_for = WORDS_GOOD_FOR if view.words else GOOD_FOR
        until, holder = self.clock.now() + good_for, to_person(actor.id)
        return tuple(
            offer(
                self.ids, [(action, choice)], subject=subject, version=1, holder=holder,
                expires_at=until,
            )[0]
            for action, subject, choice in ways
        )  # fmt: skip


def _ways(view: QueueView, aspect: str, places: Sequence[Unit], page: int) -> list[Way]:
    match aspect:
        case "standing":
            asked = [view.standing_in(one) for one in (OPEN, ALL, *OpinionState)]
        case "field":
            asked = [replace(view, field=one) for one in (None, *Field)]
        case "unit":
            return _to_places(view, places, page)
        case _:
            return _all_of_it(view)
    return [(FILTER, "", one.written) for one in asked]


def _to_places(view: QueueView, places: Sequence[Unit], page: int) -> list[Way]:
    first = page * PLACES_ON_A_PAGE
    shown = places[first : first + PLACES_ON_A_PAGE]
    ways = [(FILTER, "", replace(view, unit_id=unit.id).written) for unit in shown]
    beside = [page - 1] * (page > 0) + [page + 1] * (first + PLACES_ON_A_PAGE < len(places))
    ways += [(FILTER, f"{UNIT}/{number}", view.written) for number in beside]
    return [*ways, (FILTER, "", replace(view, unit_id="").written)]


def _all_of_it(view: QueueView) -> list[Way]:
    others = list(Whose)
    turned = others[(others.index(view.whose) + 1) % len(others)]
    changed = (
        replace(view, whose=turned),
        replace(view, is_overdue=not view.is_overdue),
        replace(view, is_urgent=not view.is_urgent),
    )
    asked = [(FILTER, aspect, view.written) for aspect in (STANDING, FIELD, UNIT)]
    asked += [(FILTER, "", one.written) for one in changed]
    return [*asked, (LIST, "", view.written), (KEEP, "", view.written)]
