"""Cases in lists: each page is reached through an index, however many there are before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, delete, func
from sqlalchemy import select as columns
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.access import EVERYWHERE
from domain.model.opinion_words import Sought
from domain.model.queue import Found, Load, QueueEntry, QueueMark, QueueView, UnitFigures, Whose
from domain.ports.queue import Reader
from storage import rows
from storage.engine import connection_of
from storage.opinion_figures import figures
from storage.opinion_search import find
from storage.queue_pages import (
    HOW_MANY_UNITS,
    OPINION,
    WIDE,
    Reach,
    Shape,
    entry_of,
    is_open,
    page_of,
    shown,
)
from storage.tables.cases import OpinionRow, SavedViewRow
from storage.tables.offices import PersonRow

MERGED = 64
"""Of so many units each one's next cases are asked for and put in order; of more, all cases are
gone along until enough are found that lie there."""
_WIDE = "wide units"
"""Where a connection keeps which units have more below them."""


@dataclass(frozen=True, slots=True)
class SqlQueue:
    """Lists of cases in SQL."""

    session: AsyncSession

    @property
    def on_postgres(self) -> bool:
        return self.session.get_bind().dialect.name == "postgresql"

    async def page(
        self, reader: Reader, view: QueueView, limit: int, after: QueueMark | None = None
    ) -> tuple[QueueEntry, ...]:
        places = [view.unit_id] if view.unit_id else list(reader.unit_ids)
        shape = Shape(
            on_postgres=self.on_postgres,
            reach=await self.reach(places, view, reader.now),
            states=view.states,
            by_field=view.field is not None,
            whose=view.whose,
            is_overdue=view.is_overdue,
            is_urgent=view.is_urgent,
            by_label=bool(view.label_id),
            is_due_first=view.is_due_first,
            goes_on=after is not None,
            most=limit,
            places=len(places),
        )
        asked = {f"place{n}": place for n, place in enumerate(places)} | {
            "places": places,
            "field": view.field,
            "me": reader.id,
            "now": reader.now,
            "label": view.label_id,
            "seq": after.seq if after else None,
            "due": after.due_at if after else None,
        }
        found = await connection_of(self.session).execute(page_of(shape), asked)
        return tuple(map(entry_of, found.all()))

    async def find(
        self,
        reader: Reader,
        view: QueueView,
        sought: Sought,
        limit: int,
        after: QueueMark | None = None,
    ) -> Found:
        connection = connection_of(self.session)
        return await connection.run_sync(find, reader, view, sought, limit, after)

    async def figures(
        self, unit_ids: Sequence[str], months: tuple[str, str]
    ) -> tuple[UnitFigures, ...]:
        return await connection_of(self.session).run_sync(figures, unit_ids, months)

    async def numbered(self, reader: Reader, number: str) -> QueueEntry | None:
        this = columns(*shown(OPINION)).where(OPINION.c.number == number)
        this = this.where(rows.in_subtrees(OpinionRow.unit_id, reader.unit_ids))
        found = (await connection_of(self.session).execute(this)).first()
        return entry_of(found) if found else None

    async def workload(self, reader: Reader) -> tuple[Load, ...]:
        who, name = OPINION.c.owner_id, func.coalesce(col(PersonRow.name), "")
        late, urgent = (
            func.sum(case((one, 1), else_=0))
            for one in (OPINION.c.due_at < reader.now, OPINION.c.urgent)
        )
        counted = (
            columns(who, name, func.count(), late, urgent)
            .select_from(OPINION)
            .outerjoin(PersonRow, col(PersonRow.id) == who)
            .where(
                is_open(OPINION, self.on_postgres),
                rows.in_subtrees(OpinionRow.unit_id, reader.unit_ids),
            )
            .group_by(who, name)
            .order_by(who.is_not(None), func.count().desc(), name)
        )
        return tuple(Load(*row) for row in await connection_of(self.session).execute(counted))

    async def views(self, person_id: str) -> tuple[QueueView, ...]:
        kept = columns(col(SavedViewRow.written)).where(col(SavedViewRow.person_id) == person_id)
        kept = kept.order_by(col(SavedViewRow.kept_at), col(SavedViewRow.written))
        found = await connection_of(self.session).execute(kept)
        return tuple(map(QueueView.read, found.scalars()))

    async def keep_view(self, person_id: str, view: QueueView, now: datetime) -> None:
        row = SavedViewRow(person_id=person_id, written=view.to_be_kept.written, kept_at=now)
        await rows.add_if_new(self.session, row)

    async def drop_view(self, person_id: str, view: QueueView) -> None:
        this = delete(SavedViewRow).where(
            col(SavedViewRow.person_id) == person_id,
            col(SavedViewRow.written) == view.to_be_kept.written,
        )
        await rows.change(self.session, this)

    async def reach(self, places: Sequence[str], view: QueueView, now: datetime) -> Reach:
        # One's own cases stand in indexes of their own.
        is_own = view.whose is Whose.MINE
        if EVERYWHERE in places or view.label_id or is_own:
            return Reach(is_everywhere=EVERYWHERE in places, is_merged=False)
        return Reach(is_everywhere=False, is_merged=await self._are_few(places, now.date()))

    async def _are_few(self, places: Sequence[str], today: date) -> bool:
        """Whether few units lay below at some time today: it says how to get to a page, no more."""
        connection = connection_of(self.session)
        if len(places) > 1:
            found = await connection.execute(HOW_MANY_UNITS, {"places": places})
            return bool(found.scalar_one() <= MERGED)
        known: dict[date, frozenset[str]] = connection.info.setdefault(_WIDE, {})
        if today not in known:
            found = await connection.execute(WIDE, {"merged": MERGED})
            known.clear()
            known[today] = frozenset(str(unit) for unit in found.scalars())
        return known[today].isdisjoint(places)
