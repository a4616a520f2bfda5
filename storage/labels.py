"""Labels, and the cases that they stand on."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, and_, case, delete, exists, func, literal, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.label import Label
from domain.model.opinion import OPEN_CASES, Opinion
from domain.model.text import folded_name
from storage import rows
from storage.engine import connection_of
from storage.tables.cases import CaseLabelRow, LabelRow, OpinionRow
from storage.tree import CLOSURE

LABEL: Table = LabelRow.metadata.tables["label"]
STANDS: Table = CaseLabelRow.metadata.tables["case_label"]
_OPINION: Table = OpinionRow.metadata.tables["opinion"]
_COLUMNS = ("label_id", "seq", "opinion_id", "due_at")
_DUE = case((_OPINION.c.state.in_(sorted(OPEN_CASES)), _OPINION.c.due_at))


@dataclass(frozen=True, slots=True)
class SqlLabels:
    """Labels in SQL."""

    session: AsyncSession

    async def of(self, unit_ids: Sequence[str]) -> tuple[Label, ...]:
        theirs = select(LabelRow).where(col(LabelRow.unit_id).in_(unit_ids))
        found = [_label(row) for row in await self.session.exec(theirs)]
        return tuple(sorted(found, key=lambda one: (unit_ids.index(one.unit_id), one.place)))

    async def find(self, label_id: str) -> Label | None:
        row = await rows.find(self.session, select(LabelRow).where(LabelRow.id == label_id))
        return _label(row) if row else None

    async def add(self, label: Label) -> None:
        await rows.add(self.session, LabelRow(**asdict(label), key=folded_name(label.name)))

    async def count(self, label_id: str) -> int:
        counted = columns(func.count()).where(STANDS.c.label_id == label_id)
        found: int = (await connection_of(self.session).execute(counted)).scalar_one()
        return found

    async def remove(self, label_id: str) -> int:
        stood = delete(CaseLabelRow).where(col(CaseLabelRow.label_id) == label_id)
        count = await rows.change(self.session, stood)
        await rows.change(self.session, delete(LabelRow).where(col(LabelRow.id) == label_id))
        return count

    async def on(self, opinion_id: str) -> tuple[Label, ...]:
        standing = select(CaseLabelRow.label_id).where(CaseLabelRow.opinion_id == opinion_id)
        found = await self.session.exec(select(LabelRow).where(col(LabelRow.id).in_(standing)))
        return tuple(sorted(map(_label, found), key=lambda one: (one.place, one.id)))

    async def put_on(self, opinion_id: str, label_id: str) -> bool:
        this = columns(literal(label_id), _OPINION.c.seq, _OPINION.c.id, _DUE)
        put = rows.insert(self.session, CaseLabelRow).from_select(
            _COLUMNS, this.where(_OPINION.c.id == opinion_id)
        )
        return await rows.change(self.session, put.on_conflict_do_nothing()) > 0

    async def take_off(self, opinion_id: str, label_id: str) -> bool:
        this = delete(CaseLabelRow).where(
            col(CaseLabelRow.label_id) == label_id, col(CaseLabelRow.opinion_id) == opinion_id
        )
        return await rows.change(self.session, this) > 0

    async def leave(self, opinion_id: str, unit_ids: Sequence[str]) -> None:
        known = select(LabelRow.id).where(col(LabelRow.unit_id).in_(unit_ids))
        gone = delete(CaseLabelRow).where(
            col(CaseLabelRow.opinion_id) == opinion_id, col(CaseLabelRow.label_id).not_in(known)
        )
        await rows.change(self.session, gone)

    async def drop(self, opinion_ids: Sequence[str]) -> None:
        gone = delete(CaseLabelRow).where(col(CaseLabelRow.opinion_id).in_(opinion_ids))
        await rows.change(self.session, gone)


def due_of(opinion: Opinion) -> datetime | None:
    """By what a list of labelled cases puts this one in order."""
    return opinion.due_at if opinion.state in OPEN_CASES else None


def follow(connection: Connection, opinion: Opinion) -> None:
    """The case moved, and its labels with it."""
    its = update(STANDS).where(STANDS.c.opinion_id == opinion.id)
    connection.execute(its.values(due_at=due_of(opinion)))


def carry_labels(connection: Connection, old: str, new: str) -> None:
    """The labels of a unit that ends are its successor's; two of one name become one."""
    heirs = columns(LABEL.c.key, LABEL.c.id).where(LABEL.c.unit_id == new)
    there = {row.key: row.id for row in connection.execute(heirs)}
    mine = columns(LABEL.c.id, LABEL.c.key).where(LABEL.c.unit_id == old)
    for label_id, key in connection.execute(mine).all():
        this = LABEL.c.id == label_id
        if key not in there:
            connection.execute(update(LABEL).where(this).values(unit_id=new))
            continue
        _stand_under(connection, label_id, there[key])
        connection.execute(delete(LABEL).where(this))


def _stand_under(connection: Connection, label_id: str, heir: str) -> None:
    has_both = STANDS.alias("has_both")
    both = exists().where(has_both.c.label_id == heir, has_both.c.seq == STANDS.c.seq)
    here = STANDS.c.label_id == label_id
    connection.execute(update(STANDS).where(here, ~both).values(label_id=heir))
    connection.execute(delete(STANDS).where(here))


def drop_strange(
    connection: Connection, unit_ids: Collection[str]
) -> dict[tuple[str, str | None], int]:
    """Where units lie elsewhere now, what they know no more is taken off their cases.

    Returns how many, by the unit that the cases lie with and the one that they came from.
    """
    here = _OPINION.c.unit_id.in_(unit_ids)
    known = exists().where(
        _OPINION.c.id == STANDS.c.opinion_id,
        LABEL.c.id == STANDS.c.label_id,
        and_(
            CLOSURE.c.ancestor_id == LABEL.c.unit_id, CLOSURE.c.descendant_id == _OPINION.c.unit_id
        ),
    )
    units = (_OPINION.c.unit_id, _OPINION.c.former_unit_id)
    labelled = STANDS.join(_OPINION, _OPINION.c.id == STANDS.c.opinion_id)
    strange = columns(*units, func.count()).select_from(labelled).where(here, ~known)
    counted = connection.execute(strange.group_by(*units)).all()
    if counted:
        lying = columns(_OPINION.c.id).where(here)
        connection.execute(delete(STANDS).where(STANDS.c.opinion_id.in_(lying), ~known))
    return {(unit_id, former): count for unit_id, former, count in counted}


def _label(row: LabelRow) -> Label:
    return Label(**row.model_dump(exclude={"key"}))
