"""Letters that wait for a second person."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.office_word import WaitingLetter
from domain.model.opinion import LetterKind
from storage import rows
from storage.engine import connection_of
from storage.tables.cases import WaitingLetterRow


@dataclass(frozen=True, slots=True)
class SqlWaitingLetters:
    """Waiting letters in SQL."""

    session: AsyncSession

    async def about(self, opinion_id: str) -> WaitingLetter | None:
        mine = select(WaitingLetterRow).where(WaitingLetterRow.opinion_id == opinion_id)
        found = await rows.find(self.session, mine)
        if found is None:
            return None
        return WaitingLetter(**found.model_dump() | {"kind": LetterKind(found.kind)})

    async def keep(self, letter: WaitingLetter) -> None:
        values = asdict(letter)
        keeping = rows.insert(self.session, WaitingLetterRow).values(values)
        instead = keeping.on_conflict_do_update(index_elements=["opinion_id"], set_=values)
        await connection_of(self.session).execute(instead)

    async def drop(self, opinion_ids: Sequence[str]) -> None:
        """What nobody will let go any more, with its words."""
        gone = delete(WaitingLetterRow).where(col(WaitingLetterRow.opinion_id).in_(opinion_ids))
        await rows.change(self.session, gone)
