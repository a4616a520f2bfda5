"""The places that get a poster: communes, for their offices, and all hamlets below a unit."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.model.access import Actor, Permission
from domain.model.unit import COMMUNE_KINDS, HAMLET_KINDS, Unit
from domain.ports import Memory
from domain.usecases.announce import root_of

WITH_POSTER = COMMUNE_KINDS | HAMLET_KINDS


@dataclass(frozen=True, slots=True)
class Placed:
    """A place and the name of what it lies in (nơi treo áp phích)."""

    unit: Unit
    above: str
    """'' of what lies right below the top."""


@dataclass(frozen=True, slots=True)
class ListPlaces:
    """Listing places for posters (danh sách nơi treo áp phích)."""

    memory: Memory

    async def list_places(self, actor: Actor, unit_code: str = "") -> tuple[Placed, ...]:
        """Of a unit and all below it, or of the whole office; Refusal if there are none."""
        async with self.memory.begin() as work:
            root = await root_of(work)
            unit = await work.units.by_code(unit_code) if unit_code else root
            if unit is None:
                raise Refusal("invite.no_such_unit", code=unit_code)
            actor.require(Permission.ROSTER_EXPORT, await work.units.lineage(unit.id))
            below = await work.units.subtree(unit.id)
            parent = await work.units.get(unit.parent_id) if unit.parent_id else None
        names = {one.id: one.name for one in (*below, *([parent] if parent else []))}
        names.pop(root.id, None)
        found = [one for one in below if one.kind in WITH_POSTER]
        if not found:
            raise Refusal("cli.posters_none", unit=unit.name)
        return tuple(Placed(one, names.get(one.parent_id or "", "")) for one in found)
