"""Roster checks in SQL: which were made, and when people were last there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.model.access import Role
from storage import rows
from storage.tables.checks import RosterCheckRow, SeenRow
from storage.tables.offices import GrantRow, PersonRow, UnitRow
from storage.terms import in_force


@dataclass(frozen=True, slots=True)
class SqlChecks:
    """Checks in SQL."""

    session: AsyncSession

    async def waiting(self, month: date, today: date) -> tuple[str, ...]:
        made = select(RosterCheckRow.unit_id).where(RosterCheckRow.month == month)
        supervised = _supervising(select(GrantRow.unit_id), today)
        statement = (
            select(UnitRow.id)
            .where(col(UnitRow.id).in_(supervised), col(UnitRow.id).not_in(made))
            .order_by(UnitRow.code)
        )
        return tuple(await self.session.exec(statement))

    async def begin(self, unit_id: str, month: date) -> bool:
        return await rows.add_if_new(self.session, RosterCheckRow(unit_id=unit_id, month=month))

    async def supervisors(self, unit_id: str, today: date) -> tuple[str, ...]:
        here = _supervising(select(GrantRow.person_id), today).where(GrantRow.unit_id == unit_id)
        return tuple(await self.session.exec(here.distinct().order_by(GrantRow.person_id)))

    async def saw(self, person_id: str, day: date) -> None:
        seen = rows.insert(self.session, SeenRow).values(person_id=person_id, seen_on=day)
        later = seen.on_conflict_do_update(
            index_elements=["person_id"],
            set_={"seen_on": day},
            where=col(SeenRow.seen_on) < day,
        )
        await rows.change(self.session, later)


def _supervising(what: SelectOfScalar[Any], today: date) -> SelectOfScalar[Any]:
    """Of grants that make somebody who has joined a supervisor today."""
    return (
        what.join(PersonRow, col(PersonRow.id) == GrantRow.person_id)
        .where(GrantRow.role == Role.SUPERVISOR, col(PersonRow.account).is_not(None))
        .where(*in_force(today))
    )
