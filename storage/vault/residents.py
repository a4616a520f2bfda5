"""The sealed side: it can deliver an answer; it cannot tell to whom."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Delete, delete
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.model.allowance import Spent
from domain.model.chat import Address
from domain.model.erasure import Erased, ErasedKind
from domain.model.opinion_picture import HeldFile
from domain.model.public_reply import PublicReply
from domain.model.resident import Known, OpinionDraft, Resident
from storage import rows
from storage.engine import connection_of, transaction, truncate_wal
from storage.erasures import ErasureJournal
from storage.errors import SealBroken
from storage.vault import forms, held_pictures, resident_row
from storage.vault.chest import SqlKeyChest
from storage.vault.fence import at_hand, require_waiting
from storage.vault.keys import KeyRing
from storage.vault.own_handles import OwnHandles
from storage.vault.speakers import Speakers
from storage.vault.tables import (
    AddressRow,
    HeldPictureRow,
    InboxRow,
    OpinionDraftRow,
    PublicReplyRow,
    ResidentRow,
    SealedRow,
)
from storage.vault.tallies import Tallies
from storage.vault.unfiled import (
    AN_HOUR,
    REPLY,
    RESIDENT,
    UNFILED,
    Unfiled,
    all_of,
    hour_of,
    pictures_of,
)


@dataclass(frozen=True, slots=True)
class SqlVault:
    """The vault in SQL; a transaction for each method, which those who speak just now share."""

    engine: AsyncEngine
    keys: KeyRing
    erasures: ErasureJournal | None = None
    """Where it is written down, before it is erased."""
    speakers: Speakers = field(init=False)
    own: OwnHandles = field(init=False)
    unfiled: Unfiled = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "speakers", Speakers(self.engine, self.keys))
        object.__setattr__(self, "own", OwnHandles(self.engine, self.keys))
        object.__setattr__(self, "unfiled", Unfiled(self.engine, self.keys))

    @property
    def tallies(self) -> Tallies:
        return Tallies(self.engine, self.keys)

    @property
    def chest(self) -> SqlKeyChest:
        return SqlKeyChest(self.engine, self.keys)

    async def known(self, who: Address, now: datetime) -> Known:
        return await self.speakers.known(who, now)

    async def save_resident(self, who: Address, resident: Resident) -> None:
        await resident_row.save(self.engine, self.keys, who, resident)

    async def forget_resident(self, who: Address) -> None:
        # Under each key: a backup may bring the consent back as it was before it was moved.
        known_as = self._indexes(RESIDENT, who)
        called = await self.unfiled.of_account(forms.account(who))
        theirs = self._resident_of(who), *all_of(called)
        await self._erase(*theirs, called=called, known_as=known_as)

    async def save_draft(
        self, who: Address, draft: OpinionDraft, before: OpinionDraft | None, now: datetime
    ) -> None:
        await self.speakers.save_draft(who, draft, before, now)

    async def drop_draft(self, handle: str) -> None:
        await self._erase_unfiled([handle])

    async def clear_draft(self, handle: str) -> None:
        await self._erase_unfiled([handle], on_record=False)

    async def hold_file(self, file: HeldFile, now: datetime) -> None:
        row = held_pictures.sealed(self.keys, file, now)
        await self._replace(row, held_pictures.this(self.keys, file.draft, file.number))

    async def held_files(self, draft: str) -> tuple[HeldFile, ...]:
        async with transaction(self.engine, crowded=True) as session:
            called = col(HeldPictureRow.draft).in_(self.keys.indexes(UNFILED, draft))
            theirs = select(HeldPictureRow).where(called)
            found = (await session.exec(theirs)).all()
        held = [held_pictures.opened(self.keys, row) for row in found]
        return tuple(sorted(held, key=lambda one: one.number))

    async def drop_files(self, draft: str, number: int | None = None) -> None:
        called = self.unfiled.called([draft])
        one = None if number is None else held_pictures.this(self.keys, draft, number)
        await self._erase(pictures_of(called) if one is None else one, called=called)

    async def hold_reply(self, who: Address, reply: PublicReply) -> None:
        account = forms.account(who)
        mine, called = self._indexes(REPLY, who), self.unfiled.called([reply.handle])
        hour = hour_of(reply.expires_at)
        row = PublicReplyRow(name=next(iter(called)), who=mine[0], expires_at=hour)
        self.keys.seal(row, forms.write(reply, account))
        await self._replace(row, *all_of(called))

    async def held_replies(self, who: Address, now: datetime) -> tuple[PublicReply, ...]:
        mine = select(PublicReplyRow).where(
            col(PublicReplyRow.who).in_(self._indexes(REPLY, who)),
            col(PublicReplyRow.expires_at) > now - AN_HOUR,
        )
        async with transaction(self.engine, crowded=True) as session:
            found = (await session.exec(mine)).all()
        read = [forms.read_reply(self.keys.open(row)) for row in found]
        held = [one for one in read if one.expires_at > now]
        return tuple(sorted(held, key=lambda one: (one.expires_at, one.written.number)))

    async def drop_replies(self, handles: Sequence[str], *, filed: bool) -> None:
        await self._erase_unfiled(handles, on_record=not filed)

    async def seal_address(self, handle: str, who: Address, now: datetime) -> None:
        row = AddressRow(handle=handle, sealed_on=now.astimezone(UTC).date())
        self.keys.seal(row, forms.write(who))
        await self._replace(row, _address(handle))

    async def address(self, handle: str) -> Address | None:
        row = await self._find(select(AddressRow).where(AddressRow.handle == handle))
        return forms.read_address(self.keys.open(row)) if row else None

    async def stands_behind(self, handle: str, who: Address) -> bool:
        if handle in (await self.unfiled.of_account(forms.account(who))).values():
            return True
        sealed = await self.address(handle)
        return sealed is not None and forms.account(sealed) == forms.account(who)

    async def mute(self, handle: str, until: date | None) -> bool:
        with suppress(SealBroken):  # else nobody stands behind it any more
            who = await self.address(handle)
            return who is not None and await resident_row.mute(self.engine, self.keys, who, until)
        return False

    async def handles_of(self, who: Address) -> tuple[str, ...]:
        return await self.own.of(who)

    async def theirs_among(self, who: Address, handles: Sequence[str]) -> tuple[str, ...]:
        return await self.own.among(who, handles)

    async def is_foreign(self, handle: str, who: Address) -> bool:
        with suppress(SealBroken):  # else nobody stands behind it any more
            sealed = await self.address(handle)
            return sealed is not None and forms.account(sealed) != forms.account(who)
        return False

    async def spent(self, who: Address, now: datetime) -> Spent:
        return await self.tallies.read(who, now)

    async def save_spent(self, who: Address, spent: Spent, now: datetime) -> None:
        await self.tallies.save(who, spent, now)

    async def purge_spent(self, now: datetime) -> None:
        await self.tallies.purge(now)

    async def forget_address(self, handle: str) -> None:
        await self._erase(_address(handle))

    async def handles(self, sealed_before: datetime) -> tuple[str, ...]:
        # Only the day is known: what was sealed on it is surely older once the day is over.
        last_day = (sealed_before.astimezone(UTC) - timedelta(days=1)).date()
        async with transaction(self.engine, crowded=True) as session:
            statement = select(AddressRow.handle).where(col(AddressRow.sealed_on) <= last_day)
            return tuple(await session.exec(statement))

    async def expired_drafts(self, now: datetime) -> int:
        return len(set((await self.unfiled.expired(now)).values()))

    async def purge_drafts(self, now: datetime) -> int:
        called = await self.unfiled.expired(now)
        pictures, *words = all_of(called)
        left_behind = held_pictures.left_behind(self.keys.current().epoch, now)
        await self._erase(pictures, left_behind, called=called)
        return await self._erase(*words, called=called)

    async def erased(self) -> Erased:
        return await asyncio.to_thread(self.erasures.read) if self.erasures else Erased()

    async def erase_again(self, erased: Erased) -> int:
        # A draft goes on under the same handle as the address of the case that it became.
        handles = erased.addresses | erased.drafts
        again = [_address(handle) for handle in erased.addresses]
        called = await self.unfiled.among(handles)
        again += all_of(called)
        again += [delete(ResidentRow).where(col(ResidentRow.who) == w) for w in erased.residents]
        return await self._drop_waiting(handles) + await self._erase(*again, called=called)

    async def close(self) -> None:
        """Close the file, for the inbox as well."""
        await self.engine.dispose()

    def _indexes(self, kind: str, who: Address) -> list[str]:
        return self.keys.indexes(kind, forms.account(who))

    def _resident_of(self, who: Address) -> Delete:
        mine = col(ResidentRow.who).in_(self._indexes(RESIDENT, who))
        return delete(ResidentRow).where(mine)

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
            lines = {(row.bot_id, row.line) for row in found if self._is_for(row, handles)}
            dropped = [row.id for row in found if (row.bot_id, row.line) in lines]
            for row_id in dropped:
                await rows.change(session, delete(InboxRow).where(col(InboxRow.id) == row_id))
            await session.commit()
        return len(dropped)

    def _is_for(self, row: InboxRow, handles: frozenset[str]) -> bool:
        """Whether this update would put something in the vault under one of these."""
        try:
            return forms.read_body(self.keys.open(row), row.name)[0] in handles
        except SealBroken:
            return False

    async def _erase_unfiled(self, handles: Sequence[str], on_record: bool = True) -> None:
        called = self.unfiled.called(handles)
        await self._erase(*all_of(called), called=called, on_record=on_record)

    async def _erase(
        self,
        *statements: Delete,
        called: Mapping[str, str] = {},
        on_record: bool = True,
        known_as: Sequence[str] = (),
    ) -> int:
        """Delete, and leave nothing of it in the write-ahead log.

        What was not filed is `called` by handles, which stay the same under another key.
        """
        count = 0
        async with transaction(self.engine) as session:
            await require_waiting(connection_of(session), at_hand())
            for statement in statements:
                kind, name = _NAMES[str(statement.table)]
                erased = (await session.exec(statement.returning(name))).scalars().all()
                count += len(erased)
                if erased and on_record and self.erasures:
                    names = {called.get(one, one) for one in erased}
                    names |= set(known_as) if kind is ErasedKind.RESIDENT else set()
                    await asyncio.to_thread(self.erasures.write, kind, names)
            await session.commit()
        if count:
            await truncate_wal(self.engine)
        return count


_NAMES = {
    "address": (ErasedKind.ADDRESS, col(AddressRow.handle)),
    "opinion_draft": (ErasedKind.DRAFT, col(OpinionDraftRow.name)),
    "held_picture": (ErasedKind.DRAFT, col(HeldPictureRow.draft)),
    "public_reply": (ErasedKind.DRAFT, col(PublicReplyRow.name)),
    "resident": (ErasedKind.RESIDENT, col(ResidentRow.who)),
}
"""By table: what is erased there, and the name by which it is known."""


def _address(handle: str) -> Delete:
    return delete(AddressRow).where(col(AddressRow.handle) == handle)
