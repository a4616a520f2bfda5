"""Tables of conferences: what they are, who is called and came, what was sent about them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from storage.tables.registry import MainTable


class ConferenceRow(MainTable, table=True):
    """A conference or a training (hội nghị, tập huấn)."""

    __tablename__ = "conference"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'called', 'held', 'cancelled')", name="state"),
        CheckConstraint("kind IN ('', 'hoi_nghi', 'tap_huan')", name="kind"),
        CheckConstraint("minutes BETWEEN 15 AND 4320", name="minutes"),
        CheckConstraint(
            "state = 'draft' OR (kind <> '' AND title <> '' AND start_at IS NOT NULL"
            " AND minutes IS NOT NULL AND place <> '' AND audience <> '' AND note IS NOT NULL"
            " AND told_at IS NOT NULL)",
            name="complete",
        ),
        CheckConstraint("(state = 'called') = (secret <> '')", name="secret_while_called"),
        Index("ix_conference_unit", "unit_id", "start_at"),
        Index("ix_conference_state", "state", "start_at"),
    )

    id: str = Field(primary_key=True)
    unit_id: str = Field(foreign_key="unit.id")
    made_by: str = Field(foreign_key="person.id")
    made_at: datetime
    state: str
    version: int
    asked: int
    kind: str
    title: str
    start_at: datetime | None = None
    minutes: int | None = None
    place: str
    audience: str
    note: str | None = None
    told_at: datetime | None = None
    secret: str
    """What its codes are made from; empty but while people are called."""
    forgotten_at: datetime | None = None
    """When those who were called were forgotten; how many they were stands beside it."""
    invited: int = 0
    yes: int = 0
    declined: int = 0
    came: int = 0


class GuestRow(MainTable, table=True):
    """Somebody who is called to one, or has come uncalled; kept for a year (người dự)."""

    __tablename__ = "conference_guest"
    __table_args__ = (
        CheckConstraint("reply IN ('', 'yes', 'no')", name="reply"),
        CheckConstraint("came IN ('', 'code', 'hand')", name="came"),
        CheckConstraint("invited OR (came <> '' AND reply = '')", name="called_or_there"),
        Index("ix_conference_guest_person", "person_id"),
    )

    conference_id: str = Field(primary_key=True, foreign_key="conference.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    unit_id: str = Field(foreign_key="unit.id")
    invited: bool
    reply: str = ""
    came: str = ""


class ConferenceReminderRow(MainTable, table=True):
    """A reminder that is in line, for one time of a conference (nhắc)."""

    __tablename__ = "conference_reminder"

    conference_id: str = Field(primary_key=True, foreign_key="conference.id")
    asked: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    reminder: str = Field(primary_key=True)


class ConferenceMaterialRow(MainTable, table=True):
    """What was sent to those who were called or came (tài liệu sau hội nghị)."""

    __tablename__ = "conference_material"

    conference_id: str = Field(primary_key=True, foreign_key="conference.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str
    sent_at: datetime


class WrongCodeRow(MainTable, table=True):
    """Somebody's wrong codes, until a right one or the next round of forgetting."""

    __tablename__ = "wrong_code"

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    count: int
    since: datetime
