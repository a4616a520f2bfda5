"""Groups bound to units."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, literal, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from domain.model.chat import Address, Chat, ChatPurpose, ChatState, GroupKind, GroupLine
from domain.model.delivery import EntryState, OriginKind, to_chat
from domain.model.unit import Lineage
from domain.model.withdrawal import Removal
from storage import rows
from storage.tables.news import BroadcastRow, RevisionChatRow
from storage.tables.offices import ChatRow
from storage.tables.outbox import OutboxRow


@dataclass(frozen=True, slots=True)
class SqlChats:
    """Groups in SQL."""

    session: AsyncSession

    async def get(self, chat_id: str) -> Chat:
        statement = select(ChatRow).where(ChatRow.id == chat_id)
        return _chat(await rows.get(self.session, statement, chat_id))

    async def by_address(self, address: Address) -> Chat | None:
        """The living binding of this group: one that was lost may be bound anew."""
        statement = (
            select(ChatRow)
            .where(ChatRow.channel == address.channel, ChatRow.bot_id == address.bot_id)
            .where(ChatRow.chat == address.chat, ChatRow.thread == address.thread)
            .where(ChatRow.state == ChatState.ACTIVE)
        )
        found = await rows.find(self.session, statement)
        return _chat(found) if found else None

    async def at(self, address: Address) -> tuple[Chat, ...]:
        bound = select(ChatRow).where(
            ChatRow.channel == address.channel,
            ChatRow.bot_id == address.bot_id,
            ChatRow.chat == address.chat,
            ChatRow.state == ChatState.ACTIVE,
        )
        return tuple(_chat(row) for row in await self.session.exec(bound.order_by(ChatRow.thread)))

    async def in_subtree(self, unit_id: str, purpose: ChatPurpose) -> tuple[Chat, ...]:
        statement = (
            select(ChatRow)
            .where(ChatRow.purpose == purpose, ChatRow.state == ChatState.ACTIVE)
            .where(rows.in_subtrees(ChatRow.unit_id, [unit_id]))
            .order_by(ChatRow.title, ChatRow.id)
        )
        return tuple(_chat(row) for row in await self.session.exec(statement))

    async def languages_of(self, revision_id: str) -> dict[str, int]:
        language = col(ChatRow.language)
        statement = (
            select(language, func.count())
            .join(RevisionChatRow, col(RevisionChatRow.chat_id) == ChatRow.id)
            .where(RevisionChatRow.revision_id == revision_id)
            .group_by(language)
        )
        return dict((await self.session.exec(statement)).all())

    async def of_revision(self, revision_id: str, limit: int, first: int = 0) -> tuple[Chat, ...]:
        statement = (
            select(ChatRow)
            .join(RevisionChatRow, col(RevisionChatRow.chat_id) == ChatRow.id)
            .where(RevisionChatRow.revision_id == revision_id)
            .order_by(ChatRow.title, ChatRow.id)
            .offset(first)
            .limit(limit)
        )
        return tuple(_chat(row) for row in await self.session.exec(statement))

    async def that_got(self, revision_id: str) -> tuple[Chat, ...]:
        arrived = (
            select(OutboxRow.destination)
            .join(BroadcastRow, col(BroadcastRow.id) == OutboxRow.origin_id)
            .where(OutboxRow.origin_kind == OriginKind.BROADCAST)
            .where(BroadcastRow.revision_id == revision_id)
            .where(OutboxRow.state == EntryState.SENT, OutboxRow.removal != Removal.GONE)
        )
        groups = select(ChatRow).where((literal(to_chat("")) + col(ChatRow.id)).in_(arrived))
        found = await self.session.exec(groups.order_by(ChatRow.title, ChatRow.id))
        return tuple(_chat(row) for row in found)

    async def staff_chat(self, lineage: Lineage) -> Chat | None:
        statement = (
            select(ChatRow)
            .where(ChatRow.purpose == ChatPurpose.STAFF, ChatRow.state == ChatState.ACTIVE)
            .where(col(ChatRow.unit_id).in_(lineage.unit_ids))
            .order_by(ChatRow.title, ChatRow.id)
        )
        found = (await self.session.exec(statement)).all()
        upwards = lineage.unit_ids.index
        nearest = min(found, key=lambda row: upwards(row.unit_id), default=None)
        return _chat(nearest) if nearest else None

    async def all(self) -> tuple[Chat, ...]:
        statement = select(ChatRow).order_by(ChatRow.title, ChatRow.id)
        return tuple(_chat(row) for row in await self.session.exec(statement))

    async def roll(self, unit_id: str, first: int, limit: int) -> tuple[GroupLine, ...]:
        theirs = _lines().where(_in_the_roll(unit_id))
        in_order = theirs.order_by(col(ChatRow.state), col(ChatRow.title), col(ChatRow.id))
        found = (await self.session.exec(in_order.offset(first).limit(limit))).all()
        return tuple(GroupLine(_chat(row), row.silenced, at) for row, at in found)

    async def line(self, chat_id: str) -> GroupLine:
        row, at = (await self.session.exec(_lines().where(ChatRow.id == chat_id))).one()
        return GroupLine(_chat(row), row.silenced, at)

    async def roll_length(self, unit_id: str) -> int:
        groups = select(func.count()).select_from(ChatRow).where(_in_the_roll(unit_id))
        return (await self.session.exec(groups)).one()

    async def lost_in_subtree(self, unit_id: str) -> tuple[GroupLine, ...]:
        lost = (
            select(ChatRow)
            .where(_in_the_roll(unit_id), ChatRow.state == ChatState.LOST)
            .order_by(ChatRow.title, ChatRow.id)
        )
        found = await self.session.exec(lost)
        return tuple(GroupLine(_chat(row), row.silenced, None) for row in found)

    async def describe(self, chat: Chat) -> None:
        told = {"kind": chat.kind, "language": chat.language, "tags": "\n".join(chat.tags)}
        mine = update(ChatRow).where(col(ChatRow.id) == chat.id)
        await rows.change(self.session, mine.values(told))

    async def add(self, chat: Chat) -> None:
        fields = asdict(chat) | {"tags": "\n".join(chat.tags)}
        await rows.add(self.session, ChatRow(**fields.pop("address"), **fields))

    async def move(self, chat_id: str, to: str) -> bool:
        chat = await self.get(chat_id)
        there = [one.id for one in await self.at(replace(chat.address, chat=to))]
        if chat.address.chat == to or chat_id in there:
            return True  # the group's own word of it came before the refusal of a send
        if there:
            return False
        # A group's messages do not move with it. Their numbers name others there, in time.
        old = update(OutboxRow).where(col(OutboxRow.destination) == to_chat(chat_id))
        await rows.change(self.session, old.values(message_id="", more_ids="", edits=""))
        moved = update(ChatRow).where(col(ChatRow.id) == chat_id).values(chat=to)
        return await rows.change(self.session, moved) > 0

    async def lose(self, chat_id: str, silenced: bool = False) -> bool:
        lost = (
            update(ChatRow)
            .where(col(ChatRow.id) == chat_id, col(ChatRow.state) == ChatState.ACTIVE)
            .values(state=ChatState.LOST, silenced=silenced)
        )
        return await rows.change(self.session, lost) > 0

    async def leave(self, address: Address) -> None:
        there = update(ChatRow).where(
            col(ChatRow.channel) == address.channel,
            col(ChatRow.bot_id) == address.bot_id,
            col(ChatRow.chat) == address.chat,
        )
        await rows.change(self.session, there.values(silenced=False))

    async def find_again(self, address: Address) -> tuple[Chat, ...]:
        lost = select(ChatRow).where(
            ChatRow.channel == address.channel,
            ChatRow.bot_id == address.bot_id,
            ChatRow.chat == address.chat,
            ChatRow.state == ChatState.LOST,
            col(ChatRow.silenced),
        )
        living = {chat.address.thread for chat in await self.at(address)}
        newest = {
            row.thread: row for row in await self.session.exec(lost.order_by(col(ChatRow.bound_at)))
        }
        found = [row for thread, row in newest.items() if thread not in living]
        ids = [row.id for row in found]
        again = (
            update(ChatRow)
            .where(col(ChatRow.id).in_(ids))
            .values(state=ChatState.ACTIVE, silenced=False)
        )
        await rows.change(self.session, again)
        return tuple(replace(_chat(row), state=ChatState.ACTIVE) for row in found)


def _lines() -> "Select[ChatRow, datetime | None]":
    """Groups, each with when a message last arrived there."""
    arrived = (
        select(func.max(OutboxRow.sent_at))
        .where(OutboxRow.destination == literal(to_chat("")) + col(ChatRow.id))
        .where(OutboxRow.state == EntryState.SENT)
        .correlate(ChatRow)
        .scalar_subquery()
    )
    return select(ChatRow, arrived)


def _in_the_roll(unit_id: str) -> ColumnElement[bool]:
    """A unit's residents' groups, but for bindings that were lost and made anew."""
    anew = aliased(ChatRow)
    again = (
        select(anew.id)
        .where(anew.channel == ChatRow.channel, anew.bot_id == ChatRow.bot_id)
        .where(anew.chat == ChatRow.chat, anew.thread == ChatRow.thread)
        .where(anew.state == ChatState.ACTIVE)
    )
    return and_(
        col(ChatRow.purpose) == ChatPurpose.RESIDENTS,
        rows.in_subtrees(ChatRow.unit_id, [unit_id]),
        or_(col(ChatRow.state) == ChatState.ACTIVE, ~again.exists()),
    )


def address_of(row: ChatRow) -> Address:
    place = (row.channel, row.bot_id, row.chat, row.thread)
    return Address(*place, row.is_group, row.is_channel)


def _chat(row: ChatRow) -> Chat:
    return Chat(
        id=row.id,
        unit_id=row.unit_id,
        purpose=ChatPurpose(row.purpose),
        title=row.title,
        address=address_of(row),
        language=row.language,
        state=ChatState(row.state),
        decision=row.decision,
        bound_by=row.bound_by,
        bound_at=row.bound_at,
        kind=GroupKind(row.kind),
        tags=tuple(row.tags.splitlines()),
    )
