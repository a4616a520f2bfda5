"""What is being taken back from groups, and what became of each message."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, distinct, exists, func, or_, update
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.delivery import EntryState, OriginKind
from domain.model.withdrawal import Recalled, Remains, Removal, Withdrawal
from storage import rows
from storage.broadcasts import GOES_TO_CHAT, last_link
from storage.engine import connection_of
from storage.tables.news import BroadcastRow, WithdrawalRow
from storage.tables.offices import ChatRow
from storage.tables.outbox import OPEN, OutboxRow

_MAY_STAND = and_(
    col(OutboxRow.state).in_((EntryState.SENT, EntryState.UNCERTAIN)),
    col(OutboxRow.removal) != Removal.GONE,
)


@dataclass(frozen=True, slots=True)
class SqlWithdrawals:
    """Withdrawals in SQL."""

    session: AsyncSession

    async def add(self, withdrawal: Withdrawal) -> None:
        row = WithdrawalRow(
            bulletin_id=withdrawal.bulletin_id,
            person_id=withdrawal.person_id,
            asked_at=withdrawal.asked_at,
        )
        await rows.add(self.session, row)

    async def still_open(self) -> tuple[Withdrawal, ...]:
        statement = select(WithdrawalRow).where(~col(WithdrawalRow.told))
        found = await self.session.exec(statement.order_by(col(WithdrawalRow.asked_at)))
        return tuple(Withdrawal(row.bulletin_id, row.person_id, row.asked_at) for row in found)

    async def reopen(self, asked_after: datetime) -> int:
        mine = columns(col(BroadcastRow.id)).where(
            col(BroadcastRow.bulletin_id) == col(WithdrawalRow.bulletin_id)
        )
        came_late = exists().where(
            col(OutboxRow.origin_kind) == OriginKind.BROADCAST,
            col(OutboxRow.origin_id).in_(mine.correlate(WithdrawalRow)),
            col(OutboxRow.state) == EntryState.SENT,
            col(OutboxRow.removal) == "",
        )
        closed = update(WithdrawalRow).where(
            col(WithdrawalRow.told), col(WithdrawalRow.asked_at) > asked_after, came_late
        )
        return await rows.change(self.session, closed.values(told=False))

    async def mark(self, bulletin_id: str, now: datetime) -> None:
        arrived = and_(
            _of_bulletin(bulletin_id),
            col(OutboxRow.state) == EntryState.SENT,
            col(OutboxRow.removal) == "",
        )
        named = col(OutboxRow.message_id) != ""
        # Its words are gone, and what stands there now nobody took back.
        replaced = update(OutboxRow).where(arrived, named, _is_changed_in_place())
        await rows.change(self.session, replaced.values(removal=Removal.GONE))
        wanted = update(OutboxRow).where(arrived, named)
        await rows.change(self.session, wanted.values(removal=Removal.WANTED, delete_at=now))
        nameless = update(OutboxRow).where(arrived, ~named)
        await rows.change(self.session, nameless.values(removal=Removal.NO_NUMBER))

    async def under_way(self, bulletin_id: str) -> bool:
        wanted = col(OutboxRow.removal) == Removal.WANTED
        found = exists().where(_of_bulletin(bulletin_id), or_(OPEN, wanted))
        return bool((await self.session.exec(select(found))).one())

    async def settle(self, entry_id: str, removal: Removal) -> None:
        statement = update(OutboxRow).where(
            col(OutboxRow.id) == entry_id, col(OutboxRow.removal) == Removal.WANTED
        )
        await rows.change(self.session, statement.values(removal=removal, delete_at=None))

    async def recalled(self, bulletin_id: str, limit: int) -> Recalled:
        group = col(OutboxRow.destination)
        got_it = col(OutboxRow.state).in_((EntryState.SENT, EntryState.UNCERTAIN))
        counted = columns(
            func.count(distinct(group)),
            func.count(distinct(case((_MAY_STAND, group)))),
            func.count(case((_MAY_STAND, 1))),
        ).where(_of_bulletin(bulletin_id), got_it)
        connection = connection_of(self.session)
        groups, standing, left = (await connection.execute(counted)).one()
        remains = await self._remains(bulletin_id, limit)
        return Recalled(groups - standing, groups, left, remains)

    async def mark_told(self, bulletin_id: str) -> None:
        mine = col(WithdrawalRow.bulletin_id) == bulletin_id
        await rows.change(self.session, update(WithdrawalRow).where(mine).values(told=True))

    async def _remains(self, bulletin_id: str, limit: int) -> tuple[Remains, ...]:
        statement = (
            select(OutboxRow, ChatRow)
            .join(ChatRow, GOES_TO_CHAT)
            .where(_of_bulletin(bulletin_id), _MAY_STAND)
            .order_by(col(ChatRow.title), col(ChatRow.id), col(OutboxRow.seq).desc())
            .limit(limit)
        )
        found = (await self.session.exec(statement)).all()
        return tuple([await self._line(entry, chat) for entry, chat in found])

    async def _line(self, entry: OutboxRow, chat: ChatRow) -> Remains:
        if entry.state == EntryState.UNCERTAIN:
            link = await last_link(self.session, entry.destination)
            return Remains(chat.title, link, Removal.UNKNOWN)
        return Remains(chat.title, entry.link, Removal(entry.removal or Removal.WANTED))


def _is_changed_in_place() -> ColumnElement[bool]:
    """Whether a later correction stands in this very message."""
    later = aliased(OutboxRow)
    return exists().where(
        col(later.destination) == OutboxRow.destination,
        col(later.edits) == OutboxRow.message_id,
        col(later.seq) > OutboxRow.seq,
        col(later.state) == EntryState.SENT,
        col(later.removal) == "",
    )


def _of_bulletin(bulletin_id: str) -> ColumnElement[bool]:
    mine = columns(col(BroadcastRow.id)).where(col(BroadcastRow.bulletin_id) == bulletin_id)
    return and_(
        col(OutboxRow.origin_kind) == OriginKind.BROADCAST, col(OutboxRow.origin_id).in_(mine)
    )
