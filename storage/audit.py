"""The append-only log; its chain is computed where no second writer can come between."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, insert
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.audit import GENESIS, AuditEntry, AuditEvent
from storage.engine import briefly, connection_of, take_turns
from storage.postgres import RECORD
from storage.tables.record import AuditRow


@dataclass(frozen=True, slots=True)
class SqlAudit:
    """The audit log in SQL."""

    session: AsyncSession

    async def append(self, event: AuditEvent) -> None:
        await self.append_all([event])

    async def append_all(self, events: Sequence[AuditEvent]) -> None:
        await take_turns(self.session, RECORD)
        with briefly(self.session, len(events)):
            await self._chain(events)

    async def _chain(self, events: Sequence[AuditEvent]) -> None:
        last = await self._last()
        number, previous = (last.seq, last.hash) if last else (0, GENESIS)
        rows = []
        for seq, event in enumerate(events, number + 1):
            place = {"seq": seq, "previous_hash": previous}
            previous = event.chained_to(previous)
            rows.append(place | asdict(event) | {"hash": previous})
        await connection_of(self.session).execute(_APPEND, rows)

    async def newest(self) -> AuditEntry | None:
        last = await self._last()
        return _entry(last) if last else None

    async def entries(self, after: int = 0, limit: int = 1000) -> tuple[AuditEntry, ...]:
        statement = (
            select(AuditRow).where(AuditRow.seq > after).order_by(col(AuditRow.seq)).limit(limit)
        )
        return tuple(_entry(row) for row in await self.session.exec(statement))

    async def _last(self) -> Row[Any] | None:
        found: Row[Any] | None = (await connection_of(self.session).execute(_LAST)).first()
        return found


_AUDIT = AuditRow.metadata.tables["audit"]
_LAST = columns(_AUDIT).order_by(_AUDIT.c.seq.desc()).limit(1)
_APPEND = insert(_AUDIT)


def _entry(row: AuditRow | Row[Any]) -> AuditEntry:
    event = AuditEvent(row.at, row.actor_id, row.action, row.subject, row.detail)
    return AuditEntry(row.seq, event, row.previous_hash, row.hash)
