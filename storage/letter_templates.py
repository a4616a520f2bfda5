"""Templates for letters."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Table, delete, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.letter_template import LetterTemplate, going_along, left_behind
from domain.model.opinion import LetterKind
from storage import rows
from storage.engine import connection_of
from storage.tables.cases import LetterTemplateRow

_TEMPLATE: Table = LetterTemplateRow.metadata.tables["letter_template"]


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


def carry_templates(
    connection: Connection, old: str, new: str
) -> tuple[int, tuple[LetterTemplate, ...], int]:
    """The templates of a unit that ends are its successor's, no name twice and none too many.

    Returns how many, those that go with their unit, and how many it has word for word already.
    """
    own, there = (_lying(connection, unit_id) for unit_id in (old, new))
    along = going_along(own, there)
    for one in along:
        heirs = update(_TEMPLATE).where(_TEMPLATE.c.id == one.id)
        connection.execute(heirs.values(unit_id=new, name=one.name))
    connection.execute(delete(_TEMPLATE).where(_TEMPLATE.c.unit_id == old))
    left = left_behind(own, there, along)
    return len(along), left, len(own) - len(along) - len(left)


def _lying(connection: Connection, unit_id: str) -> list[LetterTemplate]:
    found = connection.execute(columns(_TEMPLATE).where(_TEMPLATE.c.unit_id == unit_id))
    return [_template(LetterTemplateRow(**row)) for row in found.mappings()]


def _template(row: LetterTemplateRow) -> LetterTemplate:
    return LetterTemplate(**row.model_dump() | {"kind": LetterKind(row.kind)})


def _place(template: LetterTemplate) -> tuple[int, str]:
    return list(LetterKind).index(template.kind), template.name
