"""Recordings of opinions: apart from the words, so that reading those never reads them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.opinion_voice import VoiceConsent
from storage import rows
from storage.opinion_pictures import ERASED, ERASED_MEDIA
from storage.tables.cases import OpinionVoiceRow


@dataclass(frozen=True, slots=True)
class SqlVoices:
    """Recordings of opinions in SQL."""

    session: AsyncSession

    async def add(self, name: str, opinion_id: str, consent: VoiceConsent, content: bytes) -> None:
        row = OpinionVoiceRow(
            id=name,
            opinion_id=opinion_id,
            agreed_to=consent.version,
            agreed_at=consent.agreed_at,
            content=content,
        )
        await rows.add(self.session, row)

    async def of(self, opinion_id: str) -> bytes | None:
        theirs = select(OpinionVoiceRow.content).where(OpinionVoiceRow.opinion_id == opinion_id)
        return (await self.session.exec(theirs)).one_or_none()

    async def consent(self, opinion_id: str) -> VoiceConsent | None:
        said = select(OpinionVoiceRow.agreed_to, OpinionVoiceRow.agreed_at)
        theirs = said.where(OpinionVoiceRow.opinion_id == opinion_id)
        found = (await self.session.exec(theirs)).one_or_none()
        return VoiceConsent(*found) if found else None

    async def erase(self, opinion_ids: Collection[str]) -> None:
        await self._erase(col(OpinionVoiceRow.opinion_id).in_(opinion_ids))

    async def erase_again(self, voice_ids: Collection[str]) -> int:
        here = await self.session.exec(select(OpinionVoiceRow.id))
        back = sorted(set(here) & set(voice_ids))
        return sum([await self._erase(col(OpinionVoiceRow.id) == one) for one in back])

    async def _erase(self, these: ColumnElement[bool]) -> int:
        gone = tuple(await self.session.exec(select(OpinionVoiceRow.id).where(these)))
        if gone:
            self.session.info.setdefault(ERASED, [])
            self.session.info.setdefault(ERASED_MEDIA, []).extend(gone)
            await rows.change(self.session, delete(OpinionVoiceRow).where(these))
        return len(gone)
