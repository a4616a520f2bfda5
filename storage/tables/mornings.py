"""Tables of the morning: when each person wants their card, and how many have read it."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from storage.tables.registry import MainTable

# Rows without hidden numbers: nothing shows in which order they came.
_UNORDERED = {"sqlite_with_rowid": False}


class MorningWishRow(MainTable, table=True):
    """When and in which language somebody wants their morning card (giờ nhận tin)."""

    __tablename__ = "morning_wish"
    __table_args__ = (
        CheckConstraint("minutes IN (330, 360, 390, 420, 450, 480)", name="minutes"),
        CheckConstraint("language IN ('', 'vi', 'km', 'en')", name="language"),
    )

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    minutes: int | None = None
    """After midnight, local; None for no card."""
    language: str


class MorningRoundRow(MainTable, table=True):
    """An hour of a day whose cards are in the outbox."""

    __tablename__ = "morning_round"

    day: date = Field(primary_key=True)
    minutes: int = Field(primary_key=True)


class ReadingDayRow(MainTable, table=True):
    """What the marks of one day are salted with; gone, with them, when the day is over."""

    __tablename__ = "reading_day"

    day: date = Field(primary_key=True)
    salt: str


class ReadMarkRow(MainTable, table=True):
    """That somebody has been counted today: who, only by a hash that is salted for the day."""

    __tablename__ = "read_mark"
    __table_args__ = _UNORDERED

    mark: str = Field(primary_key=True)
    day: date


class ReadCountRow(MainTable, table=True):
    """How many of a unit's people have read a day's content; never who."""

    __tablename__ = "read_count"

    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    day: date = Field(primary_key=True)
    readers: int
