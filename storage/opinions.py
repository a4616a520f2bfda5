"""Opinions, their cases and the answers given."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.errors import LostRace
from domain.model.bulletin import Field
from domain.model.delivery import EntryState, OriginKind, to_handle
from domain.model.heard import Interest, Spread
from domain.model.opinion import OPEN_CASES, Answer, Opinion, OpinionSource, OpinionState
from storage import rows
from storage.tables.cases import AnswerRow, OpinionRow
from storage.tables.outbox import OutboxRow

ERASED = "erased"
"""In the session: the cases that the commit erases; nothing of it may stay in the log then."""


@dataclass(frozen=True, slots=True)
class SqlOpinions:
    """Opinions in SQL."""

    session: AsyncSession

    async def add(self, opinion: Opinion) -> None:
        await rows.add(self.session, OpinionRow(**asdict(opinion)))

    async def get(self, opinion_id: str) -> Opinion:
        statement = select(OpinionRow).where(OpinionRow.id == opinion_id)
        return _opinion(await rows.get(self.session, statement, opinion_id))

    async def find(self, opinion_id: str) -> Opinion | None:
        statement = select(OpinionRow).where(OpinionRow.id == opinion_id)
        found = await rows.find(self.session, statement)
        return _opinion(found) if found else None

    async def by_code(self, code: str) -> Opinion | None:
        found = await rows.find(self.session, select(OpinionRow).where(OpinionRow.code == code))
        return _opinion(found) if found else None

    async def by_handle(self, handle: str) -> Opinion | None:
        statement = select(OpinionRow).where(OpinionRow.handle == handle)
        found = await rows.find(self.session, statement)
        return _opinion(found) if found else None

    async def save(self, opinion: Opinion, was: Opinion) -> None:
        fields = asdict(opinion)
        # What the resident wrote is nobody's to change; forgetting has verbs of its own.
        del fields["text"], fields["handle"], fields["bearer_id"]
        statement = (
            update(OpinionRow)
            .where(col(OpinionRow.id) == was.id, col(OpinionRow.version) == was.version)
            .values(fields)
        )
        if not await rows.change(self.session, statement):
            raise LostRace("opinion.moved_on", code=was.number)

    async def drop_handle(self, opinion_id: str) -> None:
        handle = (await self.get(opinion_id)).handle
        if handle is not None:
            this = update(OpinionRow).where(col(OpinionRow.id) == opinion_id)
            await rows.change(self.session, this.values(handle=None))
            await self._forget_letters(handle)

    async def add_answer(self, answer: Answer) -> None:
        await rows.add(self.session, AnswerRow(**asdict(answer)))

    async def answers(self, opinion_id: str) -> tuple[Answer, ...]:
        statement = (
            select(AnswerRow)
            .where(AnswerRow.opinion_id == opinion_id)
            .order_by(col(AnswerRow.answered_at), AnswerRow.id)
        )
        return tuple(Answer(**row.model_dump()) for row in await self.session.exec(statement))

    async def waiting(self, unit_ids: Sequence[str], limit: int) -> tuple[Opinion, ...]:
        return await self._all(
            select(OpinionRow)
            .where(col(OpinionRow.state).in_(OPEN_CASES))
            .where(rows.in_subtrees(OpinionRow.unit_id, unit_ids))
            .order_by(col(OpinionRow.due_at), OpinionRow.id)
            .limit(limit)
        )

    async def answered_before(self, moment: datetime) -> tuple[Opinion, ...]:
        answered = select(OpinionRow).where(OpinionRow.state == OpinionState.ANSWERED)
        return await self._all(
            answered.where(col(OpinionRow.answered_at) < moment).order_by(
                col(OpinionRow.answered_at)
            )
        )

    async def closed_before(self, moment: datetime) -> tuple[Opinion, ...]:
        return await self._all(
            select(OpinionRow)
            .where(_closed_before(moment), col(OpinionRow.handle).is_not(None))
            .order_by(col(OpinionRow.closed_at))
        )

    async def erase_texts(self, closed_before: datetime, now: datetime) -> int:
        written = col(OpinionRow.erased_at).is_(None)
        return await self._blank(and_(_closed_before(closed_before), written), now)

    async def erase(self, opinion: Opinion, now: datetime) -> None:
        this = col(OpinionRow.id) == opinion.id
        await self.drop_handle(opinion.id)
        await self._blank(this, now)
        await self._take_back_views(opinion.id, now)
        moved_on = col(OpinionRow.version) + 1
        gone = update(OpinionRow).where(this)
        await rows.change(self.session, gone.values(state=OpinionState.WITHDRAWN, version=moved_on))
        _erasing(self.session).append(opinion.id)

    async def _blank(self, those: ColumnElement[bool], now: datetime) -> int:
        blank = update(OpinionRow).where(those).values(text="", erased_at=now, bearer_id=None)
        erased = (await self.session.exec(blank.returning(col(OpinionRow.id)))).scalars().all()
        answers = update(AnswerRow).where(col(AnswerRow.opinion_id).in_(erased)).values(text="")
        await rows.change(self.session, answers)
        _erasing(self.session)
        return len(erased)

    async def _take_back_views(self, opinion_id: str, now: datetime) -> None:
        """Copies of the text for staff: those not sent yet never are, the others go at once."""
        views = update(OutboxRow).where(
            col(OutboxRow.origin_kind) == OriginKind.VIEW,
            col(OutboxRow.origin_id).startswith(f"{opinion_id}:"),
        )
        queued = views.where(col(OutboxRow.state) == EntryState.QUEUED)
        await rows.change(self.session, queued.values(state=EntryState.CANCELLED, payload=None))
        # One on its way may come back unsent: without its words it goes nowhere then.
        under_way = views.where(col(OutboxRow.state) == EntryState.SENDING)
        await rows.change(self.session, under_way.values(payload=None))
        shown = views.where(col(OutboxRow.delete_at).is_not(None))
        await rows.change(self.session, shown.values(delete_at=now))

    async def _forget_letters(self, handle: str) -> None:
        """Without an address nothing can be delivered, so that the words need not stay."""
        letters = update(OutboxRow).where(col(OutboxRow.destination) == to_handle(handle))
        queued = letters.where(col(OutboxRow.state) == EntryState.QUEUED)
        await rows.change(self.session, queued.values(state=EntryState.CANCELLED))
        await rows.change(self.session, letters.values(payload=None))
        _erasing(self.session)

    async def _all(self, statement: SelectOfScalar[OpinionRow]) -> tuple[Opinion, ...]:
        return tuple(_opinion(row) for row in await self.session.exec(statement))


def _erasing(session: AsyncSession) -> list[str]:
    """The cases that this transaction erases; that there is a list says that it erases."""
    cases: list[str] = session.info.setdefault(ERASED, [])
    return cases


def _closed_before(moment: datetime) -> ColumnElement[bool]:
    closed = col(OpinionRow.state) == OpinionState.CLOSED
    return and_(closed, col(OpinionRow.closed_at) < moment)


def _opinion(row: OpinionRow) -> Opinion:
    return Opinion(
        **row.model_dump(exclude={"source", "state", "erased_at", "field", "spread", "interest"}),
        source=OpinionSource(row.source),
        state=OpinionState(row.state),
        field=Field(row.field) if row.field else None,
        spread=Spread(row.spread) if row.spread else None,
        interest=Interest(row.interest) if row.interest else None,
    )
