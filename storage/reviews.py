"""Rules for approving, the first of two approvals, notes and reminders."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.approval import FirstApproval
from domain.model.bulletin import BulletinState
from domain.model.reminder import ReminderStep
from domain.model.review_note import ReviewNote
from domain.model.review_rule import ReviewRule, RuleAbout
from domain.model.unit import Lineage
from storage import rows
from storage.bulletins import NEWEST
from storage.tables.news import BulletinRow, RevisionRow
from storage.tables.reviews import FirstApprovalRow, ReminderRow, ReviewNoteRow, ReviewRuleRow


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

    async def add_first_approval(self, approval: FirstApproval) -> None:
        await rows.add(self.session, FirstApprovalRow(**asdict(approval)))

    async def first_approval(self, revision_id: str) -> FirstApproval | None:
        mine = select(FirstApprovalRow).where(FirstApprovalRow.revision_id == revision_id)
        found = await rows.find(self.session, mine)
        return FirstApproval(**found.model_dump()) if found else None

    async def add_note(self, note: ReviewNote) -> None:
        await rows.add(self.session, ReviewNoteRow(**asdict(note)))

    async def notes_on(self, bulletin_id: str, revision: int) -> tuple[ReviewNote, ...]:
        statement = (
            select(ReviewNoteRow)
            .join(RevisionRow, col(RevisionRow.id) == ReviewNoteRow.revision_id)
            .where(RevisionRow.bulletin_id == bulletin_id, RevisionRow.number <= revision)
            .order_by(col(RevisionRow.number).desc(), col(ReviewNoteRow.number).desc())
        )
        found = await self.session.exec(statement)
        return tuple(ReviewNote(**row.model_dump()) for row in found)

    async def waiting(self) -> tuple[str, ...]:
        statement = (
            select(RevisionRow.id)
            .join(BulletinRow, NEWEST)
            .where(BulletinRow.state == BulletinState.IN_REVIEW)
            .order_by(col(RevisionRow.submitted_at), RevisionRow.id)
        )
        return tuple(await self.session.exec(statement))

    async def submitted_at(self, revision_id: str) -> datetime:
        statement = select(RevisionRow).where(RevisionRow.id == revision_id)
        return (await rows.get(self.session, statement, revision_id)).submitted_at

    async def add_reminder(self, revision_id: str, step: ReminderStep, now: datetime) -> bool:
        row = ReminderRow(revision_id=revision_id, step=step, reminded_at=now)
        return await rows.add_if_new(self.session, row)
