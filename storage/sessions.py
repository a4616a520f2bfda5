"""Outreach sessions: what figures need in columns, every other answer as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.errors import LostRace
from domain.model.access import Role
from domain.model.broadcast import BroadcastState
from domain.model.delivery import OriginKind
from domain.model.opinion import OpinionState
from domain.model.roster import TeamRole
from domain.model.session import (
    OutreachSession,
    RaisedQuestion,
    SessionState,
    UsedBulletin,
    Value,
)
from domain.model.unit import Lineage
from storage import rows
from storage.tables.cases import OpinionRow
from storage.tables.news import BroadcastRow, RevisionRow
from storage.tables.offices import SeatRow
from storage.tables.outbox import OutboxRow
from storage.tables.sessions import QuestionRow, SessionRow

COLUMNS = {
    "start": "start_at",
    "minutes": "minutes",
    "mode": "mode",
    "people": "people",
    "households": "households",
    "place": "place",
    "topic": "topic",
    "bulletin": "bulletin_id",
    "field": "field",
}
"""The answers that have a column of their own, by the key of their field."""
_LEADS = col(SeatRow.role) == TeamRole.LEADER
LOOKED_THROUGH = 40
"""Sessions of one person in which places are looked for."""


@dataclass(frozen=True, slots=True)
class SqlSessions:
    """Sessions in SQL."""

    session: AsyncSession

    async def add(self, session: OutreachSession) -> None:
        await rows.add(self.session, SessionRow(**_columns(session)))

    async def get(self, session_id: str) -> OutreachSession:
        statement = select(SessionRow).where(SessionRow.id == session_id)
        return _session(await rows.get(self.session, statement, session_id))

    async def save(self, session: OutreachSession, was: OutreachSession) -> None:
        unchanged = col(SessionRow.version) == was.version
        this = update(SessionRow).where(col(SessionRow.id) == was.id, unchanged)
        if not await rows.change(self.session, this.values(_columns(session))):
            raise LostRace("session.moved_on")

    async def discard(self, session: OutreachSession) -> None:
        asked = delete(QuestionRow).where(col(QuestionRow.session_id) == session.id)
        await rows.change(self.session, asked)
        draft = delete(SessionRow).where(
            col(SessionRow.id) == session.id,
            col(SessionRow.version) == session.version,
            col(SessionRow.state) == SessionState.DRAFT,
        )
        if not await rows.change(self.session, draft):
            raise LostRace("session.moved_on")

    async def unfinished(self, person_id: str) -> tuple[OutreachSession, ...]:
        states = (SessionState.DRAFT, SessionState.RETURNED)
        newest = col(SessionRow.begun_at).desc()
        return await self._all(_of(person_id, *states).order_by(newest, SessionRow.id))

    async def waiting_of(self, person_id: str, limit: int) -> tuple[OutreachSession, ...]:
        newest = col(SessionRow.submitted_at).desc()
        submitted = _of(person_id, SessionState.SUBMITTED)
        return await self._all(submitted.order_by(newest, SessionRow.id).limit(limit))

    async def logged_by(self, person_id: str, skip: int, limit: int) -> tuple[OutreachSession, ...]:
        theirs = _of(person_id, *(state for state in SessionState if state != SessionState.DRAFT))
        newest = theirs.order_by(col(SessionRow.start_at).desc(), SessionRow.id)
        return await self._all(newest.offset(skip).limit(limit))

    async def question_counts(self, person_id: str) -> dict[str, int]:
        statement = (
            select(QuestionRow.session_id, func.count())
            .join(SessionRow, col(SessionRow.id) == QuestionRow.session_id)
            .where(SessionRow.person_id == person_id)
            .group_by(QuestionRow.session_id)
        )
        return dict((await self.session.exec(statement)).all())

    async def last_of(self, person_id: str) -> OutreachSession | None:
        found = await rows.find(self.session, _logged_by(person_id))
        return _session(found) if found else None

    async def places_of(self, person_id: str, limit: int) -> tuple[str, ...]:
        last = await self.session.exec(_logged_by(person_id).limit(LOOKED_THROUGH))
        return tuple(dict.fromkeys(row.place for row in last if row.place))[:limit]

    async def bulletins_for(self, lineage: Lineage, limit: int) -> tuple[UsedBulletin, ...]:
        """Places below are looked past: what only a part of them got is not offered."""
        out = (BroadcastState.RELEASED, BroadcastState.FINISHED)
        went_out = func.max(BroadcastRow.planned_at)
        statement = (
            select(RevisionRow.bulletin_id, RevisionRow.text, RevisionRow.field)
            .join(BroadcastRow, col(BroadcastRow.revision_id) == RevisionRow.id)
            .where(col(BroadcastRow.state).in_(out))
            .where(col(RevisionRow.audience_unit_id).in_(lineage.unit_ids))
            .group_by(RevisionRow.id, RevisionRow.bulletin_id, RevisionRow.text, RevisionRow.field)
            .order_by(went_out.desc(), RevisionRow.id)
            .limit(limit)
        )
        return tuple(UsedBulletin(*row) for row in await self.session.exec(statement))

    async def questions(self, session_id: str) -> tuple[RaisedQuestion, ...]:
        asked = select(QuestionRow).where(QuestionRow.session_id == session_id)
        found = await self.session.exec(asked.order_by(col(QuestionRow.number)))
        return tuple(RaisedQuestion(**row.model_dump()) for row in found)

    async def add_question(self, question: RaisedQuestion) -> None:
        await rows.add(self.session, QuestionRow(**asdict(question)))

    async def drop_question(self, question_id: str) -> None:
        one = delete(QuestionRow).where(col(QuestionRow.id) == question_id)
        await rows.change(self.session, one.where(col(QuestionRow.filed_at).is_(None)))

    async def file_question(self, question_id: str, opinion_id: str, now: datetime) -> None:
        one = update(QuestionRow).where(col(QuestionRow.id) == question_id)
        unfiled = one.where(col(QuestionRow.filed_at).is_(None))
        filed = unfiled.values(text="", opinion_id=opinion_id, filed_at=now)
        if not await rows.change(self.session, filed):
            raise LostRace("session.moved_on")

    async def carrier(self, opinion_id: str) -> str | None:
        statement = (
            select(SessionRow.person_id)
            .join(QuestionRow, col(QuestionRow.session_id) == SessionRow.id)
            .where(QuestionRow.opinion_id == opinion_id)
        )
        return (await self.session.exec(statement)).first()

    async def forget_carriers(self, closed_before: datetime) -> int:
        over = select(OpinionRow.id).where(
            OpinionRow.state == OpinionState.CLOSED, col(OpinionRow.closed_at) < closed_before
        )
        parted = update(QuestionRow).where(col(QuestionRow.opinion_id).in_(over))
        return await rows.change(self.session, parted.values(opinion_id=None))

    async def to_confirm(
        self, unit_ids: Sequence[str], other_than: str, limit: int
    ) -> tuple[OutreachSession, ...]:
        return await self._all(
            select(SessionRow)
            .where(SessionRow.state == SessionState.SUBMITTED, SessionRow.person_id != other_than)
            .where(rows.in_subtrees(SessionRow.unit_id, unit_ids))
            .order_by(col(SessionRow.submitted_at), SessionRow.id)
            .limit(limit)
        )

    async def people_at(self, unit_ids: Sequence[str], since: datetime) -> dict[str, list[int]]:
        statement = (
            select(SessionRow.unit_id, SessionRow.people)
            .where(SessionRow.state == SessionState.CONFIRMED, col(SessionRow.start_at) >= since)
            .where(rows.in_subtrees(SessionRow.unit_id, unit_ids))
        )
        found: dict[str, list[int]] = {}
        for unit_id, people in await self.session.exec(statement):
            found.setdefault(unit_id, []).append(people or 0)
        return found

    async def at_the_time_of(self, session: OutreachSession) -> bool:
        if session.start_at is None:
            return False
        ends = session.start_at + timedelta(minutes=session.number("minutes"))
        near = _of(session.person_id, SessionState.SUBMITTED, SessionState.CONFIRMED).where(
            SessionRow.id != session.id,
            col(SessionRow.start_at) < ends,
            col(SessionRow.start_at) > session.start_at - timedelta(minutes=600),
        )
        others = await self._all(near)
        return any(
            other.start_at and other.start_at + _length(other) > session.start_at
            for other in others
        )

    async def units_led_by(self, person_id: str) -> tuple[str, ...]:
        led = select(SeatRow.unit_id).where(SeatRow.person_id == person_id, _LEADS)
        return tuple(await self.session.exec(led.distinct()))

    async def leaders_of(self, unit_ids: Sequence[str]) -> tuple[str, ...]:
        led = select(SeatRow.person_id).where(col(SeatRow.unit_id).in_(unit_ids), _LEADS)
        return tuple(await self.session.exec(led.distinct()))

    async def waiting_by_unit(self) -> dict[str, dict[str, int]]:
        statement = (
            select(SessionRow.unit_id, SessionRow.person_id, func.count())
            .where(SessionRow.state == SessionState.SUBMITTED)
            .group_by(SessionRow.unit_id, SessionRow.person_id)
        )
        found: dict[str, dict[str, int]] = {}
        for unit_id, person_id, count in await self.session.exec(statement):
            found.setdefault(unit_id, {})[person_id] = count
        return found

    async def is_told(self, about: str) -> bool:
        cards = select(OutboxRow).where(OutboxRow.origin_kind == OriginKind.CARD)
        return await rows.find(self.session, cards.where(OutboxRow.origin_id == about)) is not None

    async def _all(self, statement: SelectOfScalar[SessionRow]) -> tuple[OutreachSession, ...]:
        return tuple(_session(row) for row in await self.session.exec(statement))


def _length(session: OutreachSession) -> timedelta:
    return timedelta(minutes=session.number("minutes"))


def _of(person_id: str, *states: SessionState) -> SelectOfScalar[SessionRow]:
    theirs = select(SessionRow).where(SessionRow.person_id == person_id)
    return theirs.where(col(SessionRow.state).in_(states))


def _logged_by(person_id: str) -> SelectOfScalar[SessionRow]:
    theirs = select(SessionRow).where(SessionRow.person_id == person_id)
    logged = theirs.where(col(SessionRow.submitted_at).is_not(None))
    return logged.order_by(col(SessionRow.submitted_at).desc(), SessionRow.id)


def _columns(session: OutreachSession) -> dict[str, Any]:
    own = {name: session.answers.get(key) for key, name in COLUMNS.items()}
    rest = {key: value for key, value in session.answers.items() if key not in COLUMNS}
    fields = asdict(session) | own
    return fields | {"answers": json.dumps(rest, ensure_ascii=False)}


def _session(row: SessionRow) -> OutreachSession:
    columns = row.model_dump(exclude={*COLUMNS.values()})
    answers = _read(json.loads(row.answers))
    for key, name in COLUMNS.items():
        if (value := getattr(row, name)) is not None:
            answers[key] = value
    kept = {"answers": answers, "state": SessionState(row.state), "role": Role(row.role)}
    return OutreachSession(**columns | kept)


def _read(written: Mapping[str, Any]) -> dict[str, Value]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in written.items()}
