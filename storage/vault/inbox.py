"""Updates, sealed and committed before the channel is told that they arrived."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Update,
    and_,
    bindparam,
    delete,
    func,
    or_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.clock import Clock
from domain.ids import Ids
from domain.ports.memory import Cause
from domain.ports.vault import Received, Waiting
from storage import rows
from storage.engine import transaction, truncate_wal
from storage.errors import SealBroken
from storage.group_commit import GroupCommit
from storage.vault.arrivals import SAID, Arrivals, Parcel
from storage.vault.fence import WAITING, handling
from storage.vault.forms import read_body
from storage.vault.heads import HEADS
from storage.vault.keys import KeyRing
from storage.vault.tables import CursorRow, InboxRow, bound_to
from storage.vault.unfiled import hour_of

DONE, PARKED = "done", "parked"
MOST_TRIES = 3
UNREADABLE = "unreadable"
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class SqlInbox:
    """The inbox in SQL; a transaction each, which all that is stored or done just now shares."""

    engine: AsyncEngine
    keys: KeyRing
    clock: Clock
    ids: Ids
    arrivals: GroupCommit[Parcel, tuple[Received, ...]] = field(init=False)
    handled: GroupCommit[int, None] = field(init=False)

    def __post_init__(self) -> None:
        commit = Arrivals(self.engine, self.keys, self.ids).commit
        object.__setattr__(self, "arrivals", GroupCommit(commit))
        object.__setattr__(self, "handled", GroupCommit(self._blank))

    async def store(self, bot_id: int, updates: Sequence[Received]) -> tuple[Received, ...]:
        return await self.arrivals.add((bot_id, tuple(updates))) if updates else ()

    async def next_offset(self, bot_id: int) -> int:
        async with transaction(self.engine, crowded=True) as session:
            statement = select(CursorRow).where(CursorRow.bot_id == bot_id)
            cursor = await rows.find(session, statement)
        return cursor.next_offset if cursor else 0

    async def oldest(
        self, bot_id: int, limit: int, busy: Collection[str] = ()
    ) -> tuple[Waiting, ...]:
        """See ports.Inbox; what cannot be opened is parked, so that its line goes on."""
        async with transaction(self.engine, crowded=True) as session:
            connection = await session.connection()
            found = await connection.execute(HEADS, {"bot_id": bot_id, "most": limit})
            ahead = [row for row in found if row.line not in busy]
            waiting = [await self._opened(session, row) for row in ahead]
            await session.commit()
        return tuple(one for one in waiting if one is not None)

    async def is_past(self, bot_id: int, said: str) -> bool:
        names = self.keys.indexes(SAID, said)
        past = select(InboxRow).where(InboxRow.bot_id == bot_id, InboxRow.state != WAITING)
        async with transaction(self.engine, crowded=True) as session:
            return await rows.find(session, past.where(col(InboxRow.said).in_(names))) is not None

    def handling(self, inbox_id: int) -> AbstractContextManager[None]:
        return handling(inbox_id)

    async def done(self, inbox_id: int) -> None:
        await self.handled.add(inbox_id)

    async def failed(self, inbox_id: int, reason: str) -> bool:
        tried = col(InboxRow.tries) + 1
        once_more = _waiting(inbox_id).values(tries=tried, reason=reason[:LONGEST_REASON])
        last = _waiting(inbox_id).where(col(InboxRow.tries) >= MOST_TRIES).values(self._parked())
        async with transaction(self.engine, crowded=True) as session:
            await rows.change(session, once_more)
            parked = await rows.change(session, last)
            await session.commit()
        return parked > 0

    async def counts(self) -> dict[str, int]:
        statement = select(InboxRow.state, func.count()).group_by(InboxRow.state)
        async with transaction(self.engine) as session:
            found = dict((await session.exec(statement)).all())
        return {state: found.get(state, 0) for state in (WAITING, DONE, PARKED)}

    async def unhandled(self) -> frozenset[Cause]:
        waiting = select(InboxRow.bot_id, InboxRow.update_id).where(InboxRow.state == WAITING)
        async with transaction(self.engine, crowded=True) as session:
            return frozenset(Cause(*numbers) for numbers in await session.exec(waiting))

    async def expired(self, done_before: datetime, parked_before: datetime) -> int:
        old = or_(_ended(DONE, done_before), _ended(PARKED, parked_before))
        async with transaction(self.engine, crowded=True) as session:
            return (await session.exec(select(func.count(col(InboxRow.id))).where(old))).one()

    async def purge(self, done_before: datetime, parked_before: datetime) -> int:
        old = or_(_ended(DONE, done_before), _ended(PARKED, parked_before))
        async with transaction(self.engine) as session:
            purged = await rows.change(session, delete(InboxRow).where(old))
            await session.commit()
        # Bodies are blanked all the time: this round also empties the log of them.
        await truncate_wal(self.engine)
        return purged

    async def _blank(self, inbox_ids: Sequence[int]) -> list[None]:
        async with transaction(self.engine, crowded=True) as session:
            connection = await session.connection()
            await connection.execute(_BLANK, {"those": inbox_ids, "now": hour_of(self.clock.now())})
            await session.commit()
        return [None] * len(inbox_ids)

    async def _opened(self, session: AsyncSession, row: Row[Any]) -> Waiting | None:
        try:
            bound = bound_to("inbox", row.name, row.epoch)
            plain = self.keys.unseal(row.epoch, row.sealed, bound)
        except SealBroken:
            parked = _waiting(row.id).values(self._parked() | {"reason": UNREADABLE})
            await rows.change(session, parked)
            return None
        handle, body = read_body(plain, row.name)
        return Waiting(row.id, row.update_id, row.line, handle, body, row.tries)

    def _parked(self) -> dict[str, object]:
        return {"state": PARKED, "done_at": hour_of(self.clock.now())}


def _ended(state: str, before: datetime) -> ColumnElement[bool]:
    return and_(col(InboxRow.state) == state, col(InboxRow.done_at) < before)


def _waiting(inbox_id: int) -> Update:
    return update(InboxRow).where(col(InboxRow.id) == inbox_id, col(InboxRow.state) == WAITING)


_INBOX = InboxRow.metadata.tables["inbox"]
_BLANK = (
    update(_INBOX)
    .where(_INBOX.c.id.in_(bindparam("those", expanding=True)), _INBOX.c.state == WAITING)
    .values(state=DONE, sealed=b"", line="", done_at=bindparam("now", type_=_INBOX.c.done_at.type))
)
