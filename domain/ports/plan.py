"""What main knows of the plan: light rows, many at a time."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from domain.model.plan import Fire, PlanEntry, PlanRule, Waiting
from domain.model.series import Series


class Plan(Protocol):
    """The plan; nothing of it is hashed again, which is done when one entry is opened."""

    async def entries(
        self, unit_ids: Sequence[str], begin: datetime, end: datetime
    ) -> tuple[PlanEntry, ...]:
        """What went out or is to go out, by units in whose subtrees it was written, in order.

        A time that gave way to another when the calendar changed is left out.
        """
        ...

    async def fires(self, begin: datetime, end: datetime) -> tuple[Fire, ...]:
        """What comes to groups in this time, whoever wrote it."""
        ...

    async def rules(self, unit_ids: Sequence[str]) -> tuple[PlanRule, ...]:
        """What is approved and recurs."""
        ...

    async def waiting(self, unit_ids: Sequence[str]) -> tuple[Waiting, ...]:
        """What waits for approval, the oldest first."""
        ...

    async def sizes(self, revision_ids: Collection[str]) -> dict[str, int]:
        """How many groups each of these goes to."""
        ...

    async def groups(self, revision_ids: Collection[str]) -> dict[str, frozenset[str]]:
        """To which groups each of these goes."""
        ...

    async def units_of(self, bulletin_ids: Collection[str]) -> dict[str, str]:
        """Which unit wrote each of these."""
        ...

    async def series(self, unit_id: str, but_for: str) -> tuple[Series, ...]:
        """The last part of each series that was begun at a unit, the latest first; one bulletin's
        own is left out.
        """
        ...

    async def newest(self, bulletin_id: str) -> str:
        """The newest revision's id."""
        ...

    async def submitted_at(self, revision_id: str) -> datetime: ...
    async def places_with_groups(self, unit_ids: Sequence[str]) -> frozenset[str]:
        """Those of these units that have a residents' group, they or a unit below."""
        ...

    async def fed(
        self, unit_ids: Sequence[str], begin: datetime, end: datetime
    ) -> tuple[tuple[str, datetime], ...]:
        """When something comes to a group at or below which of these units."""
        ...

    async def fed_by(
        self, revision_ids: Sequence[str], unit_ids: Sequence[str]
    ) -> tuple[tuple[str, str], ...]:
        """Which of these revisions comes to a group at or below which of these units."""
        ...
