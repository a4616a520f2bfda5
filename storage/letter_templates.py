"""Templates for answers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.letter_template import LetterTemplate
from storage import rows
from storage.engine import connection_of
from storage.tables.cases import LetterTemplateRow


@dataclass(frozen=True, slots=True)
class SqlLetterTemplates:
    """Templates for answers in SQL."""

    session: AsyncSession

    async def of(self, unit_ids: Sequence[str]) -> tuple[LetterTemplate, ...]:
        theirs = select(LetterTemplateRow).where(col(LetterTemplateRow.unit_id).in_(unit_ids))
        found = [LetterTemplate(**row.model_dump()) for row in await self.session.exec(theirs)]
        return tuple(sorted(found, key=lambda one: (unit_ids.index(one.unit_id), one.name)))

    async def keep(self, template: LetterTemplate) -> None:
        values = asdict(template)
        keeping = rows.insert(self.session, LetterTemplateRow).values(values)
        instead = keeping.on_conflict_do_update(index_elements=["id"], set_=values)
        await connection_of(self.session).execute(instead)

    async def remove(self, template_id: str) -> None:
        gone = delete(LetterTemplateRow).where(col(LetterTemplateRow.id) == template_id)
        await rows.change(self.session, gone)
