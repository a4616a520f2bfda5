"""Updates, sealed and committed before the channel is told that they arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Update, and_, delete, func, or_, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.clock import Clock
from domain.ids import Ids
from domain.ports.vault import Received, Waiting
from storage import rows
from storage.engine import transaction, truncate_wal
from storage.errors import SealBroken
from storage.vault.keys import KeyRing
from storage.vault.tables import CursorRow, InboxRow

LINE = "line"
WAITING, DONE, PARKED = "waiting", "done", "parked"
MOST_TRIES = 3
UNREADABLE = "unreadable"
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class SqlInbox:
    """The inbox in SQL; each method is a transaction of its own."""

    engine: AsyncEngine
    keys: KeyRing
    clock: Clock
    ids: Ids

    async def store(self, bot_id: int, updates: Sequence[Received]) -> None:
        if not updates:
            return
        async with transaction(self.engine) as session:
            for received in updates:
                await rows.add_if_new(session, await self._row(session, bot_id, received))
            # Not the highest ever seen: after a quiet week the channel starts from a new number.
            await self._move_cursor(session, bot_id, max(u.update_id for u in updates) + 1)
            await session.commit()

    async def next_offset(self, bot_id: int) -> int:
        async with transaction(self.engine) as session:
            statement = select(CursorRow).where(CursorRow.bot_id == bot_id)
            cursor = await rows.find(session, statement)
        return cursor.next_offset if cursor else 0

    async def oldest(self, bot_id: int, limit: int) -> tuple[Waiting, ...]:
        """See ports.Inbox; what cannot be opened is parked, so that its line goes on."""
        first = (
            select(func.min(InboxRow.id))
            .where(InboxRow.bot_id == bot_id, InboxRow.state == WAITING)
            .group_by(InboxRow.line)
        )
        statement = select(InboxRow).where(col(InboxRow.id).in_(first))
        async with transaction(self.engine) as session:
            found = await session.exec(statement.order_by(col(InboxRow.id)).limit(limit))
            waiting = [await self._opened(session, row) for row in found.all()]
            await session.commit()
        return tuple(one for one in waiting if one is not None)

    async def done(self, inbox_id: int) -> None:
        blank = {"state": DONE, "sealed": b"", "line": "", "done_at": self.clock.now()}
        await self._change(_waiting(inbox_id).values(blank))

    async def failed(self, inbox_id: int, reason: str) -> bool:
        tried = col(InboxRow.tries) + 1
        once_more = _waiting(inbox_id).values(tries=tried, reason=reason[:LONGEST_REASON])
        last = _waiting(inbox_id).where(col(InboxRow.tries) >= MOST_TRIES).values(self._parked())
        async with transaction(self.engine) as session:
            await rows.change(session, once_more)
            parked = await rows.change(session, last)
            await session.commit()
        return parked > 0

    async def counts(self) -> dict[str, int]:
        statement = select(InboxRow.state, func.count()).group_by(InboxRow.state)
        async with transaction(self.engine) as session:
            found = dict((await session.exec(statement)).all())
        return {state: found.get(state, 0) for state in (WAITING, DONE, PARKED)}

    async def purge(self, done_before: datetime, parked_before: datetime) -> int:
        old = or_(_ended(DONE, done_before), _ended(PARKED, parked_before))
        async with transaction(self.engine) as session:
            purged = await rows.change(session, delete(InboxRow).where(old))
            await session.commit()
        # Bodies are blanked all the time: this round also empties the log of them.
        await truncate_wal(self.engine)
        return purged

    async def _row(self, session: AsyncSession, bot_id: int, received: Received) -> InboxRow:
        row = InboxRow(
            bot_id=bot_id,
            update_id=received.update_id,
            handle=self.ids.new(),
            line=await self._line(session, bot_id, received.line),
            state=WAITING,
        )
        return self.keys.seal(row, received.body)

    async def _line(self, session: AsyncSession, bot_id: int, name: str) -> str:
        """Its blind index; last month's while something of that line still waits under it."""
        indexes = self.keys.indexes(LINE, name)
        statement = select(InboxRow).where(InboxRow.bot_id == bot_id, InboxRow.state == WAITING)
        ahead = await rows.find(session, statement.where(col(InboxRow.line).in_(indexes)))
        return ahead.line if ahead else self.keys.current().index(LINE, name)

    async def _move_cursor(self, session: AsyncSession, bot_id: int, offset: int) -> None:
        await rows.change(session, delete(CursorRow).where(col(CursorRow.bot_id) == bot_id))
        await rows.add(session, CursorRow(bot_id=bot_id, next_offset=offset))

    async def _opened(self, session: AsyncSession, row: InboxRow) -> Waiting | None:
        try:
            body = self.keys.open(row)
        except SealBroken:
            parked = _waiting(row.id).values(self._parked() | {"reason": UNREADABLE})
            await rows.change(session, parked)
            return None
        return Waiting(row.id, row.update_id, row.handle, body, row.tries)

    def _parked(self) -> dict[str, object]:
        return {"state": PARKED, "done_at": self.clock.now()}

    async def _change(self, statement: Update) -> None:
        async with transaction(self.engine) as session:
            await rows.change(session, statement)
            await session.commit()


def _ended(state: str, before: datetime) -> ColumnElement[bool]:
    return and_(col(InboxRow.state) == state, col(InboxRow.done_at) < before)


def _waiting(inbox_id: int) -> Update:
    return update(InboxRow).where(col(InboxRow.id) == inbox_id, col(InboxRow.state) == WAITING)
