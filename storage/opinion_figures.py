"""How many opinions came in, month by month: counted as they are filed and moved, not afterwards.

A case counts in its unit and in every unit above, so that a year of any of them is a few rows.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from domain.clock import LOCAL_ZONE
from domain.model.queue import UnitFigures
from storage.tables.cases import COUNTS, NO_FIELD, OpinionFigureRow, OpinionRow
from storage.tables.offices import UnitClosureRow
from storage.tree import Above

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
_COUNTS = [_FIGURE.c[name] for name in COUNTS]


def _of_units(these: ColumnElement[bool], as_json: ColumnElement[str]) -> Select[Any]:
    """All of a unit's in one value: count by count, a year of all communes is 24,000 of them."""
    within = _FIGURE.c.month.between(bindparam("first"), bindparam("last"))
    return select(_FIGURE.c.unit_id, as_json).where(these, within).group_by(_FIGURE.c.unit_id)


_MONTH = _FIGURE.c.month
_OF_UNITS = {
    "sqlite": _of_units(
        _FIGURE.c.unit_id.in_(bindparam("units", expanding=True)),
        func.json_group_object(_MONTH, func.json_array(*_COUNTS)),
    ),
    # A server's own functions for JSON take twice as long.
    "postgresql": _of_units(
        _FIGURE.c.unit_id == func.any(bindparam("units", type_=ARRAY(String))),
        func.concat(
            "{",
            func.aggregate_strings(
                func.concat('"', _MONTH, '":[', func.concat_ws(",", *_COUNTS), "]"), ","
            ),
            "}",
        ),
    ),
}
_FIELDS = tuple("" if name == NO_FIELD else name for name in COUNTS)
"""What each count of a row is of."""
_MADE: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]]
_MADE = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

Key = tuple[str, str, str]
"""Unit, month, field or ''."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What of a case is counted (ô số liệu)."""

    unit_id: str
    filed_at: datetime
    field: str | None

    def keys(self, above: Iterable[str]) -> Iterator[Key]:
        month, field = month_of(self.filed_at), self.field or ""
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
    changed = {key: by for key, by in sorted(changes.items()) if by}
    if not changed:
        return
    names = tuple(sorted({field or NO_FIELD for _, _, field in changed}))
    none = dict.fromkeys(names, 0)
    rows: dict[tuple[str, str], dict[str, str | int]] = {}
    for (unit, month, field), by in changed.items():
        row = rows.setdefault((unit, month), {"unit_id": unit, "month": month, **none})
        row[field or NO_FIELD] = by
    connection.execute(_adding(connection.dialect.name, names), list(rows.values()))


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
    return Counter(
        {
            (unit, month, field): count
            for unit, month, *counts in connection.execute(select(_FIGURE))
            for field, count in zip(_FIELDS, counts, strict=True)
            if count
        }
    )


def figures(
    connection: Connection, unit_ids: Sequence[str], months: tuple[str, str]
) -> tuple[UnitFigures, ...]:
    """See ports.Queue."""
    asked = {"units": unit_ids, "first": months[0], "last": months[1]}
    found = connection.execute(_OF_UNITS[connection.dialect.name], asked).all()
    read = ((unit, orjson.loads(as_json)) for unit, as_json in found)
    return tuple(
        UnitFigures(unit, _FIELDS, cases) for unit, cases in read if any(map(any, cases.values()))
    )


@lru_cache(maxsize=256)
def _adding(dialect: str, names: tuple[str, ...]) -> sqlite.Insert | postgresql.Insert:
    """A month's row of a unit, or so many more in it: of these fields, and of no other."""
    made = _MADE[dialect](_FIGURE)
    more = {name: _FIGURE.c[name] + made.excluded[name] for name in names}
    return made.on_conflict_do_update(index_elements=["unit_id", "month"], set_=more)
