"""Everything owed to somebody: claimed, sent and settled by conditional updates only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.model.chat import Address
from domain.model.delivery import (
    CARD_ATTEMPTS,
    EntryState,
    OriginKind,
    OutboxEntry,
    SendOutcome,
    Sent,
    to_chat,
)
from domain.model.sending import FRONT, Ready, Sender
from domain.model.withdrawal import Overdue
from storage import rows
from storage.broadcasts import GOES_TO_CHAT
from storage.chats import address_of
from storage.engine import briefly, connection_of
from storage.entries import FORGOTTEN, entry_of, overdue_of, receipt, row_of
from storage.poll_parts import is_still_asked
from storage.ready import ready
from storage.rounds import CLAIM, SETTLE_SENT
from storage.tables.offices import ChatRow
from storage.tables.outbox import OutboxRow


@dataclass(frozen=True, slots=True)
class SqlOutbox:
    """The outbox in SQL."""

    session: AsyncSession

    async def add(self, entries: Sequence[OutboxEntry]) -> None:
        if not entries:
            return
        owed = []
        for entry in entries:
            bot_id = await self._bot_of(entry.destination)
            owed.append(row_of(entry).model_dump(exclude={"seq"}) | {"bot_id": bot_id})
        unless_owed = rows.insert(self.session, OutboxRow).on_conflict_do_nothing()
        with briefly(self.session, len(owed)):
            await connection_of(self.session).execute(unless_owed, owed)

    async def _bot_of(self, destination: str) -> int:
        """A group's own bot; people are the front bot's."""
        if not destination.startswith(to_chat("")):
            return FRONT
        chat_id = destination.removeprefix(to_chat(""))
        found = await self.session.exec(select(ChatRow.bot_id).where(ChatRow.id == chat_id))
        return found.first() or FRONT

    async def get(self, entry_id: str) -> OutboxEntry:
        statement = select(OutboxRow).where(OutboxRow.id == entry_id)
        return entry_of(await rows.get(self.session, statement, entry_id))

    async def states_of(self, about: str, destination: str) -> tuple[EntryState, ...]:
        statement = select(OutboxRow.state).where(
            OutboxRow.origin_kind == OriginKind.CARD,
            OutboxRow.origin_id == about,
            OutboxRow.destination == destination,
        )
        found = await self.session.exec(statement.order_by(col(OutboxRow.part)))
        return tuple(EntryState(state) for state in found)

    async def ready(self, sender: Sender, now: datetime, limit: int) -> tuple[Ready, ...]:
        return await ready(self.session, sender, now, limit)

    async def claim(self, entry_ids: Sequence[str], lease_until: datetime) -> frozenset[str]:
        asked = {"entries": entry_ids, "until": lease_until}
        connection = connection_of(self.session)
        return frozenset((await connection.execute(CLAIM, asked)).scalars())

    async def hand_over(self, entry: OutboxEntry, bot_id: int) -> None:
        queued = {"state": EntryState.QUEUED, "lease_until": None, "bot_id": bot_id}
        await rows.change(self.session, update(OutboxRow).where(_held_by(entry)).values(queued))

    async def settle_sent(self, sent: Sequence[tuple[OutboxEntry, Sent]], now: datetime) -> None:
        if not sent:
            return
        connection = connection_of(self.session)
        await connection.execute(
            SETTLE_SENT,
            [
                {"entry": entry.id, "of_attempt": entry.attempt, **receipt(entry, now, outcome)}
                for entry, outcome in sent
            ],
        )

    async def settle(
        self, entry: OutboxEntry, state: EntryState, now: datetime, outcome: SendOutcome | None
    ) -> bool:
        kept_words = state is EntryState.UNCERTAIN and entry.origin.kind is not OriginKind.VIEW
        forgotten = {} if kept_words else FORGOTTEN
        kept = receipt(entry, now, outcome)
        moved = await self._move(
            _held_by(entry), state=state, lease_until=None, **kept, **forgotten
        )
        await self._forget_given_up()
        return bool(moved)

    async def put_back(self, entry: OutboxEntry, not_before: datetime) -> bool:
        moved = await self._move(
            _held_by(entry),
            state=EntryState.QUEUED,
            lease_until=None,
            not_before=not_before,
            refusals=entry.refusals,
        )
        return bool(moved)

    async def send_anew(self, entry: OutboxEntry) -> bool:
        queued = {"state": EntryState.QUEUED, "lease_until": None, "edits": ""}
        return bool(await self._move(_held_by(entry), **queued))

    async def lapsing(
        self, sender: Sender, now: datetime, everything: bool = False
    ) -> tuple[OutboxEntry, ...]:
        over = select(OutboxRow).where(_lapsing(sender, now, everything))
        return await self._all(over.order_by(col(OutboxRow.seq)))

    async def lapse(
        self, sender: Sender, now: datetime, everything: bool = False, only: str = ""
    ) -> tuple[OutboxEntry, ...]:
        over = _lapsing(sender, now, everything)
        if only:
            over = and_(over, col(OutboxRow.id) == only)
        in_place = and_(over, col(OutboxRow.edits) != "")
        await self._move(in_place, state=EntryState.QUEUED, lease_until=None)
        lapsed = await self._move(over, state=EntryState.UNCERTAIN, lease_until=None)
        await self._forget_given_up()
        return lapsed

    async def doubt_all(self, now: datetime) -> tuple[OutboxEntry, ...]:
        # As if each had been claimed, and its sender had died: which may be what happened.
        queued = col(OutboxRow.state) == EntryState.QUEUED
        await self._move(queued, state=EntryState.SENDING, lease_until=now)
        under_way = col(OutboxRow.state) == EntryState.SENDING
        doubtful = await self._move(under_way, state=EntryState.UNCERTAIN, lease_until=None)
        await self._forget_given_up()
        return doubtful

    async def groups_sent_to(
        self, sender: Sender, since: datetime, lapsed: Sequence[OutboxEntry]
    ) -> tuple[tuple[Address, datetime | None, int], ...]:
        # Unknown outcomes may have arrived; only what has lapsed just now has no moment of its own.
        just_now = col(OutboxRow.id).in_([entry.id for entry in lapsed])
        statement = (
            select(ChatRow, OutboxRow.sent_at, OutboxRow.messages)
            .join(OutboxRow, GOES_TO_CHAT)
            .where(
                col(OutboxRow.bot_id).in_(sender.shares),
                or_(col(OutboxRow.sent_at) > since, just_now),
            )
        )
        found = await self.session.exec(statement)
        return tuple((address_of(chat), sent_at, messages) for chat, sent_at, messages in found)

    async def send_again(self, entry_id: str) -> bool:
        moved = await self._move(
            _uncertain(entry_id),
            state=EntryState.QUEUED,
            attempt=col(OutboxRow.attempt) + 1,
            reason="",
        )
        return bool(moved)

    async def confirm_arrival(self, entry_id: str, now: datetime) -> bool:
        moved = await self._move(
            _uncertain(entry_id), state=EntryState.SENT, sent_at=now, **FORGOTTEN
        )
        return bool(moved)

    async def cancel(self, broadcast_id: str) -> int:
        queued = col(OutboxRow.state) == EntryState.QUEUED
        moved = await self._move(
            and_(_of_broadcast(broadcast_id), queued), state=EntryState.CANCELLED
        )
        return len(moved)

    async def back_in_line(self, broadcast_id: str) -> int:
        cancelled = col(OutboxRow.state) == EntryState.CANCELLED
        moved = await self._move(
            and_(_of_broadcast(broadcast_id), cancelled), state=EntryState.QUEUED
        )
        return len(moved)

    async def uncertain(self, broadcast_id: str) -> tuple[OutboxEntry, ...]:
        statement = select(OutboxRow).where(_of_broadcast(broadcast_id))
        return await self._all(
            statement.where(OutboxRow.state == EntryState.UNCERTAIN).order_by(col(OutboxRow.seq))
        )

    async def hold(self, address: Address, destination: str, until: datetime) -> None:
        # Kept on the bound group's row: an address that is no bound group may be a resident's,
        # and main must not learn it. There everything in line waits by its own not_before.
        held, not_before = col(ChatRow.held_until), col(OutboxRow.not_before)
        longer = update(ChatRow).where(_at(address), or_(held.is_(None), held < until))
        await rows.change(self.session, longer.values(held_until=until))
        in_line = update(OutboxRow).where(
            col(OutboxRow.destination) == destination,
            col(OutboxRow.state) == EntryState.QUEUED,
            or_(not_before.is_(None), not_before < until),
        )
        await rows.change(self.session, in_line.values(not_before=until))

    async def to_delete(self, sender: Sender, now: datetime, limit: int) -> tuple[Overdue, ...]:
        statement = (
            select(OutboxRow)
            .where(col(OutboxRow.delete_at) <= now, col(OutboxRow.bot_id).in_(sender.shares))
            .where(~is_still_asked(sender))
            .order_by(col(OutboxRow.delete_at))
            .limit(limit)
        )
        return tuple(overdue_of(row, now) for row in await self.session.exec(statement))

    async def deleted(self, entry_id: str) -> None:
        await self._delete_at(entry_id, None)

    async def delete_later(self, entry_id: str, at: datetime) -> None:
        await self._delete_at(entry_id, at)

    async def _delete_at(self, entry_id: str, at: datetime | None) -> None:
        statement = update(OutboxRow).where(col(OutboxRow.id) == entry_id)
        await rows.change(self.session, statement.values(delete_at=at))

    async def _forget_given_up(self) -> None:
        """What will not be repeated any more need not keep what a resident wrote."""
        kind = col(OutboxRow.origin_kind)
        last_card = and_(kind == OriginKind.CARD, col(OutboxRow.attempt) >= CARD_ATTEMPTS)
        given_up = and_(
            col(OutboxRow.state) == EntryState.UNCERTAIN,
            or_(last_card, kind == OriginKind.VIEW),
            col(OutboxRow.payload).is_not(None),
        )
        await rows.change(self.session, update(OutboxRow).where(given_up).values(FORGOTTEN))

    async def _all(self, statement: SelectOfScalar[OutboxRow]) -> tuple[OutboxEntry, ...]:
        return tuple(entry_of(row) for row in await self.session.exec(statement))

    async def _move(self, those: ColumnElement[bool], **values: Any) -> tuple[OutboxEntry, ...]:
        statement = update(OutboxRow).where(those).values(**values).returning(OutboxRow)
        moved = (await self.session.exec(statement)).scalars().all()
        return tuple(entry_of(row) for row in sorted(moved, key=lambda row: row.seq))


def _held_by(entry: OutboxEntry) -> ColumnElement[bool]:
    """The entry, if it is still in the hands of whoever claimed this attempt."""
    return and_(
        col(OutboxRow.id) == entry.id,
        col(OutboxRow.state) == EntryState.SENDING,
        col(OutboxRow.attempt) == entry.attempt,
    )


def _lapsing(sender: Sender, now: datetime, everything: bool) -> ColumnElement[bool]:
    mine = col(OutboxRow.bot_id).in_(sender.shares)
    sending = and_(mine, col(OutboxRow.state) == EntryState.SENDING)
    return sending if everything else and_(sending, col(OutboxRow.lease_until) <= now)


def _uncertain(entry_id: str) -> ColumnElement[bool]:
    return and_(col(OutboxRow.id) == entry_id, col(OutboxRow.state) == EntryState.UNCERTAIN)


def _of_broadcast(broadcast_id: str) -> ColumnElement[bool]:
    return and_(
        col(OutboxRow.origin_kind) == OriginKind.BROADCAST,
        col(OutboxRow.origin_id) == broadcast_id,
    )


def _at(address: Address) -> ColumnElement[bool]:
    return and_(
        col(ChatRow.channel) == address.channel,
        col(ChatRow.bot_id) == address.bot_id,
        col(ChatRow.chat) == address.chat,
    )
