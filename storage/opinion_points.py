"""Where opinions say that they are: apart from the words, so that reading those never reads it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.locality import Point
from storage import rows
from storage.tables.cases import OpinionPointRow


@dataclass(frozen=True, slots=True)
class SqlOpinionPoints:
    """Points that came with opinions, in SQL."""

    session: AsyncSession

    async def add(self, opinion_id: str, point: Point) -> None:
        row = OpinionPointRow(
            opinion_id=opinion_id, latitude=point.latitude, longitude=point.longitude
        )
        await rows.add(self.session, row)

    async def of(self, opinion_id: str) -> Point | None:
        theirs = select(OpinionPointRow).where(OpinionPointRow.opinion_id == opinion_id)
        found = await rows.find(self.session, theirs)
        return Point(found.latitude, found.longitude) if found else None

    async def erase(self, opinion_ids: Collection[str]) -> None:
        """After their words: the database lets no point go before."""
        theirs = col(OpinionPointRow.opinion_id).in_(opinion_ids)
        await rows.change(self.session, delete(OpinionPointRow).where(theirs))
