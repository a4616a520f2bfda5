"""Cases found by their words: the index says where to look, the case itself whether it is so."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Row, Select, Table, TextualSelect, and_, bindparam, func
from sqlalchemy import select as columns
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.access import EVERYWHERE
from domain.model.opinion_words import Sought
from domain.model.queue import Found, QueueEntry, QueueMark, QueueView
from domain.ports.queue import Reader
from storage.engine import connection_of, on_postgres
from storage.opinion_index import facet
from storage.opinion_lookup import looked_up, start
from storage.queue_pages import OPINION, Reach, Shape, conditions, entry_of, shown
from storage.tables.cases import AdditionRow
from storage.tables.offices import UnitRow

_UNIT: Table = UnitRow.metadata.tables["unit"]
_TOP = columns(func.count()).where(
    _UNIT.c.id.in_(bindparam("places", expanding=True)), _UNIT.c.parent_id.is_(None)
)
"""Below it lie all cases: nothing needs to be looked for that every one of them has."""
_ADDITION: Table = AdditionRow.metadata.tables["addition"]
_SAID = (
    columns(_ADDITION.c.text)
    .where(_ADDITION.c.opinion_id == OPINION.c.id)
    .order_by(_ADDITION.c.added_at, _ADDITION.c.id)
    .correlate(OPINION)
    .subquery("said")
)
_LATER = columns(func.aggregate_strings(_SAID.c.text, "\n"))
"""What was said later, one after the other, as the index has it."""
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
    asked = {"places": places, "field": view.field, "me": reader.id, "now": reader.now}
    asked |= {"label": view.label_id}
    connection = connection_of(session)
    is_server = on_postgres(connection.engine)
    newest, *_, at_top = (await connection.execute(_START[is_server], asked)).one()
    facets = _facets(places, view, at_top=bool(at_top) or EVERYWHERE in places)
    if not sought.needed or newest is None:
        return Found((), None)
    those, tokens = looked_up(is_server, [*sought.needed, *facets], newest)
    is_read = not sought.is_told_by_tokens
    statement = _cases(_shape(view, places), view.states, is_read, those)
    before = min(after.seq, newest + 1) if after else newest + 1
    at_once, looked_at = limit + 1 + is_read * (limit // SOME_ARE_NOT_IT), 0
    found: list[QueueEntry] = []
    while looked_at < MOST_LOOKED_AT:
        part = asked | tokens | {"before": before, "most": at_once}
        rows = (await connection.execute(statement, part)).all()
        there = (row for row in rows if row.id and (not is_read or _holds(sought, row)))
        found += map(entry_of, islice(there, limit + 1 - len(found)))
        if len(found) > limit:
            return Found(tuple(found[:limit]), found[limit - 1].mark)
        if len(rows) < at_once:
            return Found(tuple(found), None)
        looked_at += len(rows)
        before, at_once = rows[-1].found, min(2 * at_once, MOST_AT_ONCE)
    return Found(tuple(found), QueueMark(before, reader.now))


def _holds(sought: Sought, row: Row[Any]) -> bool:
    return sought.is_in(f"{row.text}\n{row.later}" if row.later else row.text)


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
def _cases(
    shape: Shape, states: tuple[str, ...], with_text: bool, those: TextualSelect
) -> Select[Any]:
    """Each case that the index names, and what of it a reader sees if they may and want to."""
    found = those.subquery("those")
    is_it = [OPINION.c.seq == found.c.seq, *conditions(shape, OPINION)]
    if states:
        is_it.append(OPINION.c.state.in_(states))
    wanted = [*shown(OPINION), found.c.seq.label("found")]
    if with_text:
        wanted += [OPINION.c.text, _LATER.scalar_subquery().label("later")]
    cases = columns(*wanted).select_from(found.outerjoin(OPINION, and_(*is_it)))
    return cases.order_by(found.c.seq.desc())
