"""The marks of updates whose effect is in main: kept for as long as one may come again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.ports.memory import Cause
from storage import rows
from storage.tables.record import ProcessedRow


@dataclass(frozen=True, slots=True)
class SqlMarks:
    """Marks in SQL."""

    session: AsyncSession

    async def made_before(self, day: date) -> int:
        older = select(func.count()).where(col(ProcessedRow.marked_on) < day)
        return (await self.session.exec(older)).one()

    async def forget(self, before: date, but: Collection[Cause]) -> int:
        """See ports.Marks; the few that wait are put back, rather than named one by one."""
        kept = {(cause.bot_id, cause.update_id) for cause in but}
        older = delete(ProcessedRow).where(col(ProcessedRow.marked_on) < before)
        gone = (await self.session.exec(older.returning(*_ALL))).all()
        waiting = [(bot, number, day) for bot, number, day in gone if (bot, number) in kept]
        for bot, number, day in waiting:
            await rows.add(self.session, ProcessedRow(bot_id=bot, update_id=number, marked_on=day))
        return len(gone) - len(waiting)


_ALL = (col(ProcessedRow.bot_id), col(ProcessedRow.update_id), col(ProcessedRow.marked_on))
