"""Which groups have the words of a poll, and owe their members the poll itself."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.model.broadcast import BroadcastState
from domain.model.delivery import EntryState, OriginKind
from domain.model.poll_copy import POLL_PART
from storage.tables.news import BroadcastRow, RevisionRow
from storage.tables.outbox import OutboxRow

_COPIED = ("destination", "bot_id", "lane", "not_before", "not_after")
_EMPTY = ("payload_hash", "message_id", "link", "reason", "edits", "old_link")


def owes_poll() -> ColumnElement[bool]:
    """Whether some group has the words of a broadcast's poll, and no entry for the poll yet."""
    mine = col(RevisionRow.id) == BroadcastRow.revision_id
    asks = exists().where(mine, col(RevisionRow.poll) != "")
    words = aliased(OutboxRow)
    return and_(asks, exists().where(col(words.origin_id) == BroadcastRow.id, _waits(words)))


def poll_entries() -> tuple[list[str], Select[Any]]:
    """The columns of an entry, and one for each group that surely has the words."""
    words = aliased(OutboxRow, name="words")
    values: dict[str, Any] = {
        "id": col(words.id) + literal(".poll"),
        "origin_kind": literal(OriginKind.BROADCAST.value),
        "origin_id": col(words.origin_id),
        "part": literal(POLL_PART),
        "state": literal(EntryState.QUEUED.value),
        "attempt": literal(1),
        "refusals": literal(0),
        **{name: literal("") for name in _EMPTY},
        **{name: getattr(words, name) for name in _COPIED},
    }
    entries = (
        columns(*values.values())
        .select_from(words)
        .join(BroadcastRow, col(BroadcastRow.id) == words.origin_id)
        .join(RevisionRow, col(RevisionRow.id) == BroadcastRow.revision_id)
        .where(col(BroadcastRow.state) == BroadcastState.RELEASED, col(RevisionRow.poll) != "")
        .where(_waits(words))
        .order_by(col(words.seq))
    )
    return list(values), entries


def _waits(words: type[OutboxRow]) -> ColumnElement[bool]:
    """These are words that a group got, and no poll stands in line behind them."""
    poll = aliased(OutboxRow)
    lined_up = exists().where(
        col(poll.origin_kind) == OriginKind.BROADCAST,
        col(poll.origin_id) == words.origin_id,
        col(poll.destination) == words.destination,
        col(poll.part) == POLL_PART,
    )
    return and_(
        col(words.origin_kind) == OriginKind.BROADCAST,
        col(words.part) == 0,
        col(words.state) == EntryState.SENT,
        ~lined_up.correlate(words),
    )
