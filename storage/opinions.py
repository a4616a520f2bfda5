"""Opinions, their cases and the answers given."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.errors import LostRace
from domain.model.bulletin import Field
from domain.model.case_times import CaseClock, CaseStep
from domain.model.delivery import EntryState, to_handle
from domain.model.heard import Interest, Spread
from domain.model.joined import set_apart
from domain.model.locality import Point
from domain.model.objection import Objection
from domain.model.office_word import stands_with
from domain.model.opinion import (
    OPEN_CASES,
    REPLIED,
    Addition,
    Answer,
    LetterKind,
    Opinion,
    OpinionSource,
    OpinionState,
)
from domain.model.opinion_kind import OpinionKind
from storage import rows
from storage.case_clocks import clocks, told_steps
from storage.case_copies import slip_of, take_back, views_of
from storage.case_notes import SqlCaseNotes
from storage.dialogs import forget_previews
from storage.engine import briefly, connection_of
from storage.entries import FORGOTTEN
from storage.labels import SqlLabels
from storage.matters import SqlMatters
from storage.opinion_index import facet
from storage.opinion_lookup import look
from storage.opinion_notes import (
    note_added,
    note_before_addition,
    note_erased,
    note_filed,
    note_moved,
)
from storage.opinion_pictures import ERASED, SqlPictures
from storage.opinion_points import SqlOpinionPoints
from storage.opinion_voices import SqlVoices
from storage.tables.cases import AdditionRow, AnswerRow, CaseStepRow, OpinionRow
from storage.tables.outbox import OutboxRow
from storage.waiting_letters import SqlWaitingLetters


@dataclass(frozen=True, slots=True)
class SqlOpinions:
    """Opinions in SQL."""

    session: AsyncSession

    async def add(self, opinion: Opinion) -> None:
        with briefly(self.session):
            seq = await self._next()
            await rows.add(self.session, OpinionRow(**asdict(opinion), seq=seq))
            await self._run(note_filed, seq, opinion)

    async def add_pictures(self, opinion_id: str, pictures: Sequence[tuple[str, bytes]]) -> None:
        await SqlPictures(self.session).add(opinion_id, pictures)

    async def pictures(self, opinion_id: str) -> tuple[bytes, ...]:
        return await SqlPictures(self.session).of(opinion_id)

    async def erase_pictures_again(self, picture_ids: Collection[str]) -> int:
        return await SqlPictures(self.session).erase_again(picture_ids)

    async def add_point(self, opinion_id: str, point: Point) -> None:
        await SqlOpinionPoints(self.session).add(opinion_id, point)

    async def point(self, opinion_id: str) -> Point | None:
        return await SqlOpinionPoints(self.session).of(opinion_id)

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

    async def named_by(self, handles: Sequence[str]) -> frozenset[str]:
        named = select(OpinionRow.handle).where(col(OpinionRow.handle).in_(handles))
        return frozenset(handle for handle in await self.session.exec(named) if handle)

    async def save(self, opinion: Opinion, was: Opinion) -> None:
        values = asdict(opinion)
        # What the resident wrote is nobody's to change; forgetting has verbs of its own.
        for kept in ("text", "handle", "bearer_id", "pictures", "has_point", "voice"):
            del values[kept]
        statement = (
            update(OpinionRow)
            .where(col(OpinionRow.id) == was.id, col(OpinionRow.version) == was.version)
            .values(values)
        )
        if not await rows.change(self.session, statement):
            raise LostRace("opinion.moved_on", code=was.number)
        if not stands_with(was, opinion):
            await SqlWaitingLetters(self.session).drop([was.id])
        await self._run(note_moved, was, opinion)

    async def drop_handle(self, opinion_id: str) -> None:
        handle = (await self.get(opinion_id)).handle
        if handle is not None:
            this = update(OpinionRow).where(col(OpinionRow.id) == opinion_id)
            await rows.change(self.session, this.values(handle=None, muted_until=None))
            await self._forget_letters(handle)

    async def add_answer(self, answer: Answer) -> None:
        await rows.add(self.session, AnswerRow(**asdict(answer)))

    async def answers(self, opinion_id: str) -> tuple[Answer, ...]:
        statement = (
            select(AnswerRow)
            .where(AnswerRow.opinion_id == opinion_id)
            .order_by(col(AnswerRow.answered_at), AnswerRow.id)
        )
        found = [row.model_dump() for row in await self.session.exec(statement)]
        return tuple(Answer(**row | {"kind": LetterKind(row["kind"])}) for row in found)

    async def add_addition(self, addition: Addition) -> None:
        await self._run(note_before_addition, addition.opinion_id)
        await rows.add(self.session, AdditionRow(**asdict(addition)))
        await self._run(note_added, addition.opinion_id)

    async def additions(self, opinion_id: str) -> tuple[Addition, ...]:
        statement = (
            select(AdditionRow)
            .where(AdditionRow.opinion_id == opinion_id)
            .order_by(col(AdditionRow.added_at), AdditionRow.id)
        )
        return tuple(Addition(**row.model_dump()) for row in await self.session.exec(statement))

    async def joined_to(self, opinion_id: str) -> tuple[Opinion, ...]:
        joined = select(OpinionRow).where(OpinionRow.master_id == opinion_id)
        waiting = joined.where(OpinionRow.state == OpinionState.DUPLICATE_OF)
        return await self._all(waiting.order_by(col(OpinionRow.seq)))

    async def alike(
        self, opinion: Opinion, tokens: Sequence[str], most: int
    ) -> tuple[Opinion, ...]:
        if not tokens:
            return ()
        groups = tokens, [facet(opinion.unit_id)]
        found = await connection_of(self.session).run_sync(look, groups, most)
        others = select(OpinionRow).where(OpinionRow.id != opinion.id)
        others = others.where(col(OpinionRow.seq).in_(found), OpinionRow.unit_id == opinion.unit_id)
        still = others.where(col(OpinionRow.state).in_(OPEN_CASES))
        return await self._all(still.order_by(col(OpinionRow.seq).desc()))

    async def undisputed(self, now: datetime) -> tuple[Opinion, ...]:
        return await self._waited_for(REPLIED, now)

    async def asked_back(self) -> dict[str, str]:
        asked = select(OpinionRow.handle, OpinionRow.id).where(
            OpinionRow.state == OpinionState.MORE_INFO_ASKED
        )
        return {handle: one for handle, one in await self.session.exec(asked) if handle}

    async def unreplied(self, now: datetime) -> tuple[Opinion, ...]:
        return await self._waited_for({OpinionState.MORE_INFO_ASKED}, now)

    async def _waited_for(
        self, states: Collection[OpinionState], now: datetime
    ) -> tuple[Opinion, ...]:
        """As the partial index has them: what is closed waits for nobody any more."""
        until = col(OpinionRow.waits_until)
        waited = select(OpinionRow).where(col(OpinionRow.state).in_(states), until < now)
        still = waited.where(col(OpinionRow.closed_at).is_(None))
        return await self._all(still.order_by(until, OpinionRow.id))

    async def clocks(self, until: datetime) -> tuple[CaseClock, ...]:
        return await clocks(self.session, until)

    async def told_steps(self, until: datetime) -> frozenset[CaseStep]:
        return await told_steps(self.session, until)

    async def tell_step(self, step: CaseStep, now: datetime) -> bool:
        return await rows.add_if_new(self.session, CaseStepRow(**asdict(step), told_at=now))

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
        await self.take_back_views(opinion.id, now)
        await take_back(self.session, slip_of(opinion.id), now)
        moved_on = col(OpinionRow.version) + 1
        gone, was = update(OpinionRow).where(this), await self.get(opinion.id)
        left = {"state": OpinionState.WITHDRAWN, "version": moved_on}
        none = dict.fromkeys(("master_id", "waits_until", "satisfied", "objection"))
        await rows.change(self.session, gone.values(left | none))
        await self._run(note_moved, was, replace(was, state=OpinionState.WITHDRAWN))
        for other in await self.joined_to(opinion.id):
            # Their writers still wait: however a case goes, those joined to it stay.
            await self.save(set_apart(other, now), other)
        _erasing(self.session).append(opinion.id)

    async def _blank(self, those: ColumnElement[bool], now: datetime) -> int:
        await self._run(note_erased, those)
        blank = update(OpinionRow).where(those)
        said = {"pictures": 0, "has_point": False, "voice": 0}
        blank = blank.values(text="", erased_at=now, bearer_id=None, **said)
        erased = (await self.session.exec(blank.returning(col(OpinionRow.id)))).scalars().all()
        answers = update(AnswerRow).where(col(AnswerRow.opinion_id).in_(erased)).values(text="")
        await rows.change(self.session, answers)
        added = update(AdditionRow).where(col(AdditionRow.opinion_id).in_(erased))
        await rows.change(self.session, added.values(text=""))
        await SqlPictures(self.session).erase(erased)
        await SqlOpinionPoints(self.session).erase(erased)
        await SqlVoices(self.session).erase(erased)
        await SqlWaitingLetters(self.session).drop(erased)
        await SqlCaseNotes(self.session).drop(erased)
        await SqlLabels(self.session).drop(erased)
        await SqlMatters(self.session).drop(erased)
        await forget_previews(self.session, erased)
        _erasing(self.session)
        return len(erased)

    async def take_back_views(self, opinion_id: str, now: datetime) -> None:
        """Copies of the text for staff: those not sent yet never are, the others go at once."""
        await take_back(self.session, views_of(opinion_id), now)

    async def _forget_letters(self, handle: str) -> None:
        """Without an address nothing can be delivered, so that the words need not stay."""
        letters = update(OutboxRow).where(col(OutboxRow.destination) == to_handle(handle))
        queued = letters.where(col(OutboxRow.state) == EntryState.QUEUED)
        await rows.change(self.session, queued.values(state=EntryState.CANCELLED))
        await rows.change(self.session, letters.values(FORGOTTEN))
        _erasing(self.session)

    async def _run(self, note: Callable[..., None], *about: object) -> None:
        await connection_of(self.session).run_sync(note, *about)

    async def _next(self) -> int:
        """No case is ever removed, and whoever files is alone."""
        last = await self.session.exec(select(func.max(OpinionRow.seq)))
        return (last.one() or 0) + 1

    async def _all(self, statement: SelectOfScalar[OpinionRow]) -> tuple[Opinion, ...]:
        return tuple(_opinion(row) for row in await self.session.exec(statement))


def _erasing(session: AsyncSession) -> list[str]:
    """The cases that this transaction erases; that there is a list says that it erases."""
    cases: list[str] = session.info.setdefault(ERASED, [])
    return cases


def _closed_before(moment: datetime) -> ColumnElement[bool]:
    closed = col(OpinionRow.state) == OpinionState.CLOSED
    return and_(closed, col(OpinionRow.closed_at) < moment)


_READ_APART = {"objection", "seq", "source", "state", "erased_at"}
_READ_APART |= {"field", "spread", "interest", "kind"}


def _opinion(row: OpinionRow) -> Opinion:
    return Opinion(
        **row.model_dump(exclude=_READ_APART),
        source=OpinionSource(row.source),
        state=OpinionState(row.state),
        objection=Objection(row.objection) if row.objection else None,
        field=Field(row.field) if row.field else None,
        spread=Spread(row.spread) if row.spread else None,
        interest=Interest(row.interest) if row.interest else None,
        kind=OpinionKind(row.kind) if row.kind else None,
    )
