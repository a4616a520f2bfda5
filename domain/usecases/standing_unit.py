"""A unit that somebody works for, also by a button from before it was merged."""

from domain.model.access import Actor, Permission
from domain.model.unit import Unit
from domain.ports import Work


async def standing_unit(work: Work, actor: Actor, permission: Permission, unit_id: str) -> Unit:
    """The unit, or what stands for it since it was merged: what it kept lies with that one only."""
    unit = await work.units.standing(unit_id)
    actor.require(permission, await work.units.lineage(unit.id))
    return unit
