"""The sealed side: it can deliver an answer; it cannot tell to whom."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Delete, delete
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.model.chat import Address
from domain.model.erasure import Erased, ErasedKind
from domain.model.resident import Known, OpinionDraft, Resident
from storage import rows
from storage.engine import connection_of, transaction, truncate_wal
from storage.erasures import ErasureJournal
from storage.vault import forms
from storage.vault.fence import at_hand, require_waiting
from storage.vault.keys import KeyRing
from storage.vault.speakers import DRAFT, RESIDENT, Speakers
from storage.vault.tables import AddressRow, InboxRow, OpinionDraftRow, ResidentRow, SealedRow


@dataclass(frozen=True, slots=True)
class SqlVault:
    """The vault in SQL; a transaction for each method, which those who speak just now share."""

    engine: AsyncEngine
    keys: KeyRing
    erasures: ErasureJournal | None = None
    """Where it is written down, before it is erased."""
    speakers: Speakers = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "speakers", Speakers(self.engine, self.keys))

    async def known(self, who: Address, now: datetime) -> Known:
        return await self.speakers.known(who, now)

    async def save_resident(self, who: Address, resident: Resident) -> None:
        row = ResidentRow(who=self.keys.current().index(RESIDENT, forms.account(who)))
        self.keys.seal(row, forms.write(resident))
        await self._replace(row, self._resident_of(who))

    async def forget_resident(self, who: Address) -> None:
        await self._erase(self._resident_of(who), self._draft_of(who))

    async def save_draft(
        self, who: Address, draft: OpinionDraft, before: OpinionDraft | None, now: datetime
    ) -> None:
        await self.speakers.save_draft(who, draft, before, now)

    async def drop_draft(self, handle: str) -> None:
        await self._erase(_draft(handle))

    async def clear_draft(self, handle: str) -> None:
        await self._erase(_draft(handle), on_record=False)

    async def seal_address(self, handle: str, who: Address, now: datetime) -> None:
        row = AddressRow(handle=handle, sealed_on=now.astimezone(UTC).date())
        self.keys.seal(row, forms.write(who))
        await self._replace(row, _address(handle))

    async def address(self, handle: str) -> Address | None:
        row = await self._find(select(AddressRow).where(AddressRow.handle == handle))
        return forms.read_address(self.keys.open(row)) if row else None

    async def stands_behind(self, handle: str, who: Address) -> bool:
        draft = await self._draft_row(who)
        if draft is not None and draft.handle == handle:
            return True
        sealed = await self.address(handle)
        return sealed is not None and forms.account(sealed) == forms.account(who)

    async def forget_address(self, handle: str) -> None:
        await self._erase(_address(handle))

    async def handles(self, sealed_before: datetime) -> tuple[str, ...]:
        # Only the day is known: what was sealed on it is surely older once the day is over.
        last_day = (sealed_before.astimezone(UTC) - timedelta(days=1)).date()
        async with transaction(self.engine, crowded=True) as session:
            statement = select(AddressRow.handle).where(col(AddressRow.sealed_on) <= last_day)
            return tuple(await session.exec(statement))

    async def purge_drafts(self, now: datetime) -> int:
        return await self._erase(
            delete(OpinionDraftRow).where(col(OpinionDraftRow.expires_at) <= now)
        )

    async def erased(self) -> Erased:
        return await asyncio.to_thread(self.erasures.read) if self.erasures else Erased()

    async def erase_again(self, erased: Erased) -> int:
        # A draft goes on under the same handle as the address of the case that it became.
        handles = erased.addresses | erased.drafts
        again = [_address(handle) for handle in erased.addresses]
        again += [_draft(handle) for handle in handles]
        again += [delete(ResidentRow).where(col(ResidentRow.who) == w) for w in erased.residents]
        return await self._drop_waiting(handles) + await self._erase(*again)

    async def close(self) -> None:
        """Close the file, for the inbox as well."""
        await self.engine.dispose()

    def _indexes(self, kind: str, who: Address) -> list[str]:
        return self.keys.indexes(kind, forms.account(who))

    def _resident_of(self, who: Address) -> Delete:
        mine = col(ResidentRow.who).in_(self._indexes(RESIDENT, who))
        return delete(ResidentRow).where(mine)

    def _draft_of(self, who: Address) -> Delete:
        mine = col(OpinionDraftRow.who).in_(self._indexes(DRAFT, who))
        return delete(OpinionDraftRow).where(mine)

    async def _draft_row(self, who: Address) -> OpinionDraftRow | None:
        mine = col(OpinionDraftRow.who).in_(self._indexes(DRAFT, who))
        return await self._find(select(OpinionDraftRow).where(mine))

    async def _find(self, statement: SelectOfScalar[rows.Row]) -> rows.Row | None:
        async with transaction(self.engine, crowded=True) as session:
            return await rows.find(session, statement)

    async def _replace(self, row: SealedRow, *earlier: Delete) -> None:
        """Store under the current key; whatever older key it was under, that row is gone."""
        async with transaction(self.engine) as session:
            await require_waiting(connection_of(session), at_hand())
            for statement in earlier:
                await rows.change(session, statement)
            await rows.add(session, row)
            await session.commit()

    async def _drop_waiting(self, handles: frozenset[str]) -> int:
        """Drop what would become one of these again, and what was said right behind it."""
        async with transaction(self.engine) as session:
            unhandled = select(InboxRow).where(InboxRow.sealed != b"")
            found = (await session.exec(unhandled)).all()
            lines = {(row.bot_id, row.line) for row in found if row.handle in handles}
            dropped = [row.id for row in found if (row.bot_id, row.line) in lines]
            for row_id in dropped:
                await rows.change(session, delete(InboxRow).where(col(InboxRow.id) == row_id))
            await session.commit()
        return len(dropped)

    async def _erase(self, *statements: Delete, on_record: bool = True) -> int:
        """Delete, and leave nothing of it in the write-ahead log."""
        count = 0
        async with transaction(self.engine) as session:
            await require_waiting(connection_of(session), at_hand())
            for statement in statements:
                kind, name = _NAMES[str(statement.table)]
                erased = (await session.exec(statement.returning(name))).scalars().all()
                count += len(erased)
                if erased and on_record and self.erasures:
                    await asyncio.to_thread(self.erasures.write, kind, erased)
            await session.commit()
        if count:
            await truncate_wal(self.engine)
        return count


_NAMES = {
    "address": (ErasedKind.ADDRESS, col(AddressRow.handle)),
    "opinion_draft": (ErasedKind.DRAFT, col(OpinionDraftRow.handle)),
    "resident": (ErasedKind.RESIDENT, col(ResidentRow.who)),
}
"""By table: what is erased there, and the name by which it is known."""


def _draft(handle: str) -> Delete:
    return delete(OpinionDraftRow).where(col(OpinionDraftRow.handle) == handle)


def _address(handle: str) -> Delete:
    return delete(AddressRow).where(col(AddressRow.handle) == handle)
