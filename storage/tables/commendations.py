"""The table of commendations."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from storage.tables.registry import MainTable


class CommendationRow(MainTable, table=True):
    """A good word, until its author takes it back (lời khen)."""

    __tablename__ = "commendation"
    __table_args__ = (
        CheckConstraint("author_id <> person_id", name="second_person"),
        CheckConstraint("length(text) BETWEEN 1 AND 300", name="text"),
        Index("ix_commendation_person", "person_id", "given_at"),
    )

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    unit_id: str = Field(foreign_key="unit.id")
    author_id: str = Field(foreign_key="person.id")
    text: str
    given_at: datetime
