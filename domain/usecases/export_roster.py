"""The whole roster goes out, as rows that an import takes back unchanged."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Refusal
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.roster import Line
from domain.model.roster_rows import lines_of
from domain.model.unit import Lineage
from domain.ports import Memory


@dataclass(frozen=True, slots=True)
class ExportRoster:
    """Handing the roster out (xuất danh sách)."""

    memory: Memory
    clock: Clock

    async def export_roster(self, actor: Actor) -> tuple[Line, ...]:
        """All rows; that they were taken is on record, with how many, and names nobody."""
        async with self.memory.begin() as work:
            root = await work.units.root()
            if root is None:
                raise Refusal("cli.roster_no_units")
            actor.require(Permission.ROSTER_EXPORT, Lineage((root.id,)))
            lines = lines_of(await work.roster.book())
            now, action = self.clock.now(), Permission.ROSTER_EXPORT
            counts = f"rows={len(lines)}"
            await work.audit.append(AuditEvent(now, actor.id, action, root.id, counts))
            await work.commit()
        return lines
