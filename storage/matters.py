"""Matters, and the cases that are gathered under them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.errors import LostRace
from domain.model.matter import Matter, MatterCase
from domain.model.opinion import OpinionState
from storage import rows
from storage.engine import connection_of
from storage.tables.cases import OpinionRow, WaitingLetterRow
from storage.tables.matters import MatterCaseRow, MatterRow
from storage.tables.offices import UnitClosureRow


@dataclass(frozen=True, slots=True)
class SqlMatters:
    """Matters in SQL."""

    session: AsyncSession

    async def add(self, matter: Matter) -> None:
        await rows.add(self.session, MatterRow(**asdict(matter)))

    async def get(self, matter_id: str) -> Matter:
        statement = select(MatterRow).where(MatterRow.id == matter_id)
        return _matter(await rows.get(self.session, statement, matter_id))

    async def save(self, matter: Matter, was: Matter) -> None:
        statement = (
            update(MatterRow)
            .where(col(MatterRow.id) == was.id, col(MatterRow.version) == was.version)
            .values(asdict(matter))
        )
        if not await rows.change(self.session, statement):
            raise LostRace("button.stale")

    async def open_in(self, unit_ids: Sequence[str], skip: int, limit: int) -> tuple[Matter, ...]:
        return await self._open(col(MatterRow.unit_id).in_(unit_ids), skip, limit)

    async def open_below(
        self, unit_ids: Sequence[str], skip: int, limit: int
    ) -> tuple[Matter, ...]:
        return await self._open(rows.in_subtrees(MatterRow.unit_id, unit_ids), skip, limit)

    async def with_case(self, opinion_id: str) -> Matter | None:
        return await self._one(
            _open_ones()
            .join(MatterCaseRow, col(MatterCaseRow.matter_id) == MatterRow.id)
            .join(OpinionRow, col(OpinionRow.id) == MatterCaseRow.opinion_id)
            .where(OpinionRow.id == opinion_id, _LIES_THERE)
        )

    async def answered_by(self, bulletin_id: str) -> Matter | None:
        return await self._one(_open_ones().where(MatterRow.bulletin_id == bulletin_id))

    async def put_in(self, matter_id: str, opinion_id: str) -> None:
        await self.take_out(opinion_id)
        row = MatterCaseRow(opinion_id=opinion_id, matter_id=matter_id)
        await rows.add(self.session, row)

    async def take_out(self, opinion_id: str) -> None:
        await self.drop([opinion_id])

    async def drop(self, opinion_ids: Sequence[str]) -> None:
        gone = delete(MatterCaseRow).where(col(MatterCaseRow.opinion_id).in_(opinion_ids))
        await rows.change(self.session, gone)

    async def cases(self, matter_id: str, after: int, limit: int) -> tuple[MatterCase, ...]:
        waits = and_(
            col(WaitingLetterRow.opinion_id) == OpinionRow.id,
            col(WaitingLetterRow.returned_by).is_(None),
        )
        statement = (
            columns(
                col(OpinionRow.seq),
                col(OpinionRow.id),
                col(OpinionRow.number),
                col(OpinionRow.state),
                col(OpinionRow.owner_id),
                col(WaitingLetterRow.id).is_not(None),
            )
            .join(MatterCaseRow, col(MatterCaseRow.opinion_id) == OpinionRow.id)
            .join(MatterRow, col(MatterRow.id) == MatterCaseRow.matter_id)
            .outerjoin(WaitingLetterRow, waits)
            .where(col(MatterRow.id) == matter_id, _LIES_THERE, col(OpinionRow.seq) > after)
            .order_by(col(OpinionRow.seq))
            .limit(limit)
        )
        found = await connection_of(self.session).execute(statement)
        return tuple(
            MatterCase(int(seq or 0), name, number, OpinionState(state), owner, bool(waits))
            for seq, name, number, state, owner, waits in found
        )

    async def count(self, matter_id: str) -> int:
        counted = columns(func.count()).select_from(OpinionRow)
        found = await connection_of(self.session).execute(_gathered(counted, matter_id))
        return int(found.scalar_one())

    async def owners(self, matter_id: str) -> tuple[str, ...]:
        theirs = columns(col(OpinionRow.owner_id)).distinct().select_from(OpinionRow)
        in_work = _gathered(theirs, matter_id).where(
            col(OpinionRow.state) == OpinionState.IN_PROGRESS,
            col(OpinionRow.owner_id).is_not(None),
        )
        found = await connection_of(self.session).execute(in_work.order_by(OpinionRow.owner_id))
        return tuple(found.scalars())

    async def _open(self, those: ColumnElement[bool], skip: int, limit: int) -> tuple[Matter, ...]:
        newest = _open_ones().where(those).order_by(col(MatterRow.opened_at).desc(), MatterRow.id)
        found = await self.session.exec(newest.offset(skip).limit(limit))
        return tuple(map(_matter, found))

    async def _one(self, statement: SelectOfScalar[MatterRow]) -> Matter | None:
        found = await rows.find(self.session, statement)
        return _matter(found) if found else None


_LIES_THERE = col(OpinionRow.unit_id).in_(
    select(UnitClosureRow.descendant_id)
    .where(UnitClosureRow.ancestor_id == MatterRow.unit_id)
    .correlate(MatterRow)
)
"""What was handed on to a unit outside is not the matter's any more."""


def _gathered(statement: Select[Any], matter_id: str) -> Select[Any]:
    return (
        statement.join(MatterCaseRow, col(MatterCaseRow.opinion_id) == OpinionRow.id)
        .join(MatterRow, col(MatterRow.id) == MatterCaseRow.matter_id)
        .where(col(MatterRow.id) == matter_id, _LIES_THERE)
    )


def _open_ones() -> SelectOfScalar[MatterRow]:
    return select(MatterRow).where(col(MatterRow.closed_at).is_(None))


def _matter(row: MatterRow) -> Matter:
    return Matter(**row.model_dump())
