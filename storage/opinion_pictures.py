"""Pictures of opinions: apart from the words, so that reading those never reads them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import rows
from storage.tables.cases import OpinionPictureRow

ERASED = "erased"
"""In the session: the cases that the commit erases; nothing of it may stay in the log then."""
ERASED_MEDIA = "erased_media"
"""In the session: the pictures and voice notes that the commit erases."""


@dataclass(frozen=True, slots=True)
class SqlPictures:
    """Pictures of opinions in SQL."""

    session: AsyncSession

    async def add(self, opinion_id: str, pictures: Sequence[tuple[str, bytes]]) -> None:
        for number, (name, content) in enumerate(pictures, 1):
            row = OpinionPictureRow(id=name, opinion_id=opinion_id, number=number, content=content)
            await rows.add(self.session, row)

    async def of(self, opinion_id: str) -> tuple[bytes, ...]:
        theirs = select(OpinionPictureRow.content).where(OpinionPictureRow.opinion_id == opinion_id)
        return tuple(await self.session.exec(theirs.order_by(col(OpinionPictureRow.number))))

    async def erase(self, opinion_ids: Collection[str]) -> None:
        await self._erase(col(OpinionPictureRow.opinion_id).in_(opinion_ids))

    async def erase_again(self, picture_ids: Collection[str]) -> int:
        here = await self.session.exec(select(OpinionPictureRow.id))
        back = sorted(set(here) & set(picture_ids))
        return sum([await self._erase(col(OpinionPictureRow.id) == one) for one in back])

    async def _erase(self, these: ColumnElement[bool]) -> int:
        gone = tuple(await self.session.exec(select(OpinionPictureRow.id).where(these)))
        if gone:
            self.session.info.setdefault(ERASED, [])
            self.session.info.setdefault(ERASED_MEDIA, []).extend(gone)
            await rows.change(self.session, delete(OpinionPictureRow).where(these))
        return len(gone)
