"""Tables of roster checks."""

from datetime import date

from sqlmodel import Field

from storage.tables.registry import MainTable


class RosterCheckRow(MainTable, table=True):
    """A unit's check of one month, once its cards are in line (rà soát)."""

    __tablename__ = "roster_check"

    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    month: date = Field(primary_key=True)
    """Its first day."""


class SeenRow(MainTable, table=True):
    """The last day on which somebody registered was there; nothing else of what they do."""

    __tablename__ = "person_seen"

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    seen_on: date
