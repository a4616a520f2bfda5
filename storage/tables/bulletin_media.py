"""Tables of what goes along with bulletins: the bytes, and which revision shows which."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from storage.tables.registry import MainTable


class BulletinMediaRow(MainTable, table=True):
    """The bytes of one file, under their own SHA-256 (tệp của bản tin)."""

    __tablename__ = "bulletin_media"
    __table_args__ = (
        CheckConstraint("length(content) BETWEEN 1 AND 20971520", name="size"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    sha256: str = Field(primary_key=True)
    content: bytes
    added_at: datetime
    """When somebody last added them to a draft."""


class RevisionMediaRow(MainTable, table=True):
    """One file of a frozen revision: while it stands, its bytes cannot go."""

    __tablename__ = "revision_media"

    revision_id: str = Field(primary_key=True, foreign_key="revision.id")
    number: int = Field(primary_key=True)
    sha256: str = Field(foreign_key="bulletin_media.sha256", index=True)
