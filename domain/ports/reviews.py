"""What main remembers of reviewing, beside the approval that counts."""

from datetime import datetime
from typing import Protocol

from domain.model.approval import FirstApproval
from domain.model.reminder import ReminderStep
from domain.model.review_note import ReviewNote
from domain.model.review_rule import ReviewRule
from domain.model.unit import Lineage


class Reviews(Protocol):
    """Rules for approving, first approvals, notes, reminders; none is changed or removed."""

    async def rules_above(self, lineage: Lineage) -> tuple[ReviewRule, ...]:
        """Of a unit and of all above it, in the order of their numbers."""
        ...

    async def add_rule(self, rule: ReviewRule) -> None: ...
    async def add_first_approval(self, approval: FirstApproval) -> None:
        """The first of two: nothing can be planned by it."""
        ...

    async def first_approval(self, revision_id: str) -> FirstApproval | None: ...

    async def add_note(self, note: ReviewNote) -> None: ...
    async def notes_on(self, bulletin_id: str, revision: int) -> tuple[ReviewNote, ...]:
        """On a bulletin's revision of this number and all before it, the newest first."""
        ...

    async def waiting(self) -> tuple[str, ...]:
        """The newest revisions that wait for a decision, wherever, the oldest first."""
        ...

    async def submitted_at(self, revision_id: str) -> datetime: ...
    async def add_reminder(self, revision_id: str, step: ReminderStep, now: datetime) -> bool:
        """Whether this step had not been taken yet."""
        ...
