"""What is known of whoever speaks just now, and what they have begun: one transaction for many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.errors import Overtaken
from domain.model.chat import Address
from domain.model.resident import Known, OpinionDraft, Resident
from storage.engine import transaction
from storage.group_commit import GroupCommit
from storage.vault import forms
from storage.vault.fence import at_hand, require_waiting
from storage.vault.keys import KeyRing
from storage.vault.tables import HeldPictureRow, OpinionDraftRow, ResidentRow, bound_to
from storage.vault.unfiled import AN_HOUR, DRAFT, RESIDENT, UNFILED, hour_of

Names = tuple[list[str], list[str]]
"""What a person's own row may be found under, and what their draft: see KeyRing.indexes."""
Found = tuple[Row[Any] | None, Row[Any] | None]


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft to be kept in place of an earlier one (bản nháp)."""

    names: list[str]
    """What the earlier one may be found under."""
    called: list[str]
    """The names that its handle may have."""
    row: Mapping[str, object]
    before: OpinionDraft | None
    """The earlier one, as it was read."""
    now: datetime
    updates: frozenset[int]
    """On whose behalf."""


@dataclass(eq=False, slots=True)
class Speakers:
    """Those whose turn it is (người đang nói)."""

    engine: AsyncEngine
    keys: KeyRing
    asking: GroupCommit[Names, Found] = field(init=False)
    writing: GroupCommit[Begun, None] = field(init=False)

    def __post_init__(self) -> None:
        self.asking = GroupCommit(self._find)
        self.writing = GroupCommit(self._keep)

    async def known(self, who: Address, now: datetime) -> Known:
        account = forms.account(who)
        names = self.keys.indexes(RESIDENT, account), self.keys.indexes(DRAFT, account)
        resident, draft = await self.asking.add(names)
        return Known(
            forms.read_resident(self._opened("resident", resident)) if resident else Resident(),
            self._fresh(draft, now),
        )

    async def save_draft(
        self, who: Address, draft: OpinionDraft, before: OpinionDraft | None, now: datetime
    ) -> None:
        """Under the current key; whatever older key an earlier one was under, it is gone."""
        account = forms.account(who)
        key, names = self.keys.current(), self.keys.indexes(DRAFT, account)
        plain = forms.write(draft, account)
        called = self.keys.indexes(UNFILED, draft.handle)
        row: dict[str, object] = {
            "name": called[0],
            "who": names[0],
            "expires_at": hour_of(draft.expires_at),
            "epoch": key.epoch,
            "sealed": key.seal(plain, bound_to("opinion_draft", called[0], key.epoch)),
        }
        await self.writing.add(Begun(names, called, row, before, now, at_hand()))

    def _fresh(self, draft: Row[Any] | None, now: datetime) -> OpinionDraft | None:
        if draft is None or draft.expires_at + AN_HOUR <= now:
            return None
        found = forms.read_draft(self._opened("opinion_draft", draft))
        return found if found.expires_at > now else None

    def _opened(self, table: str, row: Row[Any]) -> bytes:
        return self.keys.unseal(row.epoch, row.sealed, bound_to(table, row.known_by, row.epoch))

    async def _find(self, asked: Sequence[Names]) -> list[Found]:
        residents = [name for names, _ in asked for name in names]
        drafts = [name for _, names in asked for name in names]
        async with transaction(self.engine, crowded=True) as session:
            connection = await session.connection()
            said = _by_name(await connection.execute(_RESIDENTS, {"names": residents}))
            begun = _by_name(await connection.execute(_DRAFTS, {"names": drafts}))
        return [(_one_of(mine, said), _one_of(my_drafts, begun)) for mine, my_drafts in asked]

    async def _keep(self, begun: Sequence[Begun]) -> list[None]:
        earlier: dict[str, list[object]] = {
            "names": [name for one in begun for name in one.names],
            "called": [name for one in begun for name in one.called],
        }
        async with transaction(self.engine) as session:
            connection = await session.connection()
            await require_waiting(connection, frozenset().union(*(one.updates for one in begun)))
            there = _by_name(await connection.execute(_DRAFTS, {"names": earlier["names"]}))
            if any(self._fresh(_one_of(o.names, there), o.now) != o.before for o in begun):
                raise Overtaken
            replaced = {row.name for row in there.values()}.difference(earlier["called"])
            if replaced:
                await connection.execute(_DROP_PICTURES, {"called": sorted(replaced)})
            await connection.execute(_DROP_EARLIER, earlier)
            await connection.execute(_KEEP, [one.row for one in begun])
            await session.commit()
        return [None] * len(begun)


def _by_name(found: Iterable[Row[Any]]) -> dict[str, Row[Any]]:
    return {row.who: row for row in found}


def _one_of(names: Sequence[str], found: Mapping[str, Row[Any]]) -> Row[Any] | None:
    return next((found[name] for name in names if name in found), None)


# Made once and on the bare tables: nearly every update runs them.
_RESIDENT = ResidentRow.metadata.tables["resident"]
_DRAFT = OpinionDraftRow.metadata.tables["opinion_draft"]
_NAMED: BindParameter[str] = bindparam("names", expanding=True)
_RESIDENTS = select(_RESIDENT, _RESIDENT.c.who.label("known_by")).where(_RESIDENT.c.who.in_(_NAMED))
_DRAFTS = select(_DRAFT, _DRAFT.c.name.label("known_by")).where(_DRAFT.c.who.in_(_NAMED))
_DROP_EARLIER = delete(_DRAFT).where(
    or_(_DRAFT.c.who.in_(_NAMED), _DRAFT.c.name.in_(bindparam("called", expanding=True)))
)
_PICTURE = HeldPictureRow.metadata.tables["held_picture"]
_DROP_PICTURES = delete(_PICTURE).where(_PICTURE.c.draft.in_(bindparam("called", expanding=True)))
"""Of drafts that expired, or make room for others."""
_KEEP = insert(_DRAFT)
