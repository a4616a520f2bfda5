"""Open questions to members of staff."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.dialog import Awaited, Dialog
from storage import rows
from storage.engine import connection_of
from storage.tables.offices import ButtonRow, DialogRow


@dataclass(frozen=True, slots=True)
class SqlDialogs:
    """Dialogs in SQL."""

    session: AsyncSession

    async def of(self, person_id: str) -> Dialog | None:
        return (await self.of_all([person_id])).get(person_id)

    async def of_all(self, person_ids: Sequence[str]) -> dict[str, Dialog]:
        """What each of them was asked, by person."""
        if not person_ids:
            return {}
        found = await connection_of(self.session).execute(_ASKED, {"people": person_ids})
        return {
            row.person_id: Dialog(
                row.person_id, Awaited(row.awaited), row.subject, row.note, row.seal
            )
            for row in found
        }

    async def open(self, dialog: Dialog) -> None:
        values = asdict(dialog)
        asking = rows.insert(self.session, DialogRow).values(values)
        instead = asking.on_conflict_do_update(index_elements=["person_id"], set_=values)
        await connection_of(self.session).execute(instead)

    async def close(self, person_id: str) -> None:
        asked = delete(DialogRow).where(col(DialogRow.person_id) == person_id)
        await rows.change(self.session, asked)


async def forget_previews(session: AsyncSession, cases: Sequence[str]) -> None:
    """What staff were about to write about these cases, and the hashes under it."""
    begun = update(DialogRow).where(col(DialogRow.subject).in_(cases))
    await rows.change(session, begun.values(note="", seal=""))
    shown = delete(ButtonRow).where(col(ButtonRow.subject).in_(cases))
    await rows.change(session, shown.where(col(ButtonRow.action) == FORWARDING))


FORWARDING = "forward:send"
"""The button that sends a letter word for word as it was shown: by its hash."""
_DIALOG = DialogRow.metadata.tables["dialog"]
_ASKED = select(_DIALOG).where(_DIALOG.c.person_id.in_(bindparam("people", expanding=True)))
