"""What main remembers of the plans for a month."""

from typing import Protocol

from domain.model.monthly_plan import MonthlyPlan
from domain.model.unit import Lineage


class MonthlyPlans(Protocol):
    """The plans that were ever set; none is changed or removed."""

    async def above(self, lineage: Lineage) -> tuple[MonthlyPlan, ...]:
        """Of a unit and of all above it, in the order of their numbers."""
        ...

    async def add(self, plan: MonthlyPlan) -> None: ...
