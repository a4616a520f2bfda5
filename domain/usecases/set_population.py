"""A supervisor says how many people live in a unit, so that an odd count of listeners is seen."""

from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button
from domain.model.dialog import Awaited, Dialog
from domain.model.locality import read_population
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work

SHOW = "population:show"


@dataclass(frozen=True, slots=True)
class SetPopulation:
    """Setting a unit's population (đặt dân số)."""

    memory: Memory
    clock: Clock

    async def show_population(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Unit:
        """The unit with its figure as it stands; the next plain message sets another."""
        async with self.memory.begin(cause) as work:
            unit = await _theirs(work, actor, button.subject)
            await work.dialogs.open(Dialog(actor.id, Awaited.POPULATION, unit.id))
            await work.commit()
        return unit

    async def set_population(
        self, actor: Actor, unit_id: str, typed: str, cause: Cause | None = None
    ) -> Unit:
        """From now on sessions that wait there are compared with it."""
        people, now = read_population(typed), self.clock.now()
        async with self.memory.begin(cause) as work:
            unit = replace(await _theirs(work, actor, unit_id), population=people)
            await work.units.describe(unit)
            await work.dialogs.close(actor.id)
            action, detail = Permission.POPULATION_SET, f"people={people}"
            await work.audit.append(AuditEvent(now, actor.id, action, unit.id, detail))
            await work.commit()
        return unit


async def _theirs(work: Work, actor: Actor, unit_id: str) -> Unit:
    actor.require(Permission.POPULATION_SET, await work.units.lineage(unit_id))
    return await work.units.get(unit_id)
