"""Occurrences of approved bulletins, and how each of them went."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, and_, case, exists, func, literal, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.model.broadcast import Broadcast, BroadcastState, Doubt
from domain.model.delivery import (
    TROUBLE_FIRST,
    EntryState,
    Lane,
    OriginKind,
    ReceiptLine,
    Tally,
    to_chat,
)
from storage import rows
from storage.expansion import Quiet, expand
from storage.poll_parts import foot_entries, owes_foot, owes_poll
from storage.tables.news import BroadcastChoiceRow, BroadcastRow, BulletinRow, RevisionRow
from storage.tables.offices import ChatRow
from storage.tables.outbox import OPEN, OutboxRow

_FIRST_LETTER = len(to_chat("")) + 1
OF_BROADCASTS = col(OutboxRow.origin_kind) == OriginKind.BROADCAST
_TROUBLE_FIRST = case(
    *((col(OutboxRow.state) == state, place) for place, state in enumerate(TROUBLE_FIRST)),
    else_=len(TROUBLE_FIRST),
)
_TOLD = or_(col(OutboxRow.part) == 0, col(OutboxRow.state).in_(TROUBLE_FIRST))
"""One line for a group's words; for what follows them only if it had trouble."""
GOES_TO_CHAT = col(ChatRow.id) == func.substr(OutboxRow.destination, _FIRST_LETTER)


@cache
def _settled() -> SelectOfScalar[BroadcastRow]:
    """Asked at every tick, so that it is written once."""
    has_sends = exists().where(OF_BROADCASTS, col(OutboxRow.origin_id) == BroadcastRow.id)
    under_way = has_sends.where(OPEN)
    state, told = col(BroadcastRow.state), col(BroadcastRow.told)
    cut_short = and_(state == BroadcastState.STOPPED, ~told, has_sends)
    lined_up = and_(
        state == BroadcastState.RELEASED,
        col(BroadcastRow.lined_up_to).is_(None),
        ~owes_poll(),
        ~owes_foot(),
    )
    these = select(BroadcastRow).where(or_(lined_up, cut_short), ~under_way)
    return these.order_by(col(BroadcastRow.planned_at))


