"""Who is on duty for what."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.duty import Watch
from storage import rows
from storage.engine import connection_of
from storage.tables.record import DutyRow


@dataclass(frozen=True, slots=True)
class SqlDuties:
    """Duties in SQL: conditional updates only."""

    session: AsyncSession

    async def look(self, name: str) -> Watch:
        row = await rows.find(self.session, select(DutyRow).where(DutyRow.name == name))
        return Watch(row.holder, row.term, row.beat) if row else Watch()

    async def take(self, name: str, holder: str, seen: Watch) -> bool:
        if seen == Watch():
            row = DutyRow(name=name, holder=holder, term=1, beat=1)
            return await rows.add_if_new(self.session, row)
        unchanged = and_(_held(name, seen.holder, seen.term), col(DutyRow.beat) == seen.beat)
        taken = {"holder": holder, "term": seen.term + 1, "beat": 1}
        return await rows.change(self.session, update(DutyRow).where(unchanged).values(taken)) > 0

    async def beat(self, name: str, holder: str, term: int) -> bool:
        mine = update(DutyRow).where(_held(name, holder, term))
        return await rows.change(self.session, mine.values(beat=col(DutyRow.beat) + 1)) > 0

    async def leave(self, name: str, holder: str, term: int) -> None:
        mine = update(DutyRow).where(_held(name, holder, term))
        await rows.change(self.session, mine.values(holder=""))

    async def free_all(self) -> None:
        await rows.change(self.session, update(DutyRow).values(holder=""))

    async def holds(self, name: str, holder: str, term: int) -> bool:
        # Locked against a taker until this transaction has ended; where there is but one writer
        # at a time that is so anyway.
        asked = {"duty": name, "me": holder, "mine": term}
        found = await connection_of(self.session).execute(_STILL_MINE, asked)
        return found.first() is not None


def _held(name: str, holder: str, term: int) -> ColumnElement[bool]:
    return and_(col(DutyRow.name) == name, col(DutyRow.holder) == holder, col(DutyRow.term) == term)


_STILL_MINE = (
    select(DutyRow.term)
    .where(
        col(DutyRow.name) == bindparam("duty"),
        col(DutyRow.holder) == bindparam("me"),
        col(DutyRow.term) == bindparam("mine"),
    )
    .with_for_update(read=True)
)
"""Made once: it is asked before every claim."""
