"""Stored buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.errors import LostRace
from domain.model.button import Button
from storage import rows
from storage.engine import connection_of
from storage.tables.offices import SETTLE, ButtonRow


@dataclass(frozen=True, slots=True)
class SqlButtons:
    """Buttons in SQL."""

    session: AsyncSession

    async def add(self, buttons: Sequence[Button]) -> None:
        if buttons:
            await connection_of(self.session).execute(_ADD, [_row(button) for button in buttons])

    async def get(self, button_id: str) -> Button | None:
        return (await self.all([button_id])).get(button_id)

    async def all(self, button_ids: Sequence[str]) -> dict[str, Button]:
        """Those of them that there are, by id."""
        if not button_ids:
            return {}
        found = await connection_of(self.session).execute(_THOSE, {"ids": button_ids})
        return {row.id: Button(*(getattr(row, name) for name in _COLUMNS)) for row in found}

    async def settling(self, opinion_id: str, now: datetime) -> tuple[Button, ...]:
        found = await connection_of(self.session).execute(_SETTLING, {"case": opinion_id})
        fresh = [row for row in found if row.used_at is None and row.expires_at > now]
        newest = {row.choice: row for row in sorted(fresh, key=lambda row: row.version)}
        return tuple(Button(*(getattr(row, name) for name in _COLUMNS)) for row in newest.values())

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
_BUTTON = ButtonRow.metadata.tables["button"]
_ADD = insert(_BUTTON)
_THOSE = select(_BUTTON).where(_BUTTON.c.id.in_(bindparam("ids", expanding=True)))

_SETTLING = select(_BUTTON).where(
    _BUTTON.c.action == SETTLE, _BUTTON.c.subject == bindparam("case")
)


def _row(button: Button) -> dict[str, object]:
    return {name: getattr(button, name) for name in _COLUMNS}
