"""The plans for a month, as they were set one after the other."""

from dataclasses import asdict, dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.monthly_plan import MonthlyPlan
from domain.model.unit import Lineage
from storage import rows
from storage.tables.sessions import MonthlyPlanRow


@dataclass(frozen=True, slots=True)
class SqlMonthlyPlans:
    """Plans in SQL."""

    session: AsyncSession

    async def above(self, lineage: Lineage) -> tuple[MonthlyPlan, ...]:
        theirs = select(MonthlyPlanRow).where(col(MonthlyPlanRow.unit_id).in_(lineage.unit_ids))
        found = await self.session.exec(theirs.order_by(col(MonthlyPlanRow.number)))
        return tuple(MonthlyPlan(**row.model_dump()) for row in found)

    async def add(self, plan: MonthlyPlan) -> None:
        await rows.add(self.session, MonthlyPlanRow(**asdict(plan)))
