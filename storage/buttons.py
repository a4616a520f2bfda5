"""Stored buttons."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, update
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
        await rows.add(self.session, *(ButtonRow(**asdict(button)) for button in buttons))

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
