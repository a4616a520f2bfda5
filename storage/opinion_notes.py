"""What is kept beside a case in the same commit: what it is found by, and where it counts."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, select

from domain.model.opinion import Opinion
from storage import opinion_index as index
from storage.labels import due_of, follow
from storage.opinion_figures import Counted, change, count_of, move
from storage.opinion_index import AT_ONCE, Indexed, wholes
from storage.tables.cases import OpinionRow
from storage.tree import Above

_OPINION: Table = OpinionRow.metadata.tables["opinion"]
TAKEN_APART = 100
"""Cases whose words are taken apart at once: a fraction of a second in which nothing else runs."""
_INDEXED = select(_OPINION.c.seq, _OPINION.c.text, _OPINION.c.unit_id, _OPINION.c.field)
_LYING_WITH = (
    _INDEXED.where(_OPINION.c.unit_id.in_(bindparam("units", expanding=True)))
    .where(_OPINION.c.seq > bindparam("after"), _OPINION.c.text != "")
    .order_by(_OPINION.c.seq)
    .limit(AT_ONCE)
)


def note_filed(connection: Connection, seq: int, opinion: Opinion) -> None:
    above = Above(connection)
    index.add(connection, Indexed(seq, opinion.text, opinion.unit_id, opinion.field), above)
    move(connection, None, _counted(opinion), above)


def note_moved(connection: Connection, was: Opinion, now: Opinion) -> None:
    """Its words are found where the case lies now; the words themselves never change."""
    if (was.unit_id, was.field) != (now.unit_id, now.field):
        for some in _those(connection, _OPINION.c.id == was.id):
            for one in some:
                index.move(connection, replace(one, unit_id=was.unit_id, field=was.field), one)
    if _counted(was) != _counted(now):
        move(connection, _counted(was), _counted(now))
    if due_of(was) != due_of(now):
        follow(connection, now)


def note_before_addition(connection: Connection, opinion_id: str) -> None:
    """Two words may stand side by side only until something comes between them."""
    for some in _those(connection, _OPINION.c.id == opinion_id):
        index.remove(connection, some)


def note_added(connection: Connection, opinion_id: str) -> None:
    """What was said later is found beside what was said first."""
    for some in _those(connection, _OPINION.c.id == opinion_id):
        for one in some:
            index.add(connection, one)


def note_erased(connection: Connection, those: ColumnElement[bool]) -> None:
    """Before the text goes: only with it is known which words have to go."""
    for some in _those(connection, those):
        index.remove(connection, some)


def lift(connection: Connection, unit_ids: Collection[str]) -> None:
    """Before units lie elsewhere: what their cases are found by, and where they count, goes."""
    index.lift(connection, _lying_with(connection, unit_ids))
    change(connection, {key: -n for key, n in count_of(connection, unit_ids).items()})


def lay(connection: Connection, unit_ids: Collection[str]) -> None:
    """It comes back as the units lie now."""
    index.lay(connection, _lying_with(connection, unit_ids))
    change(connection, count_of(connection, unit_ids))


def _lying_with(connection: Connection, unit_ids: Collection[str]) -> Iterator[Indexed]:
    asked: dict[str, Any] = {"units": list(unit_ids), "after": 0}
    while found := connection.execute(_LYING_WITH, asked).all():
        yield from (Indexed(*row) for row in found)
        asked["after"] = found[-1].seq


def _those(connection: Connection, those: ColumnElement[bool]) -> Iterator[list[Indexed]]:
    asked = _INDEXED.where(those, _OPINION.c.seq > bindparam("after"))
    asked = asked.order_by(_OPINION.c.seq).limit(TAKEN_APART)
    after = 0
    while found := connection.execute(asked, {"after": after}).all():
        yield wholes(connection, found)
        after = found[-1].seq


def _counted(opinion: Opinion) -> Counted:
    return Counted(opinion.unit_id, opinion.filed_at, opinion.field)
