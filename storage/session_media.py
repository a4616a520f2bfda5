"""Photos and voice notes of sessions: apart from the log, so that reading it never reads them."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.attachment import AttachmentKind
from domain.model.session_media import MediaPlace, SessionMedia
from storage import rows
from storage.opinion_pictures import ERASED, ERASED_MEDIA
from storage.tables.sessions import MediaRow, SessionRow


@dataclass(frozen=True, slots=True)
class SqlMedia:
    """Photos and voice notes in SQL."""

    session: AsyncSession

    async def places(self, session_id: str) -> tuple[MediaPlace, ...]:
        theirs = select(MediaRow.kind, MediaRow.number).where(MediaRow.session_id == session_id)
        found = await self.session.exec(theirs.order_by(*_IN_ORDER))
        return tuple(MediaPlace(AttachmentKind(kind), number) for kind, number in found)

    async def of(self, session_id: str) -> tuple[SessionMedia, ...]:
        theirs = select(MediaRow).where(MediaRow.session_id == session_id)
        return tuple(_media(row) for row in await self.session.exec(theirs.order_by(*_IN_ORDER)))

    async def add(self, media: SessionMedia) -> None:
        await rows.add(self.session, MediaRow(**asdict(media)))

    async def drop(self, session_id: str, place: MediaPlace) -> bool:
        theirs, kind = col(MediaRow.session_id) == session_id, col(MediaRow.kind) == place.kind
        one = and_(theirs, kind, col(MediaRow.number) == place.number)
        return await self._erase(one) > 0

    async def drop_all(self, session_id: str) -> None:
        await self._erase(col(MediaRow.session_id) == session_id)

    async def forget(self, before: datetime) -> int:
        over = select(SessionRow.id).where(col(SessionRow.confirmed_at) < before)
        open_ = select(SessionRow.id).where(col(SessionRow.confirmed_at).is_(None))
        session_id, came_before = col(MediaRow.session_id), col(MediaRow.added_at) < before
        due = or_(session_id.in_(over), and_(came_before, session_id.in_(open_)))
        return await self._erase(due)

    async def erase_again(self, media_ids: Collection[str]) -> int:
        here = await self.session.exec(select(MediaRow.id))
        back = sorted(set(here) & set(media_ids))
        return sum([await self._erase(col(MediaRow.id) == one) for one in back])

    async def _erase(self, these: ColumnElement[bool]) -> int:
        gone = tuple(await self.session.exec(select(MediaRow.id).where(these)))
        if gone:
            # Says to the commit that something was erased, and names no case.
            self.session.info.setdefault(ERASED, [])
            self.session.info.setdefault(ERASED_MEDIA, []).extend(gone)
            await rows.change(self.session, delete(MediaRow).where(these))
        return len(gone)


_IN_ORDER = (col(MediaRow.kind), col(MediaRow.number))


def _media(row: MediaRow) -> SessionMedia:
    return SessionMedia(**row.model_dump() | {"kind": AttachmentKind(row.kind)})
