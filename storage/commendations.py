"""Commendations, and what becomes of their messages when they are taken back."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import and_, delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from domain.errors import LostRace
from domain.model.commendation import Commendation
from domain.model.delivery import EntryState, OriginKind
from storage import rows
from storage.entries import FORGOTTEN
from storage.tables.commendations import CommendationRow
from storage.tables.offices import PersonRow
from storage.tables.outbox import OutboxRow


@dataclass(frozen=True, slots=True)
class SqlCommendations:
    """Commendations in SQL."""

    session: AsyncSession

    async def add(self, commendation: Commendation) -> None:
        await rows.add(self.session, CommendationRow(**asdict(commendation)))

    async def get(self, commendation_id: str) -> Commendation:
        this = select(CommendationRow).where(CommendationRow.id == commendation_id)
        found = await rows.find(self.session, this)
        if found is None:
            raise LostRace("commendation.gone")
        return Commendation(**found.model_dump())

    async def given_to(self, person_id: str, skip: int, limit: int) -> tuple[Commendation, ...]:
        return await self._newest(_of(person_id).offset(skip).limit(limit))

    async def given_at(
        self, person_id: str, unit_id: str, skip: int, limit: int
    ) -> tuple[Commendation, ...]:
        here = _of(person_id).where(CommendationRow.unit_id == unit_id)
        return await self._newest(here.offset(skip).limit(limit))

    async def take_back(self, commendation: Commendation, now: datetime) -> None:
        about, state = col(OutboxRow.origin_id) == commendation.about, col(OutboxRow.state)
        told = and_(col(OutboxRow.origin_kind) == OriginKind.CARD, about)
        under_way = select(OutboxRow).where(told, state == EntryState.SENDING)
        if await rows.find(self.session, under_way) is not None:
            raise LostRace("commendation.on_its_way")
        message = update(OutboxRow).where(told)
        queued = message.where(state == EntryState.QUEUED)
        await rows.change(self.session, queued.values(state=EntryState.CANCELLED))
        # What nobody knows of is not repeated without its words.
        await rows.change(self.session, message.values(FORGOTTEN))
        arrived = message.where(state == EntryState.SENT)
        await rows.change(self.session, arrived.values(delete_at=now))
        gone = delete(CommendationRow).where(col(CommendationRow.id) == commendation.id)
        if not await rows.change(self.session, gone):
            raise LostRace("commendation.gone")

    async def spoken_by(self, person_id: str) -> tuple[str, ...]:
        found = await self.session.exec(
            select(PersonRow.languages).where(PersonRow.id == person_id)
        )
        return tuple(filter(None, found.one().split(",")))

    async def _newest(self, statement: SelectOfScalar[CommendationRow]) -> tuple[Commendation, ...]:
        return tuple(Commendation(**row.model_dump()) for row in await self.session.exec(statement))


def _of(person_id: str) -> SelectOfScalar[CommendationRow]:
    newest = (col(CommendationRow.given_at).desc(), CommendationRow.id)
    return select(CommendationRow).where(CommendationRow.person_id == person_id).order_by(*newest)
