"""What could be sent now: one entry for each destination, and where it goes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, func, or_, tuple_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.access import chat_with
from domain.model.chat import Address, ChatState
from domain.model.delivery import EntryState, to_person
from domain.model.sending import Ready, Sender
from domain.model.unit import QuietHours
from storage.broadcasts import GOES_TO_CHAT
from storage.engine import connection_of
from storage.entries import entry_of
from storage.tables.offices import ChatRow, PersonRow, UnitRow
from storage.tables.outbox import OutboxRow

_FIRST_LETTER = len(to_person("")) + 1
_GOES_TO_PERSON = col(PersonRow.id) == func.substr(OutboxRow.destination, _FIRST_LETTER)
# Columns and not objects: this is read for every handful of sends, and an object costs more than
# the send that it is about.
_ENTRY = [*OutboxRow.metadata.tables["outbox"].c]


async def ready(
    session: AsyncSession, sender: Sender, now: datetime, limit: int
) -> tuple[Ready, ...]:
    """See ports.Outbox."""
    # Share by share: for one of them the index yields the most urgent first, and stops; for two
    # at once everything that is in line would have to be sorted.
    connection = connection_of(session)
    found: list[Row[Any]] = []
    for share in sender.shares:
        asked = {"share": share, "now": now, "most": limit}
        found += await connection.execute(_MOST_URGENT, asked)
    found.sort(key=lambda row: (row.lane, row.seq))
    return tuple(_ready(row, sender) for row in found[:limit])


def due(row: type[OutboxRow], now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Queued, and not before its time."""
    not_before = col(row.not_before)
    in_time = or_(not_before.is_(None), not_before <= now)
    return and_(col(row.state) == EntryState.QUEUED, in_time)


_PLACE: tuple[Any, ...] = (
    col(ChatRow.channel),
    col(ChatRow.bot_id).label("chat_bot_id"),
    col(ChatRow.chat),
    col(ChatRow.thread),
    col(ChatRow.is_group),
    col(ChatRow.is_channel),
    col(ChatRow.language),
    col(ChatRow.state).label("chat_state"),
    col(UnitRow.quiet_from),
    col(UnitRow.quiet_until),
    col(PersonRow.account),
)


def _most_urgent() -> Select[Any]:
    """The first entries in line that are due, one for each destination that is free."""
    now = bindparam("now", type_=OutboxRow.metadata.tables["outbox"].c.not_before.type)
    held, ahead, sending = col(ChatRow.held_until), aliased(OutboxRow), aliased(OutboxRow)
    has_another_ahead = exists().where(
        col(ahead.destination) == OutboxRow.destination,
        due(ahead, now),
        tuple_(ahead.lane, ahead.seq) < tuple_(OutboxRow.lane, OutboxRow.seq),
    )
    is_busy = exists().where(
        col(sending.destination) == OutboxRow.destination,
        col(sending.state) == EntryState.SENDING,
    )
    return (
        columns(*_ENTRY, *_PLACE)
        .select_from(OutboxRow)
        .outerjoin(ChatRow, GOES_TO_CHAT)
        .outerjoin(UnitRow, col(UnitRow.id) == ChatRow.unit_id)
        .outerjoin(PersonRow, _GOES_TO_PERSON)
        .where(col(OutboxRow.bot_id) == bindparam("share"), due(OutboxRow, now))
        .where(~has_another_ahead, ~is_busy)
        .where(or_(held.is_(None), held <= now))
        .order_by(col(OutboxRow.lane), col(OutboxRow.seq))
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=OutboxRow)
    )


_MOST_URGENT = _most_urgent()
"""Made once: putting it together costs more than running it."""


def _ready(row: Row[Any], sender: Sender) -> Ready:
    quiet = QuietHours(row.quiet_from, row.quiet_until) if row.quiet_from else None
    return Ready(entry_of(row), _address(row, sender), row.language or "", quiet)


def _address(row: Row[Any], sender: Sender) -> Address | None:
    if row.account is not None:
        return chat_with(row.account, sender.bot_id)
    if row.chat_state != ChatState.ACTIVE:
        return None
    place = (row.channel, row.chat_bot_id, row.chat, row.thread)
    return Address(*place, row.is_group, row.is_channel)
