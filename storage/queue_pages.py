"""What a page of cases asks of the database: the statements, apart from who asks."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Row,
    Select,
    Subquery,
    Table,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    true,
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy import select as columns

from domain.model.bulletin import Field
from domain.model.opinion import OPEN_CASES, OpinionState
from domain.model.queue import QueueEntry, Whose
from storage.labels import STANDS
from storage.tables.cases import OpinionRow
from storage.tables.offices import UnitClosureRow

OPINION: Table = OpinionRow.metadata.tables["opinion"]
_CLOSURE: Table = UnitClosureRow.metadata.tables["unit_closure"]
SHOWN = (
    "seq", "id", "number", "unit_id", "field", "state", "filed_at", "due_at", "owner_id", "urgent",
)  # fmt: skip
_MOMENTS = ("filed_at", "due_at")
_FIELDS: dict[str | None, Field | None] = {None: None, **{field.value: field for field in Field}}
_STATES = {state.value: state for state in OpinionState}
_MARK = {"due": "due_at", "seq": "seq"}
_BELOW = _CLOSURE.c.ancestor_id.in_(bindparam("places", expanding=True))
HOW_MANY_UNITS = columns(func.count(_CLOSURE.c.descendant_id.distinct())).where(_BELOW)
_ABOVE = _CLOSURE.c.ancestor_id
WIDE = columns(_ABOVE).group_by(_ABOVE).having(func.count() > bindparam("merged"))
"""The units that have more than so many below them, themselves included."""


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
    most: int = 0
    """How many cases; written out, as a server that plans for any number plans for a tenth of all.

    Like the places, it is part of the statement: what is put in later is put in at each look.
    """
    places: int = 0
    """Of how many units: `place0` and so on; 0 for however many `places` there are."""


def entry_of(row: Row[Any]) -> QueueEntry:
    seq, name, number, unit_id, field, state, *others = row[: len(SHOWN)]
    return QueueEntry(seq, name, number, unit_id, _FIELDS[field], _STATES[state], *others)


def shown(table: FromClause, on_postgres: bool = False) -> list[ColumnElement[Any]]:
    """The columns of a list; the text is not one of them."""
    # A server's moments come in UTC: nothing has to be made of them.
    plain = DateTime(timezone=True)
    return [
        type_coerce(table.c[name], plain) if on_postgres and name in _MOMENTS else table.c[name]
        for name in SHOWN
    ]


@lru_cache(maxsize=512)
def page_of(shape: Shape) -> Select[Any]:
    """The first of each unit's and each state's cases, as an index has them, put in order.

    Asked for all at once, a database reads every case of the subtree and sorts them. What stands
    in the index is all that is put in order: a case lies beside its words, and is read only if it
    is shown.
    """
    if shape.by_label:
        return _labelled(shape)
    ways = _ways(shape)
    if not ways:
        return _first(shape, OPINION, shown(OPINION, shape.on_postgres))
    one = OPINION.alias("one")
    first = _first(shape, one, _ordered_by(shape, one))
    first = first.where(*[one.c[name] == way.c[name] for name, way in ways.items()])
    found = (_each_on_server if shape.on_postgres else _each_in_file)(first, list(ways.values()))
    seqs = columns(found.c.seq).order_by(*_order(shape, found)).limit(_most(shape))
    page = columns(*shown(OPINION, shape.on_postgres)).where(
        OPINION.c.seq.in_(seqs.scalar_subquery())
    )
    return page.order_by(*_order(shape, OPINION))


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
    labelled = columns(*shown(OPINION, shape.on_postgres)).join(
        STANDS, STANDS.c.seq == OPINION.c.seq
    )
    labelled = labelled.where(STANDS.c.label_id == bindparam("label"), *here)
    return labelled.order_by(*_order(shape, STANDS)).limit(_most(shape))


def _ways(shape: Shape) -> dict[str, Subquery]:
    """By which columns of an index a list is taken apart, and what stands in each."""
    ways = {}
    if shape.reach.is_merged:
        below = columns(_CLOSURE.c.descendant_id.label("unit_id")).where(_below(shape)).distinct()
        ways["unit_id"] = below.subquery("places_below")
    if those := _states_apart(shape):
        each = [columns(literal(state.value).label("state")) for state in those]
        ways["state"] = union_all(*each).subquery("states")
    return ways


def _states_apart(shape: Shape) -> tuple[OpinionState, ...]:
    """The states that lead in the index which a list goes along, if it is about several."""
    if shape.whose is Whose.MINE:
        return ()
    if not shape.states:
        return tuple(OpinionState) if shape.by_field else ()
    return shape.states if len(shape.states) > 1 and not shape.reach.is_merged else ()


def _each_on_server(first: Select[Any], ways: Sequence[Subquery]) -> Subquery:
    one = first.lateral("one_way")
    return columns(*one.c).select_from(_crossed(ways).join(one, true())).subquery("found")


def _each_in_file(first: Select[Any], ways: Sequence[Subquery]) -> Subquery:
    """The same with no LATERAL: what SQLite finds on each way it hands on as JSON."""
    these = first.correlate(*ways).subquery("these")
    listed = columns(func.json_group_array(func.json_array(*these.c))).correlate(*ways)
    one = func.json_each(listed.scalar_subquery()).table_valued("value", name="one_way")
    each = [
        func.json_extract(one.c.value, f"$[{place}]").label(column.name)
        for place, column in enumerate(these.c)
    ]
    return columns(*each).select_from(_crossed(ways).join(one, true())).subquery("found")


def _crossed(ways: Sequence[Subquery]) -> FromClause:
    start: FromClause = ways[0]
    for way in ways[1:]:
        start = start.join(way, true())
    return start


def _first(shape: Shape, one: FromClause, wanted: list[ColumnElement[Any]]) -> Select[Any]:
    here = conditions(shape, one, by_owner=True)
    first = columns(*wanted).where(*here, *_standing(shape, one))
    return first.order_by(*_order(shape, one)).limit(_most(shape))


def _standing(shape: Shape, one: FromClause) -> list[ColumnElement[bool]]:
    """The states that a list is about, if it is about some."""
    state = one.c.state
    if not shape.is_due_first:
        return [_led_by_owner(shape, state) == shape.states[0]] if shape.states else []
    if len(shape.states) > 1:
        return [is_open(one, shape.on_postgres)]
    this: ColumnElement[str] = literal_column(f"'{shape.states[0]}'")
    if shape.on_postgres:
        return [state == this]
    leads = not shape.reach.is_merged and shape.whose is not Whose.MINE
    return [is_open(one, on_postgres=False), (state if leads else _hidden(state)) == this]


def is_open(one: FromClause, on_postgres: bool) -> ColumnElement[bool]:
    """Word for word as the indexes of what is open say it: else no database knows that it is this.

    By the plain column a server tells how many there are; a file would put all that stands in one
    state in order.
    """
    each: list[ColumnElement[str]] = [literal_column(f"'{state}'") for state in sorted(OPEN_CASES)]
    return (one.c.state if on_postgres else _hidden(one.c.state)).in_(each)


def _led_by_owner(shape: Shape, column: ColumnElement[str]) -> ColumnElement[str]:
    """One's own cases stand in an index of their own: no other column's may lead away from it."""
    return _hidden(column) if shape.whose is Whose.MINE else column


def _hidden(column: ColumnElement[str]) -> ColumnElement[str]:
    """The same, where an index on the column would mislead."""
    return literal_column("''", column.type).concat(column)


def conditions(shape: Shape, one: FromClause, by_owner: bool = False) -> list[ColumnElement[bool]]:
    """What holds of a case that a list shows, besides its state; by which column it is found."""
    owner = one.c.owner_id if by_owner else _hidden(one.c.owner_id)
    asked: dict[ColumnElement[bool], bool] = {
        _led_by_owner(shape, one.c.field) == bindparam("field"): shape.by_field,
        owner == bindparam("me"): shape.whose is Whose.MINE,
        one.c.owner_id.is_(None): shape.whose is Whose.NOBODY,
        one.c.due_at < bindparam("now", type_=one.c.due_at.type): shape.is_overdue,
        one.c.urgent: shape.is_urgent,
        _bears_label(one): shape.by_label,
        _behind(shape, one): shape.goes_on,
        _lies_below(_below(shape), one): not (shape.reach.is_everywhere or shape.reach.is_merged),
    }
    return [condition for condition, holds in asked.items() if holds]


def _bears_label(one: FromClause) -> ColumnElement[bool]:
    this = STANDS.alias("this")
    return exists().where(this.c.label_id == bindparam("label"), this.c.seq == one.c.seq)


def _below(shape: Shape) -> ColumnElement[bool]:
    if not shape.places:
        return _BELOW
    above = _CLOSURE.c.ancestor_id
    return above.in_([bindparam(f"place{n}", type_=above.type) for n in range(shape.places)])


def _most(shape: Shape) -> ColumnElement[int]:
    return literal_column(f"{shape.most:d}", Integer)


def _lies_below(below: ColumnElement[bool], one: FromClause) -> ColumnElement[bool]:
    # No plain column: by an index on it all cases of the subtree would be read, and put in order.
    return one.c.unit_id.concat("").in_(columns(_CLOSURE.c.descendant_id).where(below))


def _behind(shape: Shape, one: FromClause) -> ColumnElement[bool]:
    if not shape.is_due_first:
        return one.c.seq < bindparam("seq")
    due, seq = (bindparam(name, type_=one.c[of].type) for name, of in _MARK.items())
    mark = tuple_(due, seq)
    return tuple_(one.c.due_at, one.c.seq) > mark


def _order(shape: Shape, table: FromClause) -> list[ColumnElement[Any]]:
    return _ordered_by(shape, table) if shape.is_due_first else [table.c.seq.desc()]


def _ordered_by(shape: Shape, table: FromClause) -> list[ColumnElement[Any]]:
    """All that an index is read for: with one column more, the cases themselves would be."""
    return [table.c.due_at, table.c.seq] if shape.is_due_first else [table.c.seq]
