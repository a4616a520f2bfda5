"""How many opinions came in, month by month: counted as they are filed and moved, not afterwards.

A case counts in its unit and in every unit above, so that a year of any of them is a few rows.
"""

import json
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from domain.clock import LOCAL_ZONE
from domain.model.queue import UnitFigures
from storage.tables.cases import OpinionFigureRow, OpinionRow
from storage.tables.offices import UnitClosureRow
from storage.tree import Above

NO_FIELD = ""
AT_ONCE = 10_000
_FIGURE: Table = OpinionFigureRow.metadata.tables["opinion_figure"]
_OPINION: Table = OpinionRow.metadata.tables["opinion"]
_CLOSURE: Table = UnitClosureRow.metadata.tables["unit_closure"]
_ALL_ABOVE = select(_CLOSURE.c.descendant_id, _CLOSURE.c.ancestor_id)
_COUNTED = (
    select(_OPINION.c.seq, _OPINION.c.unit_id, _OPINION.c.filed_at, _OPINION.c.field)
    .where(_OPINION.c.seq > bindparam("after"))
    .order_by(_OPINION.c.seq)
    .limit(AT_ONCE)
)
_COUNTED_OF = _COUNTED.where(_OPINION.c.unit_id.in_(bindparam("units", expanding=True)))


def _of_units(count: ColumnElement[Any]) -> Select[Any]:
    """All of a unit's side by side: row by row, a city's year is some ten thousand of them."""
    each = (_FIGURE.c.month, _FIGURE.c.field, count)
    return (
        select(_FIGURE.c.unit_id, *(func.aggregate_strings(one, ",") for one in each))
        .where(
            _FIGURE.c.unit_id.in_(bindparam("units", expanding=True)),
            _FIGURE.c.month.between(bindparam("first"), bindparam("last")),
            _FIGURE.c.count != 0,
        )
        .group_by(_FIGURE.c.unit_id)
    )


_OF_UNITS = {
    # A server puts texts side by side, and nothing else; to a file it is all the same.
    "postgresql": _of_units(cast(_FIGURE.c.count, String)),
    "sqlite": _of_units(_FIGURE.c.count),
}

Key = tuple[str, str, str]
"""Unit, month, field or NO_FIELD."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What of a case is counted (ô số liệu)."""

    unit_id: str
    filed_at: datetime
    field: str | None

    def keys(self, above: Iterable[str]) -> Iterator[Key]:
        month, field = month_of(self.filed_at), self.field or NO_FIELD
        for unit in above:
            yield unit, month, field


def month_of(moment: datetime) -> str:
    """The month on the calendar of the place, as `2026-11`."""
    return moment.astimezone(LOCAL_ZONE).strftime("%Y-%m")


def move(
    connection: Connection, was: Counted | None, now: Counted | None, above: Above | None = None
) -> None:
    """Count a case where it is now, and no more where it was."""
    changes: Counter[Key] = Counter()
    above = above or Above(connection)
    for one, sign in ((was, -1), (now, 1)):
        if one is not None:
            for key in one.keys(above.of(one.unit_id)):
                changes[key] += sign
    change(connection, changes)


def change(connection: Connection, changes: Mapping[Key, int]) -> None:
    """Count so many more, or fewer."""
    if rows := [_row(key, by) for key, by in sorted(changes.items()) if by]:
        connection.execute(_ADD[connection.dialect.name], rows)


def count_all(connection: Connection) -> Counter[Key]:
    """What the figures have to be, from the cases themselves."""
    return _count(connection, _COUNTED, {})


def count_of(connection: Connection, unit_ids: Collection[str]) -> Counter[Key]:
    """What the cases that lie with these very units give them and all above."""
    return _count(connection, _COUNTED_OF, {"units": list(unit_ids)})


def _count(
    connection: Connection, counting: Select[Any], asked: Mapping[str, object]
) -> Counter[Key]:
    above: dict[str, list[str]] = {}
    for below, unit in connection.execute(_ALL_ABOVE):
        above.setdefault(below, []).append(unit)
    counted: Counter[Key] = Counter()
    last = 0
    while found := connection.execute(counting, {"after": last, **asked}).all():
        for last, *about in found:  # noqa: B007 - the last one is where the next ones begin
            one = Counted(*about)
            counted.update(one.keys(above[one.unit_id]))
    return counted


def kept(connection: Connection) -> Counter[Key]:
    """What the figures are."""
    found = connection.execute(select(_FIGURE).where(_FIGURE.c.count != 0))
    return Counter({tuple(key): count for *key, count in found})


def figures(
    connection: Connection, unit_ids: Sequence[str], months: tuple[str, str]
) -> tuple[UnitFigures, ...]:
    """See ports.Queue."""
    asked = {"units": unit_ids, "first": months[0], "last": months[1]}
    apart = _Apart()
    return tuple(
        # As JSON they are read in half of the time that it takes one by one.
        UnitFigures(unit, apart[month], apart[field], array("q", json.loads(f"[{count}]")))
        for unit, month, field, count in connection.execute(
            _OF_UNITS[connection.dialect.name], asked
        )
    )


class _Apart(dict[str, list[str]]):
    """What stood side by side, one by one again: most units have the same months and fields."""

    def __missing__(self, together: str) -> list[str]:
        apart = self[together] = together.split(",")
        return apart


def _row(key: Key, count: int) -> dict[str, str | int]:
    unit, month, field = key
    return {"unit_id": unit, "month": month, "field": field, "count": count}


def _adding(made: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    more = _FIGURE.c.count + made.excluded["count"]
    key = [_FIGURE.c[name] for name in ("unit_id", "month", "field")]
    return made.on_conflict_do_update(index_elements=key, set_={"count": more})


_ADD = {
    "sqlite": _adding(sqlite.insert(_FIGURE)),
    "postgresql": _adding(postgresql.insert(_FIGURE)),
}
