"""The plan in light rows: one statement for whatever a page shows."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_
from sqlalchemy import select as columns
from sqlmodel import col

from domain.model.broadcast import BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.delivery import OriginKind
from domain.model.plan import Fire, PlanEntry, PlanRule, PlanState, Waiting
from domain.model.recurrence import Recurrence
from domain.model.series import Series
from storage import rows
from storage.plan_feeding import AT_ONCE, COMES, SqlFeeding, some_of
from storage.tables.news import BroadcastRow, BulletinRow, DraftRow, RevisionChatRow, RevisionRow
from storage.tables.outbox import OutboxRow

LONGEST_HEADING = 200
NEWEST = and_(
    col(BulletinRow.id) == RevisionRow.bulletin_id, col(BulletinRow.revision) == RevisionRow.number
)
STATES = {
    BroadcastState.PLANNED: PlanState.PLANNED,
    BroadcastState.RELEASED: PlanState.GOING,
    BroadcastState.FINISHED: PlanState.SENT,
    BroadcastState.STOPPED: PlanState.STOPPED,
    BroadcastState.EXPIRED: PlanState.EXPIRED,
}
_HEADING = (
    col(RevisionRow.title),
    func.substr(RevisionRow.text, 1, LONGEST_HEADING).label("text"),
    col(RevisionRow.series),
)


@dataclass(frozen=True, slots=True)
class SqlPlan(SqlFeeding):
    """The plan in SQL."""

    async def entries(
        self, unit_ids: Sequence[str], begin: datetime, end: datetime
    ) -> tuple[PlanEntry, ...]:
        statement = (
            columns(
                col(BroadcastRow.id),
                col(BroadcastRow.bulletin_id),
                col(BroadcastRow.revision_id),
                col(BroadcastRow.planned_at),
                col(BroadcastRow.state),
                col(BroadcastRow.awaits_word),
                col(BulletinRow.unit_id),
                col(BulletinRow.state).label("stands"),
                col(RevisionRow.recurrence),
                *_HEADING,
            )
            .join(BulletinRow, col(BulletinRow.id) == BroadcastRow.bulletin_id)
            .join(RevisionRow, col(RevisionRow.id) == BroadcastRow.revision_id)
            .where(rows.in_subtrees(BulletinRow.unit_id, unit_ids))
            .where(col(BroadcastRow.planned_at) >= begin, col(BroadcastRow.planned_at) < end)
            .where(not_(_gave_way()))
            .order_by(col(BroadcastRow.planned_at), col(BroadcastRow.id))
        )
        return tuple(_entry(row) for row in await self._all(statement))

    async def fires(self, begin: datetime, end: datetime) -> tuple[Fire, ...]:
        statement = (
            columns(
                col(BroadcastRow.planned_at),
                col(BroadcastRow.bulletin_id),
                col(BroadcastRow.revision_id),
            )
            .join(BulletinRow, col(BulletinRow.id) == BroadcastRow.bulletin_id)
            .where(col(BulletinRow.state) != BulletinState.WITHDRAWN)
            .where(col(BroadcastRow.state).in_(COMES))
            .where(col(BroadcastRow.planned_at) >= begin, col(BroadcastRow.planned_at) < end)
        )
        return tuple(Fire(*row) for row in await self._all(statement))

    async def rules(self, unit_ids: Sequence[str]) -> tuple[PlanRule, ...]:
        statement = (
            columns(
                col(RevisionRow.id),
                col(RevisionRow.bulletin_id),
                col(BulletinRow.unit_id),
                col(RevisionRow.recurrence),
                *_HEADING,
            )
            .join(BulletinRow, NEWEST)
            .where(
                col(BulletinRow.state) == BulletinState.APPROVED, col(RevisionRow.recurrence) != ""
            )
            .where(rows.in_subtrees(BulletinRow.unit_id, unit_ids))
            .order_by(col(RevisionRow.id))
        )
        return tuple(
            PlanRule(
                row.id,
                row.bulletin_id,
                row.unit_id,
                row.title or row.text,
                Recurrence.of(json.loads(row.recurrence)),
                _series(row.series),
            )
            for row in await self._all(statement)
        )

    async def waiting(self, unit_ids: Sequence[str]) -> tuple[Waiting, ...]:
        statement = (
            columns(
                col(RevisionRow.id),
                col(RevisionRow.bulletin_id),
                col(BulletinRow.unit_id),
                col(RevisionRow.author_id),
                col(RevisionRow.submitted_at),
                col(RevisionRow.send_at),
                *_HEADING,
            )
            .join(BulletinRow, NEWEST)
            .where(col(BulletinRow.state) == BulletinState.IN_REVIEW)
            .where(rows.in_subtrees(BulletinRow.unit_id, unit_ids))
            .order_by(col(RevisionRow.submitted_at), col(RevisionRow.id))
        )
        return tuple(
            Waiting(
                row.id,
                row.bulletin_id,
                row.unit_id,
                row.author_id,
                row.title or row.text,
                row.submitted_at,
                row.send_at,
                _series(row.series),
            )
            for row in await self._all(statement)
        )

    async def sizes(self, revision_ids: Collection[str]) -> dict[str, int]:
        counted: dict[str, int] = {}
        for some in some_of(revision_ids):
            statement = (
                columns(col(RevisionChatRow.revision_id), func.count())
                .where(col(RevisionChatRow.revision_id).in_(some))
                .group_by(col(RevisionChatRow.revision_id))
            )
            counted |= {row[0]: row[1] for row in await self._all(statement)}
        return counted

    async def groups(self, revision_ids: Collection[str]) -> dict[str, frozenset[str]]:
        found: dict[str, list[str]] = {revision_id: [] for revision_id in revision_ids}
        for some in some_of(revision_ids):
            statement = columns(
                col(RevisionChatRow.revision_id), col(RevisionChatRow.chat_id)
            ).where(col(RevisionChatRow.revision_id).in_(some))
            for revision_id, chat_id in await self._all(statement):
                found[revision_id].append(chat_id)
        return {revision_id: frozenset(chats) for revision_id, chats in found.items()}

    async def units_of(self, bulletin_ids: Collection[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for some in some_of(bulletin_ids):
            statement = columns(col(BulletinRow.id), col(BulletinRow.unit_id))
            rows_found = await self._all(statement.where(col(BulletinRow.id).in_(some)))
            found |= {row[0]: row[1] for row in rows_found}
        return found

    async def series(self, unit_id: str, but_for: str) -> tuple[Series, ...]:
        statement = (
            columns(col(DraftRow.series))
            .join(BulletinRow, col(BulletinRow.id) == DraftRow.bulletin_id)
            .where(col(BulletinRow.unit_id) == unit_id, col(DraftRow.series) != "")
            .where(col(BulletinRow.state) != BulletinState.WITHDRAWN)
            .where(col(BulletinRow.id) != but_for)
            .order_by(col(BulletinRow.place).desc())
            .limit(AT_ONCE)
        )
        last: dict[str, Series] = {}
        for row in await self._all(statement):
            one = Series.of(json.loads(row[0]))
            last[one.name] = max(one, last.get(one.name, one), key=lambda each: each.part)
        return tuple(last.values())

    async def newest(self, bulletin_id: str) -> str:
        statement = columns(col(RevisionRow.id)).join(BulletinRow, NEWEST)
        (row,) = await self._all(statement.where(col(BulletinRow.id) == bulletin_id))
        newest: str = row[0]
        return newest

    async def submitted_at(self, revision_id: str) -> datetime:
        statement = columns(col(RevisionRow.submitted_at)).where(col(RevisionRow.id) == revision_id)
        (row,) = await self._all(statement)
        at: datetime = row[0]
        return at


def _gave_way() -> ColumnElement[bool]:
    """A time of what recurs that was given up for another, and reached nobody."""
    by_somebody = and_(
        col(BulletinRow.revision) == RevisionRow.number,
        col(BulletinRow.state).in_((BulletinState.STOPPED, BulletinState.SENT)),
    )
    has_sends = exists().where(
        col(OutboxRow.origin_kind) == OriginKind.BROADCAST,
        col(OutboxRow.origin_id) == BroadcastRow.id,
    )
    return and_(
        col(BroadcastRow.state) == BroadcastState.STOPPED,
        col(RevisionRow.recurrence) != "",
        not_(by_somebody),
        not_(has_sends),
    )


def _entry(row: Any) -> PlanEntry:
    state = STATES[BroadcastState(row.state)]
    if row.stands == BulletinState.WITHDRAWN:
        state = PlanState.WITHDRAWN
    elif state is PlanState.PLANNED and row.awaits_word:
        state = PlanState.ASKS
    return PlanEntry(
        fire=Fire(row.planned_at, row.bulletin_id, row.revision_id),
        unit_id=row.unit_id,
        heading=row.title or row.text,
        state=state,
        recurs=bool(row.recurrence),
        series=_series(row.series),
        broadcast_id=row.id,
    )


def _series(written: str) -> Series | None:
    return Series.of(json.loads(written)) if written else None