@dataclass(frozen=True, slots=True)
class SqlBroadcasts:
    """Broadcasts in SQL."""

    session: AsyncSession

    async def add(self, broadcast: Broadcast) -> bool:
        return await rows.add_if_new(self.session, BroadcastRow(**asdict(broadcast)))

    async def get(self, broadcast_id: str) -> Broadcast:
        return broadcast_of(await rows.get_by_id(self.session, _BY_ID, broadcast_id))

    async def get_unchanging(self, broadcast_id: str) -> Broadcast:
        statement = select(BroadcastRow).where(BroadcastRow.id == broadcast_id)
        return broadcast_of(
            await rows.get(self.session, statement.with_for_update(read=True), broadcast_id)
        )

    async def due(self, now: datetime) -> tuple[Broadcast, ...]:
        planned = select(BroadcastRow).where(BroadcastRow.state == BroadcastState.PLANNED)
        nobodys_turn = or_(~col(BroadcastRow.awaits_word), col(BroadcastRow.not_after) <= now)
        return await self._all(
            planned.where(col(BroadcastRow.planned_at) <= now, nobodys_turn).order_by(
                col(BroadcastRow.planned_at), BroadcastRow.id
            )
        )

    async def of_bulletin(self, bulletin_id: str) -> tuple[Broadcast, ...]:
        mine = select(BroadcastRow).where(BroadcastRow.bulletin_id == bulletin_id)
        return await self._all(mine.order_by(col(BroadcastRow.planned_at)))

    async def between(
        self, unit_ids: Sequence[str], begin: datetime, end: datetime
    ) -> tuple[Broadcast, ...]:
        return await self._all(
            select(BroadcastRow)
            .join(BulletinRow, col(BulletinRow.id) == BroadcastRow.bulletin_id)
            .where(rows.in_subtrees(BulletinRow.unit_id, unit_ids))
            .where(col(BroadcastRow.planned_at) >= begin, col(BroadcastRow.planned_at) < end)
            .order_by(col(BroadcastRow.planned_at), BroadcastRow.id)
        )

    async def settled(self) -> tuple[Broadcast, ...]:
        return await self._all(_settled())

    async def mark_told(self, broadcast_id: str) -> None:
        statement = update(BroadcastRow).where(col(BroadcastRow.id) == broadcast_id)
        await rows.change(self.session, statement.values(told=True))

    async def choose(self, broadcast: Broadcast, chosen: Sequence[str]) -> None:
        made = [
            BroadcastChoiceRow(
                broadcast_id=broadcast.id, revision_id=broadcast.revision_id, slot=n, value=value
            )
            for n, value in enumerate(chosen)
        ]
        await rows.add(self.session, *made)

    async def chosen(self, broadcast_id: str) -> tuple[str, ...]:
        statement = select(BroadcastChoiceRow.value).order_by(col(BroadcastChoiceRow.slot))
        mine = statement.where(BroadcastChoiceRow.broadcast_id == broadcast_id)
        return tuple(await self.session.exec(mine))

    async def recurring_after(self, now: datetime) -> tuple[Broadcast, ...]:
        return await self._all(
            select(BroadcastRow)
            .join(RevisionRow, col(RevisionRow.id) == BroadcastRow.revision_id)
            .where(RevisionRow.recurrence != "", BroadcastRow.state == BroadcastState.PLANNED)
            .where(col(BroadcastRow.planned_at) > now)
        )

    async def plan_again(self, broadcast: Broadcast) -> None:
        gave_way = (
            update(BroadcastRow)
            .where(col(BroadcastRow.revision_id) == broadcast.revision_id)
            .where(col(BroadcastRow.planned_at) == broadcast.planned_at)
            .where(col(BroadcastRow.state) == BroadcastState.STOPPED)
        )
        await rows.change(self.session, gave_way.values(state=BroadcastState.PLANNED))

    async def save_lateness(
        self, broadcast: Broadcast, late_at: datetime | None, awaits_word: bool
    ) -> bool:
        statement = (
            update(BroadcastRow)
            .where(col(BroadcastRow.id) == broadcast.id)
            .where(col(BroadcastRow.state) == BroadcastState.PLANNED)
            .where(col(BroadcastRow.awaits_word) == broadcast.awaits_word)
            .values(late_at=late_at, awaits_word=awaits_word)
        )
        return await rows.change(self.session, statement) > 0

    async def save_state(self, broadcast: Broadcast, state: BroadcastState) -> bool:
        statement = (
            update(BroadcastRow)
            .where(col(BroadcastRow.id) == broadcast.id)
            .where(col(BroadcastRow.state) == broadcast.state)
            .values(state=state, told=False)
        )
        return await rows.change(self.session, statement) > 0

    async def unlined(self) -> tuple[Broadcast, ...]:
        released = select(BroadcastRow).where(BroadcastRow.state == BroadcastState.RELEASED)
        return await self._all(released.where(col(BroadcastRow.lined_up_to).is_not(None)))

    async def line_up(
        self, broadcast: Broadcast, lane: Lane, now: datetime, quiet: Quiet, limit: int
    ) -> bool:
        return await expand(self.session, broadcast, lane, now, quiet, limit)

    async def doubts(self, unit_ids: Sequence[str], limit: int) -> tuple[Doubt, ...]:
        statement = (
            select(OutboxRow, BroadcastRow, ChatRow.title)
            .join(BroadcastRow, col(BroadcastRow.id) == OutboxRow.origin_id)
            .join(BulletinRow, col(BulletinRow.id) == BroadcastRow.bulletin_id)
            .join(ChatRow, GOES_TO_CHAT)
            .where(OF_BROADCASTS, OutboxRow.state == EntryState.UNCERTAIN)
            .where(rows.in_subtrees(BulletinRow.unit_id, unit_ids))
            .order_by(col(OutboxRow.seq))
            .limit(limit)
        )
        found = (await self.session.exec(statement)).all()
        return tuple(
            [
                Doubt(
                    entry.id,
                    entry.attempt,
                    broadcast_of(row),
                    title,
                    await last_link(self.session, entry.destination),
                )
                for entry, row, title in found
            ]
        )

    async def line_up_feet(self) -> int:
        names, entries = foot_entries()
        statement = rows.insert(self.session, OutboxRow).from_select([*names], entries)
        return await rows.change(self.session, statement.on_conflict_do_nothing())

    async def behind(self, chat_ids: Sequence[str], message_id: str) -> tuple[str, int] | None:
        places = [to_chat(chat_id) for chat_id in chat_ids]
        numbers = literal(",") + col(OutboxRow.more_ids) + literal(",")
        is_it = col(OutboxRow.message_id) == message_id
        statement = (
            select(BroadcastRow.revision_id, OutboxRow.part)
            .join(BroadcastRow, col(BroadcastRow.id) == OutboxRow.origin_id)
            .where(OF_BROADCASTS, col(OutboxRow.destination).in_(places))
            .where(OutboxRow.state == EntryState.SENT)
            .where(or_(is_it, numbers.contains(f",{message_id},", autoescape=True)))
            .order_by(col(OutboxRow.seq).desc())
            .limit(1)
        )
        found = (await self.session.exec(statement)).first()
        return (found[0], found[1]) if found else None

    async def tally(self, broadcast_id: str) -> Tally:
        counted = (
            select(OutboxRow.state, func.count())
            .where(OF_BROADCASTS, OutboxRow.origin_id == broadcast_id, OutboxRow.part == 0)
            .group_by(OutboxRow.state)
        )
        found = await self.session.exec(counted)
        return Tally({EntryState(state): count for state, count in found})

    async def receipts(self, broadcast_id: str, limit: int) -> tuple[ReceiptLine, ...]:
        statement = (
            select(OutboxRow, ChatRow)
            .join(ChatRow, GOES_TO_CHAT)
            .where(OF_BROADCASTS, OutboxRow.origin_id == broadcast_id, _TOLD)
            .order_by(_TROUBLE_FIRST, ChatRow.title, ChatRow.id)
            .limit(limit)
        )
        found = (await self.session.exec(statement)).all()
        return tuple([await self._line(entry, chat) for entry, chat in found])

    async def _line(self, entry: OutboxRow, chat: ChatRow) -> ReceiptLine:
        return ReceiptLine(
            entry_id=entry.id,
            chat_id=chat.id,
            chat_title=chat.title,
            state=EntryState(entry.state),
            sent_at=entry.sent_at,
            link=entry.link or await self._link_before(entry),
            reason=entry.reason,
        )

    async def _link_before(self, entry: OutboxRow) -> str:
        if entry.state != EntryState.UNCERTAIN:
            return ""
        return await last_link(self.session, entry.destination)

    async def _all(self, statement: SelectOfScalar[BroadcastRow]) -> tuple[Broadcast, ...]:
        return tuple(broadcast_of(row) for row in await self.session.exec(statement))


async def last_link(session: AsyncSession, destination: str) -> str:
    """Of the last message that surely came to a group: who opens it sees what followed."""
    before = (
        select(OutboxRow.link)
        .where(OutboxRow.destination == destination, OutboxRow.link != "")
        .order_by(col(OutboxRow.sent_at).desc())
        .limit(1)
    )
    return (await session.exec(before)).first() or ""


def broadcast_of(row: BroadcastRow | Row[Any]) -> Broadcast:
    columns = {one.name: getattr(row, one.name) for one in fields(Broadcast)}
    return Broadcast(**columns | {"state": BroadcastState(row.state)})


_BY_ID = rows.by_id(BroadcastRow)
