"""What the deadlines of open cases depend on, read each minute: no more of them than needed."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.case_news import CaseNews
from domain.model.case_times import CaseClock, CaseStep
from domain.model.opinion import OPEN_CASES, UNREAD, OpinionState
from domain.model.opinion_kind import OpinionKind
from storage.engine import connection_of
from storage.tables.cases import CaseStepRow, OpinionRow

_NOT_IN_HAND = UNREAD | {OpinionState.RECEIVED}


async def clocks(session: AsyncSession, until: datetime) -> tuple[CaseClock, ...]:
    wanted = [getattr(OpinionRow, one.name) for one in fields(CaseClock)]
    found = await connection_of(session).execute(columns(*wanted).where(_looked_at(until)))
    return tuple(_clock(row) for row in found)


def _clock(row: Row[Any]) -> CaseClock:
    kind = OpinionKind(row.kind) if row.kind else None
    return CaseClock(**row._asdict() | {"state": OpinionState(row.state), "kind": kind})


async def told_steps(session: AsyncSession, until: datetime) -> frozenset[CaseStep]:
    these = select(OpinionRow.id).where(_looked_at(until))
    told = select(CaseStepRow).where(col(CaseStepRow.opinion_id).in_(these))
    return frozenset(
        CaseStep(row.opinion_id, CaseNews(row.news), row.about) for row in await session.exec(told)
    )


def _looked_at(until: datetime) -> ColumnElement[bool]:
    state, due = col(OpinionRow.state), col(OpinionRow.due_at)
    in_hand = OPEN_CASES - _NOT_IN_HAND
    return or_(state.in_(_NOT_IN_HAND), and_(state.in_(in_hand), due <= until))
