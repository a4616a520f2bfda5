"""Open questions to members of staff."""

from dataclasses import asdict, dataclass

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.dialog import Awaited, Dialog
from storage import rows
from storage.tables.offices import DialogRow


@dataclass(frozen=True, slots=True)
class SqlDialogs:
    """Dialogs in SQL."""

    session: AsyncSession

    async def of(self, person_id: str) -> Dialog | None:
        statement = select(DialogRow).where(DialogRow.person_id == person_id)
        found = await rows.find(self.session, statement)
        return (
            Dialog(found.person_id, Awaited(found.awaited), found.subject, found.note)
            if found
            else None
        )

    async def open(self, dialog: Dialog) -> None:
        await self.close(dialog.person_id)
        await rows.add(self.session, DialogRow(**asdict(dialog)))

    async def close(self, person_id: str) -> None:
        asked = delete(DialogRow).where(col(DialogRow.person_id) == person_id)
        await rows.change(self.session, asked)
