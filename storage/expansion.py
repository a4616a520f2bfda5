"""From an approved audience to entries in the outbox, without a row ever leaving the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, update
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.attached import messages_of, same_files
from domain.model.broadcast import Broadcast
from domain.model.delivery import EntryState, Lane, OriginKind, to_chat
from domain.model.post_foot import FOOT_PART
from domain.model.unit import QuietHours
from storage import rows
from storage.bulletin_rows import enclosed
from storage.engine import connection_of
from storage.tables.news import BroadcastRow, RevisionChatRow, RevisionRow
from storage.tables.offices import ChatRow, UnitRow
from storage.tables.outbox import OutboxRow

Quiet = Sequence[tuple[QuietHours, datetime]]
"""Quiet hours that are going on, and when each of them ends."""


async def expand(
    session: AsyncSession, broadcast: Broadcast, lane: Lane, now: datetime, quiet: Quiet, limit: int
) -> bool:
    """See ports.Broadcasts: the next groups, in the order of their ids."""
    row = await rows.get(
        session, select(BroadcastRow).where(BroadcastRow.id == broadcast.id), broadcast.id
    )
    if row.lined_up_to is None or row.state != broadcast.state:
        return False
    last = await _last_of_next(session, broadcast.revision_id, row.lined_up_to, limit)
    if last is not None:
        correction = await _correction(session, broadcast.revision_id)
        names, entries = _entries(broadcast, lane, now, quiet, correction)
        group = col(RevisionChatRow.chat_id)
        these = entries.where(group > row.lined_up_to, group <= last)
        statement = rows.insert(session, OutboxRow).from_select(names, these)
        await rows.change(session, statement.on_conflict_do_nothing())
    done = update(BroadcastRow).where(col(BroadcastRow.id) == broadcast.id)
    await rows.change(session, done.values(lined_up_to=last))
    return last is not None


async def _last_of_next(
    session: AsyncSession, revision_id: str, after: str, limit: int
) -> str | None:
    """The id of the last of the next groups; None when there are no more."""
    group = col(RevisionChatRow.chat_id)
    following = (
        columns(group)
        .where(col(RevisionChatRow.revision_id) == revision_id, group > after)
        .order_by(group)
        .limit(limit)
        .subquery()
    )
    found = await connection_of(session).execute(columns(func.max(following.c.chat_id)))
    last: str | None = found.scalar()
    return last


@dataclass(frozen=True, slots=True)
class _Correction:
    """What one revision has to do with an earlier one, if it does."""

    corrects: str | None
    earlier: str | None
    """The one that it corrects, or that it follows."""
    in_place: bool
    """Whether the old messages can take the new words: the files beside them are the same."""
    messages: int


async def _correction(session: AsyncSession, revision_id: str) -> _Correction:
    files, connection = col(RevisionRow.attachments), connection_of(session)
    this = columns(files, col(RevisionRow.corrects), col(RevisionRow.follows))
    found = await connection.execute(this.where(col(RevisionRow.id) == revision_id))
    new_files, wrong, follows = found.one()
    new = enclosed(new_files)
    old_files = (
        await connection.execute(columns(files).where(col(RevisionRow.id) == wrong))
    ).scalar()
    in_place = old_files is not None and same_files(enclosed(old_files), new)
    return _Correction(wrong, wrong or follows, in_place, messages_of(new))


def _old_message(earlier: str | None, column: str) -> ColumnElement[Any]:
    """Of the last message with what came before in the group."""
    if earlier is None:
        return literal("")
    old, wrong = aliased(OutboxRow), aliased(BroadcastRow)
    found = (
        columns(getattr(old, column))
        .join(wrong, col(wrong.id) == old.origin_id)
        .where(col(old.origin_kind) == OriginKind.BROADCAST, col(wrong.revision_id) == earlier)
        .where(col(old.destination) == literal(to_chat("")) + col(RevisionChatRow.chat_id))
        .where(col(old.state) == EntryState.SENT, col(old.removal) == "")
        .where(col(old.part) != FOOT_PART)
        .order_by(col(old.seq).desc())
        .limit(1)
        .correlate(RevisionChatRow)
    )
    return func.coalesce(found.scalar_subquery(), "")


def _entries(
    broadcast: Broadcast, lane: Lane, now: datetime, quiet: Quiet, correction: _Correction
) -> tuple[list[str], Select[Any]]:
    """The columns of an entry, and one for each group."""
    changed = correction.corrects if correction.in_place else None
    chat_id, moment = col(RevisionChatRow.chat_id), OutboxRow.metadata.tables["outbox"].c.not_after
    values: dict[str, Any] = {
        "id": literal(f"{broadcast.id}.") + chat_id,
        "origin_kind": literal(OriginKind.BROADCAST.value),
        "origin_id": literal(broadcast.id),
        "destination": literal(to_chat("")) + chat_id,
        "bot_id": col(ChatRow.bot_id),
        "part": literal(0),
        "lane": literal(int(lane)),
        "payload_hash": literal(""),
        "state": literal(EntryState.QUEUED.value),
        "attempt": literal(1),
        "not_before": _not_before(literal(now, moment.type), quiet),
        "not_after": literal(broadcast.not_after, moment.type),
        "refusals": literal(0),
        "message_id": literal(""),
        "link": literal(""),
        "reason": literal(""),
        "edits": _old_message(changed, "message_id"),
        "old_link": _old_message(correction.earlier, "link"),
        "messages": literal(correction.messages),
        "more_ids": _old_message(changed, "more_ids"),
    }
    entries = (
        columns(*values.values())
        .select_from(RevisionChatRow)
        .join(ChatRow, col(ChatRow.id) == chat_id)
        .join(UnitRow, col(UnitRow.id) == ChatRow.unit_id)
        .where(col(RevisionChatRow.revision_id) == broadcast.revision_id)
        .order_by(chat_id)
    )
    return list(values), entries


def _not_before(now: ColumnElement[datetime], quiet: Quiet) -> ColumnElement[Any]:
    """Now, or when the quiet hours of the group's own unit are over."""
    over = [
        (
            and_(col(UnitRow.quiet_from) == hours.start, col(UnitRow.quiet_until) == hours.end),
            literal(until, now.type),
        )
        for hours, until in quiet
    ]
    return case(*over, else_=now) if over else now
