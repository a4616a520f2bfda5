"""The queue page by page: filtered, searched, kept as a view; without a word of any text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.clock import Clock
from domain.errors import Forbidden, LostRace, Refusal
from domain.ids import Ids, read_number
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.delivery import to_person
from domain.model.opinion_words import Level, Sought
from domain.model.queue import (
    VIEWS_KEPT,
    Found,
    Load,
    QueueEntry,
    QueueMark,
    QueueView,
)
from domain.model.text import one_line
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.ports.queue import Reader

LIST, FILTER, OPEN = "queue:list", "queue:filter", "queue:open"
VIEWS, KEEP, DROP, LOADS = "queue:views", "queue:keep", "queue:drop", "queue:loads"
SUMS, MATTERS = "queue:sums", "queue:matters"
ON_A_PAGE = 8
WORDS_GOOD_FOR = timedelta(hours=24)
"""What was looked for stands on buttons no longer than a text stays in a chat."""

Way = tuple[str, str, str]
"""A button: its action, its subject, its choice."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some cases of a view (trang hàng đợi)."""

    view: QueueView
    entries: tuple[QueueEntry, ...]
    units: Mapping[str, Unit]
    """Those of the cases, and the one that the view is about."""
    now: datetime
    buttons: tuple[Button, ...]
    level: Level | None = None
    """On which the words were found."""
    is_more: bool = False
    label: str = ""
    """The name of the one that the view is about."""


