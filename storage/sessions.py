"""Outreach sessions, the questions raised at them, and what waits for somebody's word."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, func, insert, tuple_, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.errors import LostRace
from domain.model.broadcast import BroadcastState
from domain.model.delivery import OriginKind
from domain.model.opinion import OpinionState
from domain.model.roster import TeamRole
from domain.model.session import (
    OutreachSession,
    RaisedQuestion,
    SessionState,
    UsedBulletin,
)
from domain.model.unit import Lineage
from storage import rows
from storage.engine import connection_of
from storage.session_media import SqlMedia
from storage.session_rows import columns_of, session_of
from storage.tables.cases import OpinionRow
from storage.tables.news import BroadcastRow, RevisionRow
from storage.tables.offices import SeatRow
from storage.tables.outbox import OutboxRow
from storage.tables.sessions import QuestionRow, SessionRow

_LEADS = col(SeatRow.role) == TeamRole.LEADER
LONGEST = timedelta(minutes=600)
LOOKED_THROUGH = 40
"""Sessions of one person in which places are looked for."""


@dataclass(frozen=True, slots=True)
class SqlSessions:
    """Sessions in SQL."""

    session: AsyncSession

    async def add(self, session: OutreachSession) -> None:
        await connection_of(self.session).execute(_ADD, columns_of(session))

    async def get(self, session_id: str) -> OutreachSession:
        return session_of(await rows.get_by_id(self.session, _BY_ID, session_id))

    async def save(self, session: OutreachSession, was: OutreachSession) -> None:
        unchanged = {"the_id": was.id, "the_version": was.version}
        saved = await connection_of(self.session).execute(_SAVE, columns_of(session) | unchanged)
        if not saved.rowcount:
            raise LostRace("session.moved_on")

    async def discard(self, session: OutreachSession) -> None:
        asked = delete(QuestionRow).where(col(QuestionRow.session_id) == session.id)
        await rows.change(self.session, asked)
        if session.has_media:
            await SqlMedia(self.session).drop_all(session.id)
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
        asked = {"person": person_id, "most": 1}
        found = (await connection_of(self.session).execute(_LOGGED, asked)).first()
        return session_of(found) if found else None

    async def places_of(self, person_id: str, limit: int) -> tuple[str, ...]:
        asked = {"person": person_id, "most": LOOKED_THROUGH}
        last = (await connection_of(self.session).execute(_PLACES, asked)).scalars()
        return tuple(dict.fromkeys(place for place in last if place))[:limit]

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

    async def forget_unsent_questions(self, begun_before: datetime) -> int:
        old = select(SessionRow.id).where(col(SessionRow.begun_at) < begun_before)
        unsent = delete(QuestionRow).where(col(QuestionRow.filed_at).is_(None))
        return await rows.change(self.session, unsent.where(col(QuestionRow.session_id).in_(old)))

    async def to_confirm(
        self, unit_ids: Sequence[str], other_than: str, limit: int
    ) -> tuple[OutreachSession, ...]:
        oldest = (col(SessionRow.submitted_at), SessionRow.id)
        waiting = columns(_SESSION).where(*_to_confirm(unit_ids, other_than))
        return await self._all(waiting.order_by(*oldest).limit(limit))

    async def count_to_confirm(self, unit_ids: Sequence[str], other_than: str) -> int:
        waiting = (
            select(func.count()).select_from(SessionRow).where(*_to_confirm(unit_ids, other_than))
        )
        return (await self.session.exec(waiting)).one()

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

    async def confirm(self, sessions: Sequence[OutreachSession]) -> None:
        as_they_were = [(one.id, one.version - 1) for one in sessions]
        those = update(_SESSION).where(tuple_(_SESSION.c.id, _SESSION.c.version).in_(as_they_were))
        confirmed = {
            "state": SessionState.CONFIRMED,
            "version": _SESSION.c.version + 1,
            "confirmed_at": sessions[0].confirmed_at,
            "confirmed_by": sessions[0].confirmed_by,
        }
        kept = await connection_of(self.session).execute(those.values(confirmed))
        if kept.rowcount != len(sessions):
            raise LostRace("session.moved_on")

    async def overlapping(self, sessions: Sequence[OutreachSession]) -> frozenset[str]:
        begun = [one.start_at for one in sessions if one.start_at]
        if not begun:
            return frozenset()
        asked = {
            "people": sorted({one.person_id for one in sessions}),
            "since": min(begun) - LONGEST,
            "until": max(begun) + LONGEST,
        }
        held: dict[str, list[Row[Any]]] = {}
        for row in await connection_of(self.session).execute(_HELD, asked):
            held.setdefault(row.person_id, []).append(row)
        return frozenset(
            one.id for one in sessions if any(_meets(one, row) for row in held[one.person_id])
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

    async def _all(self, statement: Select[Any]) -> tuple[OutreachSession, ...]:
        found = await connection_of(self.session).execute(statement)
        return tuple(session_of(row) for row in found)


def _to_confirm(unit_ids: Sequence[str], other_than: str) -> tuple[ColumnElement[bool], ...]:
    """What of a session says that it waits in these units' subtrees, and is another's."""
    submitted = col(SessionRow.state) == SessionState.SUBMITTED
    anothers = col(SessionRow.person_id) != other_than
    return submitted, anothers, rows.in_subtrees(SessionRow.unit_id, unit_ids)


def _meets(session: OutreachSession, other: Row[Any]) -> bool:
    """Whether another one runs at the same time."""
    start, minutes = session.start_at, timedelta(minutes=session.number("minutes"))
    if start is None or other.id == session.id:
        return False
    return bool(
        other.start_at < start + minutes
        and start < other.start_at + timedelta(minutes=other.minutes)
    )


def _of(person_id: str, *states: SessionState) -> Select[Any]:
    theirs = columns(_SESSION).where(col(SessionRow.person_id) == person_id)
    return theirs.where(col(SessionRow.state).in_(states))


# Made once and on the bare table: every step of every session runs them.
_SESSION = SessionRow.metadata.tables["outreach_session"]
_BY_ID = rows.by_id(SessionRow)
_ADD = insert(_SESSION)
_SAVE = update(_SESSION).where(
    _SESSION.c.id == bindparam("the_id"), _SESSION.c.version == bindparam("the_version")
)


def _logged(*wanted: Any) -> Select[Any]:
    """What somebody has handed in, the last in front."""
    logged = columns(*wanted).where(
        _SESSION.c.person_id == bindparam("person"), _SESSION.c.submitted_at.is_not(None)
    )
    last_in_front = logged.order_by(_SESSION.c.submitted_at.desc(), _SESSION.c.id)
    return last_in_front.limit(bindparam("most"))


_HELD = columns(*(_SESSION.c[name] for name in ("id", "person_id", "start_at", "minutes"))).where(
    _SESSION.c.person_id.in_(bindparam("people", expanding=True)),
    _SESSION.c.state.in_((SessionState.SUBMITTED, SessionState.CONFIRMED)),
    _SESSION.c.start_at.between(bindparam("since"), bindparam("until")),
)
_LOGGED, _PLACES = _logged(_SESSION), _logged(_SESSION.c.place)
