"""What main remembers of reviewing, beside the approval that counts."""

from typing import Protocol

from domain.model.approval import Approval
from domain.model.review_rule import ReviewRule
from domain.model.unit import Lineage


class Reviews(Protocol):
    """Rules for approving, and the first of two approvals; none is changed or removed."""

    async def rules_above(self, lineage: Lineage) -> tuple[ReviewRule, ...]:
        """Of a unit and of all above it, in the order of their numbers."""
        ...

    async def add_rule(self, rule: ReviewRule) -> None: ...
    async def add_first_approval(self, approval: Approval) -> None:
        """The first of two: nothing can be planned by it."""
        ...

    async def first_approval(self, revision_id: str) -> Approval | None: ...
