"""Publications: what groups got, found again for everybody to read."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, not_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.delivery import EntryState, OriginKind
from storage import rows
from storage.broadcasts import broadcast_of
from storage.tables.news import BroadcastRow, BulletinRow, RevisionRow
from storage.tables.outbox import OutboxRow

WENT_OUT = (BroadcastState.RELEASED, BroadcastState.FINISHED)


@dataclass(frozen=True, slots=True)
class SqlPublications:
    """Publications in SQL."""

    session: AsyncSession

    async def latest(self, limit: int, skip: int) -> tuple[Broadcast, ...]:
        statement = (
            _standing()
            .where(not_(_came_again()))
            .order_by(col(BroadcastRow.planned_at).desc(), BroadcastRow.id)
            .offset(skip)
            .limit(limit)
        )
        return tuple(broadcast_of(row) for row in await self.session.exec(statement))

    async def find(self, broadcast_id: str) -> Broadcast | None:
        found = await rows.find(self.session, _standing().where(BroadcastRow.id == broadcast_id))
        return broadcast_of(found) if found else None

    async def was_withdrawn(self, broadcast_id: str) -> bool:
        statement = (
            select(BroadcastRow)
            .join(BulletinRow, col(BulletinRow.id) == BroadcastRow.bulletin_id)
            .where(BroadcastRow.id == broadcast_id)
            .where(BulletinRow.state == BulletinState.WITHDRAWN, _arrived())
        )
        return await rows.find(self.session, statement) is not None

    async def of_revision(self, revision_id: str) -> str:
        return await self._last(_standing().where(BroadcastRow.revision_id == revision_id))

    async def correcting(self, revision_id: str) -> str:
        return await self._last(_standing().where(RevisionRow.corrects == revision_id))

    async def following(self, revision_id: str) -> str:
        return await self._last(_standing().where(RevisionRow.follows == revision_id))

    async def _last(self, statement: SelectOfScalar[BroadcastRow]) -> str:
        newest = statement.order_by(col(BroadcastRow.planned_at).desc(), BroadcastRow.id)
        found = await rows.find(self.session, newest)
        return found.id if found else ""


def _standing() -> SelectOfScalar[BroadcastRow]:
    """What went out and was neither stopped nor taken back."""
    return (
        select(BroadcastRow)
        .join(BulletinRow, col(BulletinRow.id) == BroadcastRow.bulletin_id)
        .join(RevisionRow, col(RevisionRow.id) == BroadcastRow.revision_id)
        .where(col(BroadcastRow.state).in_(WENT_OUT), _arrived())
        .where(BulletinRow.state != BulletinState.WITHDRAWN)
    )


def _arrived(broadcast: type[BroadcastRow] = BroadcastRow) -> ColumnElement[bool]:
    """At least one group got it."""
    return (
        exists()
        .where(col(OutboxRow.origin_kind) == OriginKind.BROADCAST)
        .where(col(OutboxRow.origin_id) == col(broadcast.id))
        .where(col(OutboxRow.state) == EntryState.SENT)
    )


def _came_again() -> ColumnElement[bool]:
    """A later time of the same text arrived, and stands in its place; not so of templates."""
    later = aliased(BroadcastRow)
    return (
        exists()
        .where(col(RevisionRow.recurrence) != "")
        .where(col(later.revision_id) == BroadcastRow.revision_id)
        .where(col(later.planned_at) > BroadcastRow.planned_at)
        .where(col(later.state).in_(WENT_OUT), _arrived(later))
    )
