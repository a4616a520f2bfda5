"""Polls in groups: lined up behind their words, closed once, counted, and published once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, update
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.broadcast import BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.chat import ChatState
from domain.model.poll_copy import Closed, CopyState, Ended, PollCopy
from domain.model.publishing import PlaceCounts, Published
from domain.model.sending import Sender
from domain.model.text import name_order
from storage import rows
from storage.broadcasts import GOES_TO_CHAT
from storage.chats import address_of
from storage.engine import connection_of
from storage.poll_parts import poll_entries
from storage.tables.news import BroadcastRow, BulletinRow
from storage.tables.offices import ChatRow, UnitRow
from storage.tables.outbox import OutboxRow
from storage.tables.polls import PollCopyRow, PollResultRow

_OPEN = col(PollCopyRow.state) == CopyState.OPEN
_COUNTED = col(PollCopyRow.state) == CopyState.COUNTED


@dataclass(frozen=True, slots=True)
class SqlPolls:
    """Polls in SQL."""

    session: AsyncSession

    async def line_up(self) -> int:
        names, entries = poll_entries()
        statement = rows.insert(self.session, OutboxRow).from_select([*names], entries)
        return await rows.change(self.session, statement.on_conflict_do_nothing())

    async def add(self, copy: PollCopy) -> None:
        row = PollCopyRow(
            entry_id=copy.entry_id,
            broadcast_id=copy.broadcast_id,
            bot_id=copy.address.bot_id,
            poll_id=copy.poll_id,
            closes_at=copy.closes_at,
            try_at=copy.closes_at,
        )
        await rows.add_if_new(self.session, row)

    async def due(self, sender: Sender, now: datetime, limit: int) -> tuple[PollCopy, ...]:
        these = and_(
            _OPEN,
            col(PollCopyRow.bot_id) == sender.bot_id,
            col(PollCopyRow.try_at) <= now,
        )
        return await self._copies(these, limit)

    async def of_poll(self, bot_id: int, poll_id: str) -> str:
        mine = and_(col(PollCopyRow.bot_id) == bot_id, col(PollCopyRow.poll_id) == poll_id)
        found = await self.session.exec(select(PollCopyRow.entry_id).where(mine))
        return found.first() or ""

    async def count(self, entry_id: str, closed: Closed) -> bool:
        published = exists().where(col(PollResultRow.broadcast_id) == col(PollCopyRow.broadcast_id))
        statement = (
            update(PollCopyRow)
            .where(col(PollCopyRow.entry_id) == entry_id, ~_COUNTED, ~published)
            .values(
                state=CopyState.COUNTED,
                counts=json.dumps(list(closed.counts)),
                voters=closed.voters,
            )
        )
        return await rows.change(self.session, statement) > 0

    async def end(self, entry_id: str, state: CopyState) -> None:
        mine = update(PollCopyRow).where(_OPEN, col(PollCopyRow.entry_id) == entry_id)
        await rows.change(self.session, mine.values(state=state))

    async def put_off(self, copy: PollCopy, until: datetime) -> None:
        mine = update(PollCopyRow).where(_OPEN, col(PollCopyRow.entry_id) == copy.entry_id)
        await rows.change(self.session, mine.values(try_at=until, ended_at=copy.ended_at))

    async def close_at(self, bulletin_id: str, now: datetime) -> int:
        mine = columns(col(BroadcastRow.id)).where(col(BroadcastRow.bulletin_id) == bulletin_id)
        later = and_(_OPEN, col(PollCopyRow.closes_at) > now)
        these = update(PollCopyRow).where(later, col(PollCopyRow.broadcast_id).in_(mine))
        return await rows.change(self.session, these.values(closes_at=now, try_at=now))

    async def countable(self, now: datetime) -> tuple[str, ...]:
        still_open = aliased(PollCopyRow)
        has_open = exists().where(
            col(still_open.broadcast_id) == BroadcastRow.id, col(still_open.state) == CopyState.OPEN
        )
        has_copies = exists().where(col(PollCopyRow.broadcast_id) == BroadcastRow.id)
        published = exists().where(col(PollResultRow.broadcast_id) == BroadcastRow.id)
        state = col(BroadcastRow.state)
        for_good = and_(state == BroadcastState.STOPPED, col(BroadcastRow.not_after) <= now)
        over = or_(state == BroadcastState.FINISHED, for_good)
        statement = (
            select(BroadcastRow.id)
            .join(BulletinRow, col(BulletinRow.id) == BroadcastRow.bulletin_id)
            .where(over, has_copies, ~has_open, ~published)
            .where(BulletinRow.state != BulletinState.WITHDRAWN)
        )
        return tuple(await self.session.exec(statement))

    async def places(self, broadcast_id: str) -> tuple[PlaceCounts, ...]:
        statement = (
            select(PollCopyRow, UnitRow)
            .join(OutboxRow, col(OutboxRow.id) == PollCopyRow.entry_id)
            .join(ChatRow, GOES_TO_CHAT)
            .join(UnitRow, col(UnitRow.id) == ChatRow.unit_id)
            .where(col(PollCopyRow.broadcast_id) == broadcast_id, _COUNTED)
        )
        units: dict[str, tuple[str, int, list[int]]] = {}
        for copy, unit in (await self.session.exec(statement)).all():
            counts = json.loads(copy.counts)
            name, votes, before = units.get(unit.id, (unit.name, 0, [0] * len(counts)))
            summed = [one + more for one, more in zip(before, counts, strict=True)]
            units[unit.id] = (name, votes + copy.voters, summed)
        found = [PlaceCounts(name, votes, tuple(chosen)) for name, votes, chosen in units.values()]
        return tuple(sorted(found, key=lambda place: name_order(place.place)))

    async def ended(self, broadcast_id: str) -> Ended:
        statement = (
            columns(col(PollCopyRow.state), func.count())
            .where(col(PollCopyRow.broadcast_id) == broadcast_id)
            .group_by(col(PollCopyRow.state))
        )
        found = await connection_of(self.session).execute(statement)
        by_state: dict[str, int] = {row[0]: row[1] for row in found}
        counted = by_state.pop(CopyState.COUNTED.value, 0)
        return Ended(counted, sum(by_state.values()))

    async def keep_result(self, broadcast_id: str, published: Published, now: datetime) -> bool:
        written = json.dumps(published.form(), ensure_ascii=False, separators=(",", ":"))
        row = PollResultRow(broadcast_id=broadcast_id, published=written, made_at=now)
        return await rows.add_if_new(self.session, row)

    async def result(self, broadcast_id: str) -> Published | None:
        mine = col(PollResultRow.broadcast_id) == broadcast_id
        found = (await self.session.exec(select(PollResultRow.published).where(mine))).first()
        return Published.of(json.loads(found)) if found else None

    async def shared(
        self, bulletin_id: str, bot_ids: Sequence[int], now: datetime
    ) -> PollCopy | None:
        these = and_(
            _OPEN,
            col(PollCopyRow.bot_id).in_(bot_ids),
            col(PollCopyRow.closes_at) > now,
            col(BroadcastRow.bulletin_id) == bulletin_id,
            col(BulletinRow.state) != BulletinState.WITHDRAWN,
            col(ChatRow.state) == ChatState.ACTIVE,
        )
        found = await self._copies(these, 1)
        return found[0] if found else None

    async def _copies(self, these: ColumnElement[bool], limit: int) -> tuple[PollCopy, ...]:
        statement = (
            select(PollCopyRow, OutboxRow, ChatRow)
            .join(OutboxRow, col(OutboxRow.id) == PollCopyRow.entry_id)
            .join(ChatRow, GOES_TO_CHAT)
            .join(BroadcastRow, col(BroadcastRow.id) == PollCopyRow.broadcast_id)
            .join(BulletinRow, col(BulletinRow.id) == BroadcastRow.bulletin_id)
            .where(these)
            .order_by(col(PollCopyRow.try_at), col(PollCopyRow.entry_id))
            .limit(limit)
        )
        found = (await self.session.exec(statement)).all()
        return tuple(_copy(copy, entry, chat) for copy, entry, chat in found)


def _copy(copy: PollCopyRow, entry: OutboxRow, chat: ChatRow) -> PollCopy:
    address = replace(address_of(chat), bot_id=copy.bot_id)
    return PollCopy(
        copy.entry_id,
        copy.broadcast_id,
        copy.poll_id,
        entry.message_id,
        chat.id,
        address,
        copy.closes_at,
        copy.ended_at,
    )
