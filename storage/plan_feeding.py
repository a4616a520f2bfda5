"""Which places get something when: from revisions by way of their groups to units."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_
from sqlalchemy import select as columns
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.broadcast import BroadcastState
from domain.model.chat import ChatPurpose, ChatState
from storage.engine import connection_of
from storage.tables.news import BroadcastRow, RevisionChatRow
from storage.tables.offices import ChatRow, UnitClosureRow

AT_ONCE = 500
"""Ids in one statement; databases take only so many."""
COMES = (BroadcastState.PLANNED, BroadcastState.RELEASED, BroadcastState.FINISHED)


@dataclass(frozen=True, slots=True)
class SqlFeeding:
    """The part of the plan that is about places."""

    session: AsyncSession

    async def places_with_groups(self, unit_ids: Sequence[str]) -> frozenset[str]:
        above = col(UnitClosureRow.ancestor_id)
        statement = (
            columns(above)
            .join(ChatRow, col(ChatRow.unit_id) == UnitClosureRow.descendant_id)
            .where(above.in_(unit_ids), _is_residents())
            .distinct()
        )
        return frozenset(row[0] for row in await self._all(statement))

    async def fed(
        self, unit_ids: Sequence[str], begin: datetime, end: datetime
    ) -> tuple[tuple[str, datetime], ...]:
        above, at = col(UnitClosureRow.ancestor_id), col(BroadcastRow.planned_at)
        statement = (
            _through_groups(columns(above, at))
            .join(BroadcastRow, col(BroadcastRow.revision_id) == RevisionChatRow.revision_id)
            .where(above.in_(unit_ids), at >= begin, at < end)
            .where(col(BroadcastRow.state).in_(COMES))
            .distinct()
        )
        return tuple((row[0], row[1]) for row in await self._all(statement))

    async def fed_by(
        self, revision_ids: Sequence[str], unit_ids: Sequence[str]
    ) -> tuple[tuple[str, str], ...]:
        above, revision = col(UnitClosureRow.ancestor_id), col(RevisionChatRow.revision_id)
        found: list[tuple[str, str]] = []
        for some in some_of(revision_ids):
            statement = _through_groups(columns(revision, above)).where(
                above.in_(unit_ids), revision.in_(some)
            )
            found += [(row[0], row[1]) for row in await self._all(statement.distinct())]
        return tuple(found)

    async def _all(self, statement: Executable) -> Sequence[Any]:
        return list(await connection_of(self.session).execute(statement))


def _through_groups(statement: Any) -> Any:
    """From revisions by way of their groups to the units at and above these."""
    return (
        statement.select_from(RevisionChatRow)
        .join(ChatRow, col(ChatRow.id) == RevisionChatRow.chat_id)
        .join(UnitClosureRow, col(UnitClosureRow.descendant_id) == ChatRow.unit_id)
    )


def _is_residents() -> ColumnElement[bool]:
    living = col(ChatRow.state) == ChatState.ACTIVE
    return and_(col(ChatRow.purpose) == ChatPurpose.RESIDENTS, living)


def some_of(ids: Iterable[str]) -> Iterator[list[str]]:
    """So many at a time, each of them once."""
    left = iter(dict.fromkeys(ids))
    while some := list(islice(left, AT_ONCE)):
        yield some
