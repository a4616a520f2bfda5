"""The tree of units, with a closure table that answers "what is above" and "what is below"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, or_, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.errors import Missing
from domain.model.locality import Point
from domain.model.unit import Lineage, QuietHours, Unit, UnitKind
from storage import rows
from storage.engine import connection_of
from storage.tables.offices import UnitClosureRow, UnitRow


@dataclass(frozen=True, slots=True)
class SqlUnits:
    """Units in SQL."""

    session: AsyncSession

    async def get(self, unit_id: str) -> Unit:
        return unit_of(await rows.get_by_id(self.session, _BY_ID, unit_id))

    async def by_code(self, code: str) -> Unit | None:
        found = await rows.find(self.session, select(UnitRow).where(UnitRow.code == code))
        return unit_of(found) if found else None

    async def root(self) -> Unit | None:
        top = select(UnitRow).where(col(UnitRow.parent_id).is_(None)).order_by(UnitRow.code)
        found = await rows.find(self.session, top)
        return unit_of(found) if found else None

    async def children(self, unit_id: str) -> tuple[Unit, ...]:
        below = select(UnitRow).where(UnitRow.parent_id == unit_id, _STANDS).order_by(UnitRow.name)
        return tuple(unit_of(row) for row in await self.session.exec(below))

    async def all(self) -> tuple[Unit, ...]:
        everywhere = await self.session.exec(select(UnitRow).order_by(UnitRow.code))
        return tuple(unit_of(row) for row in everywhere)

    async def standing(self, unit_id: str) -> Unit:
        unit = await self.get(unit_id)
        return await self.get(unit.successor_id) if unit.successor_id else unit

    async def quiet_hours(self) -> tuple[QuietHours, ...]:
        start, end = col(UnitRow.quiet_from), col(UnitRow.quiet_until)
        found = await self.session.exec(select(start, end).distinct().order_by(start, end))
        return tuple(QuietHours(start, end) for start, end in found if start and end)

    async def lineage(self, unit_id: str) -> Lineage:
        found = await connection_of(self.session).execute(_UPWARDS, {"unit_id": unit_id})
        unit_ids = tuple(found.scalars())
        if not unit_ids:
            raise Missing(unit_id)
        return Lineage(unit_ids)

    async def subtree(self, unit_id: str) -> tuple[Unit, ...]:
        below = (
            select(UnitRow)
            .join(UnitClosureRow, col(UnitClosureRow.descendant_id) == UnitRow.id)
            .where(UnitClosureRow.ancestor_id == unit_id)
            .where(or_(_STANDS, col(UnitRow.id) == unit_id))
            .order_by(col(UnitClosureRow.depth) > 0, UnitRow.name)
        )
        return tuple(unit_of(row) for row in await self.session.exec(below))

    async def populations(self, unit_ids: Sequence[str]) -> dict[str, int]:
        found = await connection_of(self.session).execute(_POPULATIONS, {"units": unit_ids})
        return {row.unit_id: row.population for row in found}  # the nearest comes last

    async def describe(self, unit: Unit) -> None:
        this = update(UnitRow).where(col(UnitRow.id) == unit.id)
        if not await rows.change(self.session, this.values(_locality(unit))):
            raise Missing(unit.id)

    async def add(self, unit: Unit) -> None:
        await rows.add(self.session, _row(unit))
        above = await self.lineage(unit.parent_id) if unit.parent_id else Lineage(())
        links = [
            UnitClosureRow(ancestor_id=ancestor, descendant_id=unit.id, depth=depth)
            for depth, ancestor in enumerate((unit.id, *above.unit_ids))
        ]
        await rows.add(self.session, *links)


_BY_ID = rows.by_id(UnitRow)
_STANDS = col(UnitRow.ended_on).is_(None)
_CLOSURE = UnitClosureRow.metadata.tables["unit_closure"]
_UPWARDS = (
    columns(_CLOSURE.c.ancestor_id)
    .where(_CLOSURE.c.descendant_id == bindparam("unit_id"))
    .order_by(_CLOSURE.c.depth)
)
_UNIT = UnitRow.metadata.tables["unit"]
_POPULATIONS = (
    columns(_CLOSURE.c.descendant_id.label("unit_id"), _UNIT.c.population)
    .join(_UNIT, _UNIT.c.id == _CLOSURE.c.ancestor_id)
    .where(_CLOSURE.c.descendant_id.in_(bindparam("units", expanding=True)))
    .where(_UNIT.c.population.is_not(None))
    .order_by(_CLOSURE.c.depth.desc())
)


def unit_of(row: UnitRow | Row[Any]) -> Unit:
    start, end = row.quiet_from, row.quiet_until
    return Unit(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=UnitKind(row.kind),
        parent_id=row.parent_id,
        issuing_body=row.issuing_body,
        quiet_hours=QuietHours(start, end) if start is not None and end is not None else None,
        population=row.population,
        point=_point(row),
        ended_on=row.ended_on,
        successor_id=row.successor_id,
    )


def _point(row: UnitRow | Row[Any]) -> Point | None:
    latitude, longitude = row.latitude, row.longitude
    return None if latitude is None or longitude is None else Point(latitude, longitude)


def _row(unit: Unit) -> UnitRow:
    quiet = unit.quiet_hours
    return UnitRow(
        id=unit.id,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        parent_id=unit.parent_id,
        issuing_body=unit.issuing_body,
        quiet_from=quiet.start if quiet else None,
        quiet_until=quiet.end if quiet else None,
        **_locality(unit),
    )


def _locality(unit: Unit) -> dict[str, Any]:
    point = unit.point
    return {
        "population": unit.population,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
    }
