"""Stored buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.errors import LostRace
from domain.model.button import Button
from storage import rows
from storage.tables.offices import ButtonRow


@dataclass(frozen=True, slots=True)
class SqlButtons:
    """Buttons in SQL."""

    session: AsyncSession

    async def add(self, buttons: Sequence[Button]) -> None:
        if buttons:
            connection = await self.session.connection()
            await connection.execute(_ADD, [_row(button) for button in buttons])

    async def get(self, button_id: str) -> Button | None:
        found = await rows.find(self.session, select(ButtonRow).where(ButtonRow.id == button_id))
        return Button(**found.model_dump()) if found else None

    async def use(self, button_id: str, now: datetime) -> None:
        used = (
            update(ButtonRow)
            .where(col(ButtonRow.id) == button_id, col(ButtonRow.used_at).is_(None))
            .values(used_at=now)
        )
        if not await rows.change(self.session, used):
            raise LostRace("button.used")

    async def purge(self, expired_before: datetime) -> int:
        old = delete(ButtonRow).where(col(ButtonRow.expires_at) < expired_before)
        return await rows.change(self.session, old)


_COLUMNS = [field.name for field in fields(Button)]
_ADD = insert(ButtonRow.metadata.tables["button"])


def _row(button: Button) -> dict[str, object]:
    return {name: getattr(button, name) for name in _COLUMNS}