@dataclass(frozen=True, slots=True)
class ViewsPage:
    """The views that somebody keeps (các bộ lọc đã lưu)."""

    views: tuple[QueueView, ...]
    units: Mapping[str, Unit]
    labels: Mapping[str, str]
    """By their ids what they are called; without those that are no more."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class _Hits:
    """What was read before anything is written."""

    entries: tuple[QueueEntry, ...]
    goes_on: QueueMark | None
    level: Level | None = None
    units: Mapping[str, Unit] = field(default_factory=dict)
    label: str = ""


@dataclass(frozen=True, slots=True)
class ShowQueue:
    """Looking at the queue (xem hàng đợi)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def begin(self, actor: Actor, typed: str, cause: Cause | None = None) -> QueuePage:
        """/hangdoi, alone or with what is looked for: words, or a case's number."""
        reader = self._reader(actor)
        number = read_number(typed)
        if number is None:
            return await self._show(actor, QueueView(words=one_line(typed)), None, cause)
        async with self.memory.look() as work:
            entry = await work.queue.numbered(reader, number)
            if entry is None:
                raise Refusal("queue.no_such_number")
            hits = _Hits((entry,), None, units=await _units(work, [entry], ""))
        return await self._page(actor, QueueView(), hits, None, cause)

    async def turn(self, actor: Actor, button: Button, cause: Cause | None = None) -> QueuePage:
        """A page of the view that stands on a button, from the mark on it."""
        view, mark = QueueView.read(button.choice), QueueMark.read(button.subject)
        return await self._show(actor, view, mark, cause)

    async def keep_view(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ViewsPage:
        """Keep the view for oneself."""
        self._reader(actor)
        async with self.memory.begin(cause) as work:
            kept = await work.queue.views(actor.id)
            view = QueueView.read(button.choice).to_be_kept
            if view not in kept and len(kept) >= VIEWS_KEPT:
                raise Refusal("queue.too_many_views", count=VIEWS_KEPT)
            await work.queue.keep_view(actor.id, view, self.clock.now())
            page = await self._views(work, actor)
            await work.commit()
        return page

    async def drop_view(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ViewsPage:
        self._reader(actor)
        async with self.memory.begin(cause) as work:
            await work.queue.drop_view(actor.id, QueueView.read(button.choice))
            page = await self._views(work, actor)
            await work.commit()
        return page

    async def list_views(self, actor: Actor, cause: Cause | None = None) -> ViewsPage:
        self._reader(actor)
        async with self.memory.begin(cause) as work:
            page = await self._views(work, actor)
            await work.commit()
        return page

    async def list_loads(self, actor: Actor) -> tuple[Load, ...]:
        """Who has how many open cases in hand; only for whoever looks after them."""
        places = actor.units_for(Permission.WORKLOAD_READ)
        if not places:
            raise Forbidden("errors.forbidden")
        async with self.memory.look() as work:
            return await work.queue.workload(Reader(actor.id, places, self.clock.now()))

    async def _show(
        self, actor: Actor, view: QueueView, mark: QueueMark | None, cause: Cause | None
    ) -> QueuePage:
        reader = self._reader(actor)
        async with self.memory.look() as work:
            if view.unit_id:
                lineage = await work.units.lineage(view.unit_id)
                actor.require(Permission.OPINION_OPEN, lineage)
            label = await _label(work, view)
            hits = await self._hits(work, reader, view, mark)
            units = await _units(work, hits.entries, view.unit_id)
            hits = replace(hits, units=units, label=label)
        return await self._page(actor, view, hits, mark, cause)

    async def _hits(
        self, work: Work, reader: Reader, view: QueueView, mark: QueueMark | None
    ) -> _Hits:
        if not view.words:
            found = await work.queue.page(reader, view, ON_A_PAGE + 1, mark)
            shown = found[:ON_A_PAGE]
            return _Hits(shown, shown[-1].mark if len(found) > ON_A_PAGE else None)
        level: Level | None = Sought.of(view.words, view.level).level
        if not Sought.of(view.words, level).needed:
            raise Refusal("queue.nothing_to_look_for")
        result = Found((), None)
        while level is not None:
            sought = Sought.of(view.words, level)
            result = await work.queue.find(reader, view, sought, ON_A_PAGE, mark)
            if result.entries or result.goes_on or view.level or level.wider is None:
                break
            level = level.wider
        return _Hits(result.entries, result.goes_on, level)

    async def _page(
        self,
        actor: Actor,
        view: QueueView,
        hits: _Hits,
        mark: QueueMark | None,
        cause: Cause | None,
    ) -> QueuePage:
        ways = _ways(actor, view, hits, mark)
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            if view.words:
                await self._note_search(work, actor, view)
            buttons = self._offer(actor, ways, WORDS_GOOD_FOR if view.words else GOOD_FOR)
            await work.buttons.add(buttons)
            await work.commit()
        is_more = hits.goes_on is not None
        found = hits.entries, hits.units, now, buttons, hits.level, is_more, hits.label
        return QueuePage(view, *found)

    async def _note_search(self, work: Work, actor: Actor, view: QueueView) -> None:
        """That texts were looked through is on record; for what, is not: it may be their words."""
        for place in (view.unit_id,) if view.unit_id else _places(actor):
            event = AuditEvent(self.clock.now(), actor.id, Permission.OPINION_SEARCH, place)
            await work.audit.append(event)

    async def _views(self, work: Work, actor: Actor) -> ViewsPage:
        views = await work.queue.views(actor.id)
        units = {view.unit_id: await work.units.get(view.unit_id) for view in views if view.unit_id}
        ways = [
            way for view in views for way in ((LIST, "", view.written), (DROP, "", view.written))
        ]
        buttons = self._offer(actor, [*ways, (LIST, "", QueueView().written)], GOOD_FOR)
        await work.buttons.add(buttons)
        return ViewsPage(views, units, await named_labels(work, views), buttons)

    def _reader(self, actor: Actor) -> Reader:
        return Reader(actor.id, _places(actor), self.clock.now())

    def _offer(self, actor: Actor, ways: Sequence[Way], good_for: timedelta) -> tuple[Button, ...]:
        until, holder = self.clock.now() + good_for, to_person(actor.id)
        return tuple(
            button
            for action, subject, choice in ways
            for button in offer(
                self.ids,
                [(action, choice)],
                subject=subject,
                version=1,
                holder=holder,
                expires_at=until,
            )
        )


def _ways(actor: Actor, view: QueueView, hits: _Hits, mark: QueueMark | None) -> list[Way]:
    """The cases, the pages around, a wider search, the filters and the views."""
    ways = [(OPEN, entry.id, "") for entry in hits.entries]
    if mark is not None:
        ways.append((LIST, "", view.written))
    if hits.goes_on is not None:
        going_on = replace(view, level=hits.level) if view.words else view
        ways.append((LIST, hits.goes_on.written, going_on.written))
    if hits.level is not None and hits.level.wider is not None:
        ways.append((LIST, "", replace(view, level=hits.level.wider).written))
    ways += [(FILTER, "", view.written), (VIEWS, "", view.written)]
    if actor.units_for(Permission.MATTER_GATHER):
        ways.append((MATTERS, "", ""))
    if actor.units_for(Permission.WORKLOAD_READ):
        ways.append((LOADS, "", ""))
    if actor.units_for(Permission.FIGURES_READ):
        ways.append((SUMS, "", ""))
    return ways


async def _label(work: Work, view: QueueView) -> str:
    """What the view's label is called; LostRace if somebody removed it."""
    if not view.label_id:
        return ""
    found = await work.labels.find(view.label_id)
    if found is None:
        raise LostRace("label.gone_from_view")
    return found.name


async def named_labels(work: Work, views: Sequence[QueueView]) -> Mapping[str, str]:
    """What the labels of these views are called; one that was removed is left out."""
    wanted = sorted({view.label_id for view in views if view.label_id})
    found = [await work.labels.find(label_id) for label_id in wanted]
    return {one.id: one.name for one in found if one}


async def _units(work: Work, entries: Sequence[QueueEntry], also: str) -> Mapping[str, Unit]:
    wanted = {entry.unit_id for entry in entries} | ({also} if also else set())
    return {unit_id: await work.units.get(unit_id) for unit_id in sorted(wanted)}


def _places(actor: Actor) -> tuple[str, ...]:
    places = actor.units_for(Permission.OPINION_OPEN)
    if not places:
        raise Forbidden("errors.forbidden")
    return places
