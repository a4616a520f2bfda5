"""Sessions counted by place, one statement for all below a unit; and one person's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, distinct, exists, func, or_
from sqlalchemy import select as columns
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.clock import LOCAL_ZONE, Clock
from domain.model.access import Role
from domain.model.activity import Count, Idle, Questions
from domain.model.delivery import OriginKind, to_person
from domain.model.opinion import OPEN_CASES
from domain.model.session import SessionState
from storage.engine import connection_of
from storage.tables.cases import OpinionRow
from storage.tables.offices import GrantRow, PersonRow, UnitClosureRow, UnitRow
from storage.tables.outbox import OutboxRow
from storage.tables.sessions import QuestionRow, SessionRow
from storage.terms import in_force

LOGGED = (SessionState.SUBMITTED, SessionState.CONFIRMED)
_IS_CONFIRMED = col(SessionRow.state) == SessionState.CONFIRMED
COUNTED = (
    func.count(case((_IS_CONFIRMED, 1))),
    func.coalesce(func.sum(case((_IS_CONFIRMED, SessionRow.people))), 0),
    func.count(distinct(case((_IS_CONFIRMED, SessionRow.bulletin_id)))),
    func.count(case((~_IS_CONFIRMED, 1))),
)
"""What a Count holds, of what was logged: the same for a place and for a person."""


@dataclass(frozen=True, slots=True)
class SqlActivity:
    """Activity in SQL."""

    session: AsyncSession
    clock: Clock

    async def by_place(self, unit_id: str, begin: datetime, end: datetime) -> Mapping[str, Count]:
        counted = columns(col(UnitRow.id), *COUNTED).select_from(SessionRow)
        statement = by_places(counted, SessionRow.unit_id, unit_id).where(*_logged(begin, end))
        found = await connection_of(self.session).execute(statement)
        return {place: Count(*map(int, counts)) for place, *counts in found}

    async def of_person(self, person_id: str, begin: datetime, end: datetime) -> Count:
        theirs = col(SessionRow.person_id) == person_id
        statement = columns(*COUNTED).where(theirs, *_logged(begin, end))
        counts = (await connection_of(self.session).execute(statement)).one()
        return Count(*map(int, counts))

    async def returned_to(self, person_id: str, begin: datetime, end: datetime) -> int:
        theirs = col(SessionRow.person_id) == person_id
        statement = columns(func.count()).where(theirs, *_held(begin, end, SessionState.RETURNED))
        return int((await connection_of(self.session).execute(statement)).scalar_one())

    async def questions_of(self, person_id: str, begin: datetime, end: datetime) -> Questions:
        is_open = col(OpinionRow.state).in_(OPEN_CASES)
        statement = (
            columns(func.count(), func.count(case((is_open, 1))))
            .select_from(QuestionRow)
            .join(SessionRow, col(SessionRow.id) == QuestionRow.session_id)
            .outerjoin(OpinionRow, col(OpinionRow.id) == QuestionRow.opinion_id)
            .where(col(SessionRow.person_id) == person_id)
            .where(col(QuestionRow.filed_at).is_not(None))
            .where(col(SessionRow.start_at) >= begin, col(SessionRow.start_at) < end)
        )
        raised, still_open = (await connection_of(self.session).execute(statement)).one()
        return Questions(int(raised), int(raised - still_open))

    async def open_questions(self, unit_id: str) -> Mapping[str, int]:
        counted = (
            columns(col(UnitRow.id), func.count())
            .select_from(QuestionRow)
            .join(SessionRow, col(SessionRow.id) == QuestionRow.session_id)
            .join(OpinionRow, col(OpinionRow.id) == QuestionRow.opinion_id)
        )
        statement = by_places(counted, SessionRow.unit_id, unit_id)
        still_open = statement.where(col(OpinionRow.state).in_(OPEN_CASES))
        found = await connection_of(self.session).execute(still_open)
        return {place: int(count) for place, count in found}

    async def idle(self, unit_id: str, begin: datetime, end: datetime) -> tuple[Idle, ...]:
        today = self.clock.now().astimezone(LOCAL_ZONE).date()
        active = exists().where(
            col(SessionRow.person_id) == PersonRow.id,
            col(SessionRow.state).in_(LOGGED),
            col(SessionRow.start_at) >= begin,
            col(SessionRow.start_at) < end,
        )
        statement = (
            columns(col(PersonRow.id), col(PersonRow.languages))
            .distinct()
            .join(GrantRow, col(GrantRow.person_id) == PersonRow.id)
            .join(UnitClosureRow, col(UnitClosureRow.descendant_id) == GrantRow.unit_id)
            .where(col(UnitClosureRow.ancestor_id) == unit_id)
            .where(col(GrantRow.role) == Role.COMMUNICATOR)
            .where(col(PersonRow.account).is_not(None), *in_force(today))
            .where(~active)
            .order_by(PersonRow.id)
        )
        found = await connection_of(self.session).execute(statement)
        return tuple(
            Idle(person, tuple(filter(None, spoken.split(",")))) for person, spoken in found
        )

    async def reminded(self, about: str) -> frozenset[str]:
        person = to_person("")
        statement = columns(col(OutboxRow.destination)).where(
            col(OutboxRow.origin_kind) == OriginKind.CARD, col(OutboxRow.origin_id) == about
        )
        found = (await connection_of(self.session).execute(statement)).scalars()
        return frozenset(one.removeprefix(person) for one in found if one.startswith(person))


def _logged(begin: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return _held(begin, end, *LOGGED)


def _held(begin: datetime, end: datetime, *states: SessionState) -> tuple[ColumnElement[bool], ...]:
    start = col(SessionRow.start_at)
    return (col(SessionRow.state).in_(states), start >= begin, start < end)


def by_places(counted: Select[*tuple[Any, ...]], held_at: str, unit_id: str) -> Select[Any]:
    """Of a unit with all below it, and of each place right below it with all below that."""
    return (
        counted.join(UnitClosureRow, col(UnitClosureRow.descendant_id) == held_at)
        .join(UnitRow, col(UnitRow.id) == UnitClosureRow.ancestor_id)
        .where(or_(col(UnitRow.id) == unit_id, col(UnitRow.parent_id) == unit_id))
        .group_by(UnitRow.id)
    )
