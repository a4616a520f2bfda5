"""Cases found by their words: the index says where to look, the case itself whether it is so."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Row, Select, Table, bindparam, func
from sqlalchemy import select as columns
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.access import EVERYWHERE
from domain.model.opinion_words import Sought
from domain.model.queue import Found, QueueEntry, QueueMark, QueueView
from domain.ports.queue import Reader
from storage.engine import connection_of, on_postgres
from storage.opinion_index import facet, wholes
from storage.opinion_lookup import look, start
from storage.queue_pages import OPINION, Reach, Shape, conditions, entry_of, shown
from storage.tables.offices import UnitRow

_UNIT: Table = UnitRow.metadata.tables["unit"]
_TOP = columns(func.count()).where(
    _UNIT.c.id.in_(bindparam("places", expanding=True)), _UNIT.c.parent_id.is_(None)
)
"""Below it lie all cases: nothing needs to be looked for that every one of them has."""
_START = {server: start(server).add_columns(_TOP.scalar_subquery()) for server in (False, True)}
MOST_LOOKED_AT = 4_000
"""Cases that one page goes through; whoever wants to know goes on from there."""
MOST_AT_ONCE = 1_000
SOME_ARE_NOT_IT = 4
"""Of so many that the index names one may not hold a phrase: then one look is enough."""


async def find(
    session: AsyncSession,
    reader: Reader,
    view: QueueView,
    sought: Sought,
    limit: int,
    after: QueueMark | None,
) -> Found:
    """See ports.Queue."""
    places = [view.unit_id] if view.unit_id else list(reader.unit_ids)
    statement = _those(_shape(view, places), view.states, not sought.is_told_by_tokens)
    asked = {"places": places, "field": view.field, "me": reader.id, "now": reader.now}
    asked |= {"label": view.label_id}
    connection = connection_of(session)
    start_here = _START[on_postgres(connection.engine)]
    newest, *_, at_top = (await connection.execute(start_here, asked)).one()
    facets = _facets(places, view, at_top=bool(at_top) or EVERYWHERE in places)
    groups = [*sought.needed, *facets] if sought.needed else []
    end, at_once, looked_at = (newest or 0) + 1, limit + 1, 0
    before = min(after.seq, end) if after else end
    if not sought.is_told_by_tokens:
        at_once += limit // SOME_ARE_NOT_IT
    found: list[QueueEntry] = []
    while looked_at < MOST_LOOKED_AT:
        seqs = await connection.run_sync(look, groups, before, at_once)
        if seqs:
            there = (await connection.execute(statement, asked | {"seqs": seqs})).all()
            rows: Iterable[Row[Any]] = there
            if not sought.is_told_by_tokens:
                texts = await connection.run_sync(wholes, there)
                pairs = zip(there, texts, strict=True)
                rows = (row for row, whole in pairs if sought.is_in(whole.text))
            found += map(entry_of, islice(rows, limit + 1 - len(found)))
        if len(found) > limit:
            return Found(tuple(found[:limit]), found[limit - 1].mark)
        if len(seqs) < at_once:
            return Found(tuple(found), None)
        looked_at += len(seqs)
        before, at_once = seqs[-1], min(2 * at_once, MOST_AT_ONCE)
    return Found(tuple(found), QueueMark(before, reader.now))


def _facets(places: Sequence[str], view: QueueView, at_top: bool) -> list[tuple[str, ...]]:
    field = [view.field.value] if view.field else []
    if at_top:
        return [(facet(*field),)] if field else []
    return [tuple(facet(unit, *field) for unit in places)]


def _shape(view: QueueView, places: Sequence[str]) -> Shape:
    return Shape(
        on_postgres=False,
        reach=Reach(is_everywhere=EVERYWHERE in places, is_merged=False),
        states=(),
        by_field=view.field is not None,
        whose=view.whose,
        is_overdue=view.is_overdue,
        is_urgent=view.is_urgent,
        by_label=bool(view.label_id),
        is_due_first=False,
        goes_on=False,
    )


@lru_cache(maxsize=512)
def _those(shape: Shape, states: tuple[str, ...], with_text: bool) -> Select[Any]:
    """Of the cases that the index names, those that a reader may and wants to see."""
    those = columns(*shown(OPINION), *([OPINION.c.text] if with_text else []))
    those = those.where(OPINION.c.seq.in_(bindparam("seqs", expanding=True)))
    if states:
        those = those.where(OPINION.c.state.in_(states))
    return those.where(*conditions(shape, OPINION)).order_by(OPINION.c.seq.desc())
