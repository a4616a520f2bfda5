"""What is kept of one account, changed in one transaction; whose it is leaves the vault never."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select

from domain.model.chat import Address
from domain.model.resident import Resident
from storage import rows
from storage.engine import connection_of, transaction
from storage.vault import forms
from storage.vault.fence import at_hand, require_waiting
from storage.vault.keys import KeyRing
from storage.vault.tables import ResidentRow
from storage.vault.unfiled import RESIDENT

Change = Callable[[Resident | None], Resident | None]


async def save(engine: AsyncEngine, keys: KeyRing, who: Address, resident: Resident) -> None:
    """As the resident has it; whether they are muted is not theirs to say, and stays."""

    def change(was: Resident | None) -> Resident:
        return replace(resident, muted_until=was.muted_until) if was else resident

    await _change(engine, keys, who, change)


async def mute(engine: AsyncEngine, keys: KeyRing, who: Address, until: date | None) -> bool:
    """False if nothing is kept of this account, or no longer."""

    def change(was: Resident | None) -> Resident | None:
        return replace(was, muted_until=until) if was else None

    return await _change(engine, keys, who, change)


async def _change(engine: AsyncEngine, keys: KeyRing, who: Address, change: Change) -> bool:
    """Read and written in one: what others do meanwhile is neither undone nor brought back."""
    account = forms.account(who)
    mine = col(ResidentRow.who).in_(keys.indexes(RESIDENT, account))
    async with transaction(engine) as session:
        await require_waiting(connection_of(session), at_hand())
        row = await rows.find(session, select(ResidentRow).where(mine))
        resident = change(forms.read_resident(keys.open(row)) if row else None)
        if resident is None:
            return False
        row = ResidentRow(who=keys.current().index(RESIDENT, account))
        keys.seal(row, forms.write(resident, account))
        await rows.change(session, delete(ResidentRow).where(mine))
        await rows.add(session, row)
        await session.commit()
    return True
