"""Cases found by their words: the index says where to look, the case itself whether it is so."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from pyroaring import BitMap
from sqlalchemy import Connection, Integer, Row, Select, Table, and_, func
from sqlalchemy import select as columns

from domain.model.access import EVERYWHERE
from domain.model.opinion_words import Sought
from domain.model.queue import Found, QueueEntry, QueueMark, QueueView
from domain.ports.queue import Reader
from storage.engine import soon
from storage.opinion_index import facet
from storage.opinion_lookup import ANY, begin, looked_up
from storage.postings import numbers, on_server, those_of
from storage.queue_pages import OPINION, Reach, Shape, conditions, entry_of, shown
from storage.tables.cases import AdditionRow

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
MOST_LOOKED_AT = 4_000
"""Cases that one page goes through; whoever wants to know goes on from there."""
MOST_AT_ONCE = 1_000
SOME_ARE_NOT_IT = 4
"""Of so many that the index names one may not hold a phrase: then one look is enough."""


def find(
    connection: Connection,
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
    groups = [*sought.needed, *_facets(places, view)]
    begun = begin(connection, groups, after.seq if after else ANY)
    if begun is None or not sought.needed:
        return Found((), None)
    those = looked_up(connection, begun, groups)
    is_read = not sought.is_told_by_tokens
    statement = _cases(_shape(view, places), view.states, is_read, on_server(connection))
    at_once = limit + 1 + is_read * (limit // SOME_ARE_NOT_IT)
    found: list[QueueEntry] = []
    looked_at = 0
    for some in _newest_first(those, at_once):
        if looked_at >= MOST_LOOKED_AT:
            return Found(tuple(found), QueueMark(some[0] + 1, reader.now))
        with soon(connection, len(some)):
            rows = connection.execute(statement, asked | {"seqs": numbers(connection, some)})
        there = (row for row in rows if row.id and (not is_read or _holds(sought, row)))
        found += map(entry_of, islice(there, limit + 1 - len(found)))
        if len(found) > limit:
            return Found(tuple(found[:limit]), found[limit - 1].mark)
        looked_at += len(some)
    return Found(tuple(found), None)


def _newest_first(those: Iterable[BitMap], at_once: int) -> Iterator[list[int]]:
    """So many at once that one look is mostly enough; where not, as many again as so far."""
    some: list[int] = []
    so_far = 0
    for each in those:
        left = len(each)
        while left > 0:
            next_ones = each[max(0, left - at_once + len(some)) : left]
            left -= len(next_ones)
            some += reversed(next_ones)
            if len(some) == at_once:
                yield some
                so_far += at_once
                some, at_once = [], min(so_far, MOST_AT_ONCE)
    if some:
        yield some


def _holds(sought: Sought, row: Row[Any]) -> bool:
    return sought.is_in(f"{row.text}\n{row.later}" if row.later else row.text)


def _facets(places: Sequence[str], view: QueueView) -> list[tuple[str, ...]]:
    field = [view.field.value] if view.field else []
    if EVERYWHERE in places:
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
def _cases(shape: Shape, states: tuple[str, ...], with_text: bool, is_server: bool) -> Select[Any]:
    """Each case that the index names, and what of it a reader sees if they may and want to."""
    found = those_of("seqs", is_server, Integer())
    is_it = [OPINION.c.seq == found.c.value, *conditions(shape, OPINION)]
    if states:
        is_it.append(OPINION.c.state.in_(states))
    wanted = shown(OPINION)
    if with_text:
        wanted += [OPINION.c.text, _LATER.scalar_subquery().label("later")]
    cases = columns(*wanted).select_from(found.outerjoin(OPINION, and_(*is_it)))
    return cases.order_by(found.c.value.desc())
