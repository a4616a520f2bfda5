"""The table of bulletins that came from files."""

from sqlmodel import Field

from storage.tables.registry import MainTable


class ImportedBulletinRow(MainTable, table=True):
    """By which bulletin somebody's file is known again (bản tin đã nhập)."""

    __tablename__ = "imported_bulletin"

    author_id: str = Field(primary_key=True, foreign_key="person.id")
    name: str = Field(primary_key=True)
    bulletin_id: str = Field(foreign_key="bulletin.id", unique=True)
    hash: str
    version: int
