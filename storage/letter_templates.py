"""Templates for letters."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.letter_template import LetterTemplate
from domain.model.opinion import LetterKind
from storage import rows
from storage.engine import connection_of
from storage.tables.cases import LetterTemplateRow


@dataclass(frozen=True, slots=True)
class SqlLetterTemplates:
    """Templates for letters in SQL."""

    session: AsyncSession

    async def of(self, unit_ids: Sequence[str]) -> tuple[LetterTemplate, ...]:
        theirs = select(LetterTemplateRow).where(col(LetterTemplateRow.unit_id).in_(unit_ids))
        found = [_template(row) for row in await self.session.exec(theirs)]
        return tuple(sorted(found, key=lambda one: (unit_ids.index(one.unit_id), *_place(one))))

    async def keep(self, template: LetterTemplate) -> None:
        values = asdict(template)
        keeping = rows.insert(self.session, LetterTemplateRow).values(values)
        instead = keeping.on_conflict_do_update(index_elements=["id"], set_=values)
        await connection_of(self.session).execute(instead)

    async def remove(self, template_id: str) -> None:
        gone = delete(LetterTemplateRow).where(col(LetterTemplateRow.id) == template_id)
        await rows.change(self.session, gone)


def _template(row: LetterTemplateRow) -> LetterTemplate:
    return LetterTemplate(**row.model_dump() | {"kind": LetterKind(row.kind)})


def _place(template: LetterTemplate) -> tuple[int, str]:
    return list(LetterKind).index(template.kind), template.name
