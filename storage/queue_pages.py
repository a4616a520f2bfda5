"""What a page of cases asks of the database: the statements, apart from who asks."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    Subquery,
    Table,
    bindparam,
    exists,
    func,
    literal,
    true,
    tuple_,
    union_all,
)
from sqlalchemy import select as columns

from domain.model.bulletin import Field
from domain.model.opinion import OpinionState
from domain.model.queue import QueueEntry, Whose
from storage.labels import STANDS
from storage.tables.cases import OpinionRow
from storage.tables.offices import UnitClosureRow

OPINION: Table = OpinionRow.metadata.tables["opinion"]
_CLOSURE: Table = UnitClosureRow.metadata.tables["unit_closure"]
SHOWN = (
    "seq", "id", "number", "unit_id", "field", "state", "filed_at", "due_at", "owner_id", "urgent",
)  # fmt: skip
_MARK = {"due": "due_at", "seq": "seq"}
_BELOW = _CLOSURE.c.ancestor_id.in_(bindparam("places", expanding=True))
HOW_MANY_UNITS = columns(func.count(_CLOSURE.c.descendant_id.distinct())).where(_BELOW)


class Reach(NamedTuple):
    """How the units of a list are gone through (phạm vi)."""

    is_everywhere: bool
    is_merged: bool


class Shape(NamedTuple):
    """What a page's statement depends on, its values apart."""

    on_postgres: bool
    reach: Reach
    states: tuple[OpinionState, ...]
    by_field: bool
    whose: Whose
    is_overdue: bool
    is_urgent: bool
    by_label: bool
    is_due_first: bool
    goes_on: bool


def entry_of(row: Row[Any]) -> QueueEntry:
    return QueueEntry(
        seq=row.seq,
        id=row.id,
        number=row.number,
        unit_id=row.unit_id,
        field=Field(row.field) if row.field else None,
        state=OpinionState(row.state),
        filed_at=row.filed_at,
        due_at=row.due_at,
        owner_id=row.owner_id,
        urgent=row.urgent,
    )


def shown(table: FromClause) -> list[ColumnElement[Any]]:
    """The columns of a list; the text is not one of them."""
    return [table.c[name] for name in SHOWN]


@lru_cache(maxsize=512)
def page_of(shape: Shape) -> Select[Any]:
    """The first of each unit's and each state's cases, as an index has them, put in order.

    Asked for all at once, a database reads every case of the subtree and sorts them.
    """
    if shape.by_label:
        return _labelled(shape)
    one = OPINION.alias("one")
    ways = _ways(shape)
    each = [one.c[name] == way.c[name] for name, way in ways.items()]
    first = columns(*shown(one)).where(*each, *conditions(shape, one))
    first = first.order_by(*_order(shape, one)).limit(bindparam("most"))
    if not ways:
        return first
    start = _crossed(list(ways.values()))
    if shape.on_postgres:
        found: FromClause = first.lateral("found")
        start = start.join(found, true())
    else:
        found = OPINION
        these = first.with_only_columns(one.c.seq).correlate(*ways.values())
        start = start.join(found, found.c.seq.in_(these.scalar_subquery()))
    whole = columns(*shown(found)).select_from(start)
    return whole.order_by(*_order(shape, found)).limit(bindparam("most"))


def _labelled(shape: Shape) -> Select[Any]:
    """Along the cases that a label stands on, in the order in which its own index has them."""
    else_asked = shape._replace(by_label=False, goes_on=False, is_due_first=False)
    here = conditions(else_asked, OPINION)
    if shape.states:
        # No plain column: by an index on it SQLite would read all cases of these states.
        here.append(OPINION.c.state.concat("").in_(shape.states))
    if shape.is_due_first:
        here.append(STANDS.c.due_at.is_not(None))
    if shape.goes_on:
        here.append(_behind(shape, STANDS))
    labelled = columns(*shown(OPINION)).join(STANDS, STANDS.c.seq == OPINION.c.seq)
    labelled = labelled.where(STANDS.c.label_id == bindparam("label"), *here)
    return labelled.order_by(*_order(shape, STANDS)).limit(bindparam("most"))


def _ways(shape: Shape) -> dict[str, Subquery]:
    """By which columns of an index a list is taken apart, and what stands in each."""
    ways = {}
    if shape.reach.is_merged:
        below = columns(_CLOSURE.c.descendant_id.label("unit_id")).where(_BELOW).distinct()
        ways["unit_id"] = below.subquery("places_below")
    if shape.states:
        each = [columns(literal(state.value).label("state")) for state in shape.states]
        ways["state"] = union_all(*each).subquery("states")
    return ways


def _crossed(ways: Sequence[Subquery]) -> FromClause:
    start: FromClause = ways[0]
    for way in ways[1:]:
        start = start.join(way, true())
    return start


def conditions(shape: Shape, one: FromClause) -> list[ColumnElement[bool]]:
    asked: dict[ColumnElement[bool], bool] = {
        one.c.field == bindparam("field"): shape.by_field,
        one.c.owner_id == bindparam("me"): shape.whose is Whose.MINE,
        one.c.owner_id.is_(None): shape.whose is Whose.NOBODY,
        one.c.due_at < bindparam("now", type_=one.c.due_at.type): shape.is_overdue,
        one.c.urgent: shape.is_urgent,
        _bears_label(one): shape.by_label,
        # As the index on what is due says it: what is open is not closed.
        one.c.closed_at.is_(None): shape.is_due_first,
        _behind(shape, one): shape.goes_on,
        _lies_below(one): not (shape.reach.is_everywhere or shape.reach.is_merged),
    }
    return [condition for condition, holds in asked.items() if holds]


def _bears_label(one: FromClause) -> ColumnElement[bool]:
    this = STANDS.alias("this")
    return exists().where(this.c.label_id == bindparam("label"), this.c.seq == one.c.seq)


def _lies_below(one: FromClause) -> ColumnElement[bool]:
    # No plain column: by an index on it all cases of the subtree would be read, and put in order.
    return one.c.unit_id.concat("").in_(columns(_CLOSURE.c.descendant_id).where(_BELOW))


def _behind(shape: Shape, one: FromClause) -> ColumnElement[bool]:
    if not shape.is_due_first:
        return one.c.seq < bindparam("seq")
    due, seq = (bindparam(name, type_=one.c[of].type) for name, of in _MARK.items())
    mark = tuple_(due, seq)
    return tuple_(one.c.due_at, one.c.seq) > mark


def _order(shape: Shape, table: FromClause) -> list[ColumnElement[Any]]:
    return [table.c.due_at, table.c.seq] if shape.is_due_first else [table.c.seq.desc()]
