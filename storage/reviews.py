"""Rules for approving, and the first of two approvals."""

from dataclasses import asdict, dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.approval import Approval
from domain.model.review_rule import ReviewRule, RuleAbout
from domain.model.unit import Lineage
from storage import rows
from storage.tables.reviews import FirstApprovalRow, ReviewRuleRow


@dataclass(frozen=True, slots=True)
class SqlReviews:
    """Reviewing in SQL."""

    session: AsyncSession

    async def rules_above(self, lineage: Lineage) -> tuple[ReviewRule, ...]:
        theirs = select(ReviewRuleRow).where(col(ReviewRuleRow.unit_id).in_(lineage.unit_ids))
        found = await self.session.exec(theirs.order_by(col(ReviewRuleRow.number)))
        return tuple(
            ReviewRule(**row.model_dump(exclude={"about"}), about=RuleAbout(row.about))
            for row in found
        )

    async def add_rule(self, rule: ReviewRule) -> None:
        await rows.add(self.session, ReviewRuleRow(**asdict(rule)))

    async def add_first_approval(self, approval: Approval) -> None:
        await rows.add(self.session, FirstApprovalRow(**asdict(approval)))

    async def first_approval(self, revision_id: str) -> Approval | None:
        mine = select(FirstApprovalRow).where(FirstApprovalRow.revision_id == revision_id)
        found = await rows.find(self.session, mine)
        return Approval(**found.model_dump()) if found else None
