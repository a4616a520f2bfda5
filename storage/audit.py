"""The append-only log; its chain is computed where no second writer can come between."""

from dataclasses import asdict, dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.audit import GENESIS, AuditEntry, AuditEvent
from storage import rows
from storage.engine import take_turns
from storage.postgres import RECORD
from storage.tables.record import AuditRow


@dataclass(frozen=True, slots=True)
class SqlAudit:
    """The audit log in SQL."""

    session: AsyncSession

    async def append(self, event: AuditEvent) -> None:
        await take_turns(self.session, RECORD)
        last = await self.newest()
        previous = last.hash if last else GENESIS
        row = AuditRow(
            seq=last.seq + 1 if last else 1,
            previous_hash=previous,
            hash=event.chained_to(previous),
            **asdict(event),
        )
        await rows.add(self.session, row)

    async def newest(self) -> AuditEntry | None:
        statement = select(AuditRow).order_by(col(AuditRow.seq).desc())
        last = await rows.find(self.session, statement)
        return _entry(last) if last else None

    async def entries(self, after: int = 0, limit: int = 1000) -> tuple[AuditEntry, ...]:
        statement = (
            select(AuditRow).where(AuditRow.seq > after).order_by(col(AuditRow.seq)).limit(limit)
        )
        return tuple(_entry(row) for row in await self.session.exec(statement))


def _entry(row: AuditRow) -> AuditEntry:
    event = AuditEvent(row.at, row.actor_id, row.action, row.subject, row.detail)
    return AuditEntry(row.seq, event, row.previous_hash, row.hash)
