"""Tables of matters: what several cases are about, and which cases those are."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from storage.tables.registry import MainTable


class MatterRow(MainTable, table=True):
    """What several cases are about, to be answered once in public (việc chung)."""

    __tablename__ = "matter"
    __table_args__ = (CheckConstraint("length(title) BETWEEN 1 AND 80", name="title"),)

    id: str = Field(primary_key=True)
    unit_id: str = Field(foreign_key="unit.id", index=True)
    title: str
    opened_by: str = Field(foreign_key="person.id")
    opened_at: datetime
    bulletin_id: str | None = Field(default=None, foreign_key="bulletin.id", index=True)
    closed_at: datetime | None = None
    version: int


class MatterCaseRow(MainTable, table=True):
    """That a case is gathered under a matter; one at most, and it goes with the case's words."""

    __tablename__ = "matter_case"

    opinion_id: str = Field(primary_key=True, foreign_key="opinion.id")
    matter_id: str = Field(foreign_key="matter.id", index=True)
