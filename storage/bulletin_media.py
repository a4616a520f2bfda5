"""Files of bulletins: apart from the words, so that reading those never reads them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.bulletin import BulletinState
from storage import rows
from storage.bulletin_rows import enclosed
from storage.engine import connection_of
from storage.tables.bulletin_media import BulletinMediaRow, RevisionMediaRow
from storage.tables.news import BulletinRow, DraftRow


@dataclass(frozen=True, slots=True)
class SqlBulletinMedia:
    """Files of bulletins in SQL."""

    session: AsyncSession

    async def keep(self, sha256: str, content: bytes, now: datetime) -> None:
        fresh = {"sha256": sha256, "content": content, "added_at": now}
        kept = rows.insert(self.session, BulletinMediaRow).values(fresh)
        # The same picture in another draft: it must not go with what was forgotten there.
        touched = kept.on_conflict_do_update(index_elements=["sha256"], set_={"added_at": now})
        await connection_of(self.session).execute(touched)

    async def read(self, sha256: str) -> bytes:
        statement = select(BulletinMediaRow).where(BulletinMediaRow.sha256 == sha256)
        return (await rows.get(self.session, statement, sha256)).content

    async def forget(self, before: datetime) -> int:
        sha256 = col(BulletinMediaRow.sha256)
        frozen = exists().where(col(RevisionMediaRow.sha256) == sha256)
        written = (
            select(DraftRow.attachments)
            .join(BulletinRow, col(BulletinRow.id) == DraftRow.bulletin_id)
            .where(DraftRow.attachments != "", BulletinRow.state == BulletinState.DRAFT)
        )
        drafts = await self.session.exec(written)
        wanted = {one.sha256 for draft in drafts for one in enclosed(draft)}
        over = delete(BulletinMediaRow).where(col(BulletinMediaRow.added_at) < before)
        return await rows.change(self.session, over.where(~frozen, sha256.not_in(wanted)))
