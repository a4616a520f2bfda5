"""Which bulletins came from which files."""

from dataclasses import asdict, dataclass

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.imported_bulletin import ImportedBulletin
from storage import rows
from storage.tables.imported_bulletins import ImportedBulletinRow

KEY = ["author_id", "name"]


@dataclass(frozen=True, slots=True)
class SqlImportedBulletins:
    """Imported bulletins in SQL."""

    session: AsyncSession

    async def of(self, author_id: str, name: str) -> ImportedBulletin | None:
        this = select(ImportedBulletinRow).where(
            ImportedBulletinRow.author_id == author_id, ImportedBulletinRow.name == name
        )
        found = await rows.find(self.session, this)
        return ImportedBulletin(**found.model_dump()) if found else None

    async def keep(self, imported: ImportedBulletin) -> None:
        fields = asdict(imported)
        statement = rows.insert(self.session, ImportedBulletinRow).values(**fields)
        changed = {name: value for name, value in fields.items() if name not in KEY}
        statement = statement.on_conflict_do_update(index_elements=KEY, set_=changed)
        await rows.change(self.session, statement)
