"""What main remembers of bulletins that came from files."""

from typing import Protocol

from domain.model.imported_bulletin import ImportedBulletin


class ImportedBulletins(Protocol):
    """By author and by the id in the file."""

    async def of(self, author_id: str, name: str) -> ImportedBulletin | None: ...
    async def keep(self, imported: ImportedBulletin) -> None:
        """In place of what was known under this name."""
        ...
