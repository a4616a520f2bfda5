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
from domain.model.label import Label
from domain.model.opinion import OpinionState
from domain.model.queue import ALL, OPEN, QueueView, Whose
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.announce import root_of
from domain.usecases.show_queue import FILTER, KEEP, LIST, WORDS_GOOD_FOR, Way, named_labels

STANDING, FIELD, UNIT, LABEL = "standing", "field", "unit", "label"
"""What can be asked about; '' for the page with all of it."""
ON_A_PAGE = 12
"""Of places, or of labels."""


@dataclass(frozen=True, slots=True)
class FilterPage:
    """A view and how it could be changed (bộ lọc)."""

    view: QueueView
    aspect: str
    units: Mapping[str, Unit]
    labels: Mapping[str, str]
    """By their ids what they are called."""
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
            known = await self._known(work, actor, view) if aspect == LABEL else ()
            ways = _ways(view, aspect, [*places, *known], int(page or 0))
            buttons = self._offer(actor, ways, view)
            await work.buttons.add(buttons)
            labels = {one.id: one.name for one in known} or await named_labels(work, [view])
            await work.commit()
        return FilterPage(view, aspect, units, labels, buttons)

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

    async def _known(self, work: Work, actor: Actor, view: QueueView) -> Sequence[Label]:
        """What the unit that is looked at knows, or where the reader's right begins."""
        begins = [view.unit_id] if view.unit_id else actor.units_for(Permission.OPINION_OPEN)
        above: dict[str, None] = {}
        for unit_id in begins:
            at = (await root_of(work)).id if unit_id == EVERYWHERE else unit_id
            lineage = await work.units.lineage(at)
            actor.require(Permission.OPINION_OPEN, lineage)
            above |= dict.fromkeys(lineage.unit_ids)
        return await work.labels.of(list(above))

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


def _ways(view: QueueView, aspect: str, offered: Sequence[Unit | Label], page: int) -> list[Way]:
    match aspect:
        case "standing":
            asked = [view.standing_in(one) for one in (OPEN, ALL, *OpinionState)]
        case "field":
            asked = [replace(view, field=one) for one in (None, *Field)]
        case "unit":
            asked = [replace(view, unit_id=one.id) for one in offered]
            return _paged(UNIT, view, asked, replace(view, unit_id=""), page)
        case "label":
            asked = [replace(view, label_id=one.id) for one in offered]
            return _paged(LABEL, view, asked, replace(view, label_id=""), page)
        case _:
            return _all_of_it(view)
    return [(FILTER, "", one.written) for one in asked]


def _paged(
    aspect: str, view: QueueView, asked: Sequence[QueueView], none: QueueView, page: int
) -> list[Way]:
    """Some of the views asked for, the pages around, and the view without any."""
    first = page * ON_A_PAGE
    ways = [(FILTER, "", one.written) for one in asked[first : first + ON_A_PAGE]]
    beside = [page - 1] * (page > 0) + [page + 1] * (first + ON_A_PAGE < len(asked))
    ways += [(FILTER, f"{aspect}/{number}", view.written) for number in beside]
    return [*ways, (FILTER, "", none.written)]


def _all_of_it(view: QueueView) -> list[Way]:
    others = list(Whose)
    turned = others[(others.index(view.whose) + 1) % len(others)]
    changed = (
        replace(view, whose=turned),
        replace(view, is_overdue=not view.is_overdue),
        replace(view, is_urgent=not view.is_urgent),
    )
    asked = [(FILTER, aspect, view.written) for aspect in (STANDING, FIELD, UNIT, LABEL)]
    asked += [(FILTER, "", one.written) for one in changed]
    return [*asked, (LIST, "", view.written), (KEEP, "", view.written)]
