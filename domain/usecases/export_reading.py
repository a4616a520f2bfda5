"""What goes out on a day where a unit is, word for word, for whoever reads it out to the place."""

from dataclasses import dataclass
from datetime import date

from domain.clock import Clock
from domain.errors import Refusal
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.morning import MorningLine, local_day
from domain.model.text import visible
from domain.model.unit import Unit
from domain.ports import Memory
from domain.usecases.read_morning import going_out


@dataclass(frozen=True, slots=True)
class ExportReading:
    """Handing out what is to be read over the loudspeaker (bản đọc phát thanh)."""

    memory: Memory
    clock: Clock

    async def export_reading(
        self, actor: Actor, unit_code: str, day: date | None = None
    ) -> tuple[Unit, date, tuple[MorningLine, ...]]:
        """What is planned or sent at, above and below the unit on a day, today if none is named.

        Only what stands, and whose words are those that were approved.
        """
        day = day or local_day(self.clock.now())
        async with self.memory.begin() as work:
            unit = await work.units.by_code(unit_code)
            if unit is None:
                raise Refusal("invite.no_such_unit", code=unit_code)
            actor.require(Permission.BULLETIN_EXPORT, await work.units.lineage(unit.id))
            lines = await going_out(work, [unit.id], day)
            sound = tuple(line for line in lines if _says_what_was_approved(line))
            now, action = self.clock.now(), Permission.BULLETIN_EXPORT
            told = f"day={day} bulletins={len(sound)}"
            await work.audit.append(AuditEvent(now, actor.id, action, unit.id, told))
            await work.commit()
        return unit, day, sound


def _says_what_was_approved(line: MorningLine) -> bool:
    """Whether the bare words, which no hash covers, stand in the page that it does cover."""
    return line.text.revision.text in visible(line.text.in_language("vi"))
