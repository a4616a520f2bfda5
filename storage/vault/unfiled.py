"""What was not filed yet: found by whose it is or by its handle, and showing neither."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Delete, delete
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select

from storage.engine import transaction
from storage.errors import SealBroken
from storage.vault import forms
from storage.vault.keys import KeyRing
from storage.vault.sealing import MonthKey
from storage.vault.tables import HeldPictureRow, OpinionDraftRow, PublicReplyRow

RESIDENT, DRAFT, REPLY = "resident", "draft", "reply"
"""The kinds of blind index of an account: nothing shows that two of them are the same person's."""
UNFILED, PICTURE = "unfiled", "picture"
"""The kinds of blind index of a handle, and of a picture's place in a draft."""
AN_HOUR = timedelta(hours=1)
UnfiledRow = OpinionDraftRow | PublicReplyRow
Condition = ColumnElement[bool]


def hour_of(moment: datetime) -> datetime:
    """The full hour before it: the moment itself stands in main, beside the buttons of a draft."""
    return moment.replace(minute=0, second=0, microsecond=0)


def draft_names(key: MonthKey, plain: bytes) -> Mapping[str, str] | None:
    return _names(key, plain, DRAFT)


def reply_names(key: MonthKey, plain: bytes) -> Mapping[str, str] | None:
    return _names(key, plain, REPLY)


def resident_names(key: MonthKey, plain: bytes) -> Mapping[str, str] | None:
    """None where the account was not yet sealed along with it: they are asked again."""
    account = forms.account_in(plain)
    return None if account is None else {"who": key.index(RESIDENT, account)}


def _names(key: MonthKey, plain: bytes, kind: str) -> Mapping[str, str] | None:
    account = forms.account_in(plain)
    if account is None:
        return None
    return {"who": key.index(kind, account), "name": key.index(UNFILED, forms.handle_in(plain))}


@dataclass(frozen=True, slots=True)
class Unfiled:
    """Drafts and replies in groups, with their pictures (những gì chưa gửi)."""

    engine: AsyncEngine
    keys: KeyRing

    def called(self, handles: Iterable[str]) -> dict[str, str]:
        """The names that these may have, under each key, and what each is a name of."""
        return {name: one for one in handles for name in self.keys.indexes(UNFILED, one)}

    async def of_account(self, account: str) -> dict[str, str]:
        """What waits of somebody, as `called` gives it."""
        draft = col(OpinionDraftRow.who).in_(self.keys.indexes(DRAFT, account))
        reply = col(PublicReplyRow.who).in_(self.keys.indexes(REPLY, account))
        return self._called(await self._found(draft, reply))

    async def expired(self, now: datetime) -> dict[str, str]:
        """What waits no longer, as `called` gives it."""
        draft, reply = col(OpinionDraftRow.expires_at), col(PublicReplyRow.expires_at)
        this_hour = await self._found(draft <= now, reply <= now)
        return self._called(row for row in this_hour if self._is_over(row, now))

    async def among(self, handles: Iterable[str]) -> dict[str, str]:
        """Those of them of which anything waits, as `called` gives it."""
        called = self.called(handles)
        there = set[str]()
        async with transaction(self.engine, crowded=True) as session:
            for name in (OpinionDraftRow.name, PublicReplyRow.name, HeldPictureRow.draft):
                there.update((await session.exec(select(name))).all())
        return {name: called[name] for name in there & called.keys()}

    async def _found(self, draft: Condition, reply: Condition) -> Sequence[UnfiledRow]:
        async with transaction(self.engine, crowded=True) as session:
            drafts = (await session.exec(select(OpinionDraftRow).where(draft))).all()
            replies = (await session.exec(select(PublicReplyRow).where(reply))).all()
        return [*drafts, *replies]

    def _called(self, rows: Iterable[UnfiledRow]) -> dict[str, str]:
        named = dict[str, str]()
        for row in rows:
            try:
                handle = forms.handle_in(self.keys.open(row))
            except SealBroken:
                named[row.name] = row.name  # it goes without ever being opened again
            else:
                named |= self.called([handle]) | {row.name: handle}
        return named

    def _is_over(self, row: UnfiledRow, now: datetime) -> bool:
        try:
            return forms.expiry_in(self.keys.open(row)) <= now
        except SealBroken:
            return row.expires_at + AN_HOUR <= now


def pictures_of(names: Iterable[str]) -> Delete:
    return delete(HeldPictureRow).where(col(HeldPictureRow.draft).in_(sorted(names)))


def all_of(names: Iterable[str]) -> Sequence[Delete]:
    """Pictures and words."""
    those = sorted(names)
    return (
        pictures_of(those),
        delete(OpinionDraftRow).where(col(OpinionDraftRow.name).in_(those)),
        delete(PublicReplyRow).where(col(PublicReplyRow.name).in_(those)),
    )
