"""Notes on cases."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.case_note import CaseNote
from storage import rows
from storage.tables.cases import CaseNoteRow


@dataclass(frozen=True, slots=True)
class SqlCaseNotes:
    """Notes in SQL."""

    session: AsyncSession

    async def add(self, note: CaseNote) -> None:
        await rows.add(self.session, CaseNoteRow(**asdict(note)))

    async def on(self, opinion_id: str) -> tuple[CaseNote, ...]:
        mine = select(CaseNoteRow).where(CaseNoteRow.opinion_id == opinion_id)
        found = await self.session.exec(mine.order_by(col(CaseNoteRow.noted_at), CaseNoteRow.id))
        return tuple(CaseNote(**row.model_dump()) for row in found)

    async def drop(self, opinion_ids: Sequence[str]) -> None:
        gone = delete(CaseNoteRow).where(col(CaseNoteRow.opinion_id).in_(opinion_ids))
        await rows.change(self.session, gone)
