"""What follows the words of a broadcast: a poll in its groups, a button below an album.

Asked at every tick, so that each statement is written once.
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.model.broadcast import BroadcastState
from domain.model.delivery import EntryState, OriginKind, to_chat
from domain.model.poll_copy import POLL_PART, CopyState
from domain.model.post_foot import FOOT_PART
from domain.model.sending import Sender
from storage.tables.news import BroadcastRow, RevisionRow
from storage.tables.offices import ChatRow
from storage.tables.outbox import OutboxRow
from storage.tables.polls import PollCopyRow

_COPIED = ("destination", "bot_id", "lane", "not_before", "not_after")
_EMPTY = ("payload_hash", "message_id", "link", "reason", "edits", "old_link")


@cache
def owes_foot() -> ColumnElement[bool]:
    """Whether some channel has the album of a broadcast, and no entry for what follows it yet."""
    words, chat = aliased(OutboxRow), aliased(ChatRow)
    goes = literal(to_chat("")) + col(chat.id) == col(words.destination)
    here = exists().where(goes, col(chat.is_channel))
    return exists().where(col(words.origin_id) == BroadcastRow.id, _lacks_foot(words), here)


@cache
def foot_entries() -> tuple[tuple[str, ...], Select[Any]]:
    """The columns of an entry, and one for each channel that surely has the album."""
    words = aliased(OutboxRow, name="words")
    values = _following(words, ".foot", FOOT_PART)
    goes = literal(to_chat("")) + col(ChatRow.id) == col(words.destination)
    entries = (
        columns(*values.values())
        .select_from(words)
        .join(BroadcastRow, col(BroadcastRow.id) == words.origin_id)
        .join(ChatRow, goes)
        .where(col(BroadcastRow.state) == BroadcastState.RELEASED, col(ChatRow.is_channel))
        .where(_lacks_foot(words))
        .order_by(col(words.seq))
    )
    return tuple(values), entries


def _following(words: type[OutboxRow], mark: str, part: int) -> dict[str, Any]:
    """The columns of an entry that follows these words."""
    return {
        "id": col(words.id) + literal(mark),
        "origin_kind": literal(OriginKind.BROADCAST.value),
        "origin_id": col(words.origin_id),
        "part": literal(part),
        "state": literal(EntryState.QUEUED.value),
        "attempt": literal(1),
        "refusals": literal(0),
        **{name: literal("") for name in _EMPTY},
        **{name: getattr(words, name) for name in _COPIED},
    }


@cache
def owes_poll() -> ColumnElement[bool]:
    """Whether some group has the words of a broadcast's poll, and no entry for the poll yet."""
    mine = col(RevisionRow.id) == BroadcastRow.revision_id
    asks = exists().where(mine, col(RevisionRow.poll) != "")
    words = aliased(OutboxRow)
    return and_(asks, exists().where(col(words.origin_id) == BroadcastRow.id, _waits(words)))


def is_still_asked(sender: Sender) -> ColumnElement[bool]:
    """Whether an entry is a poll that this sender has not closed yet.

    A poll lives on where it was passed on to, and is closed only through its first message.
    """
    return exists().where(
        col(PollCopyRow.entry_id) == col(OutboxRow.id),
        col(PollCopyRow.state) == CopyState.OPEN,
        col(PollCopyRow.ended_at).is_(None),
        col(PollCopyRow.bot_id) == sender.bot_id,
    )


@cache
def poll_entries() -> tuple[tuple[str, ...], Select[Any]]:
    """The columns of an entry, and one for each group that surely has the words."""
    words = aliased(OutboxRow, name="words")
    values = _following(words, ".poll", POLL_PART)
    entries = (
        columns(*values.values())
        .select_from(words)
        .join(BroadcastRow, col(BroadcastRow.id) == words.origin_id)
        .join(RevisionRow, col(RevisionRow.id) == BroadcastRow.revision_id)
        .where(col(BroadcastRow.state) == BroadcastState.RELEASED, col(RevisionRow.poll) != "")
        .where(_waits(words))
        .order_by(col(words.seq))
    )
    return tuple(values), entries


def _waits(words: type[OutboxRow]) -> ColumnElement[bool]:
    """These are words that a group got, and no poll stands in line behind them."""
    return _arrived_without(words, POLL_PART)


def _lacks_foot(words: type[OutboxRow]) -> ColumnElement[bool]:
    """An album that arrived as a post of its own, without the button that belongs to it."""
    is_new_album = and_(col(words.messages) > 1, col(words.edits) == "")
    return and_(is_new_album, _arrived_without(words, FOOT_PART))


def _arrived_without(words: type[OutboxRow], part: int) -> ColumnElement[bool]:
    """These are words that arrived, and this part does not stand in line behind them."""
    follower = aliased(OutboxRow)
    lined_up = exists().where(
        col(follower.origin_kind) == OriginKind.BROADCAST,
        col(follower.origin_id) == words.origin_id,
        col(follower.destination) == words.destination,
        col(follower.part) == part,
    )
    return and_(
        col(words.origin_kind) == OriginKind.BROADCAST,
        col(words.part) == 0,
        col(words.state) == EntryState.SENT,
        ~lined_up.correlate(words),
    )
