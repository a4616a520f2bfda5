"""Tables of outreach sessions: the form's versions, the log, questions raised, plans."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.registry import MainTable

MODES = "'truc_tiep', 'truc_tuyen', 'ket_hop'"


class FormRow(MainTable, table=True):
    """One version of the form; never changed. The first stands in the code (biểu mẫu)."""

    __tablename__ = "session_form"
    __table_args__ = (CheckConstraint("version > 1", name="version"),)

    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    fields: str
    """The fields in their order, as JSON."""
    changed_by: str = Field(foreign_key="person.id")
    changed_at: datetime


class SessionRow(MainTable, table=True):
    """A session: what figures need in columns, every other answer as JSON (buổi tuyên truyền)."""

    __tablename__ = "outreach_session"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'submitted', 'confirmed', 'returned')", name="state"),
        CheckConstraint(f"mode IN ({MODES})", name="mode"),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes"),
        CheckConstraint("people BETWEEN 0 AND 100000", name="people"),
        CheckConstraint("households BETWEEN 0 AND 100000", name="households"),
        CheckConstraint(
            "state = 'draft' OR (start_at IS NOT NULL AND minutes IS NOT NULL"
            " AND mode IS NOT NULL AND people IS NOT NULL AND submitted_at IS NOT NULL)",
            name="complete",
        ),
        CheckConstraint("start_at <= submitted_at", name="not_in_the_future"),
        CheckConstraint(
            "(state = 'confirmed') = (confirmed_at IS NOT NULL)"
            " AND (confirmed_at IS NULL) = (confirmed_by IS NULL)",
            name="confirmed",
        ),
        CheckConstraint("confirmed_by <> person_id", name="second_person"),
        Index("ix_outreach_session_person", "person_id", "state"),
        Index("ix_outreach_session_unit", "unit_id", "start_at"),
        Index("ix_outreach_session_waiting", "state", "submitted_at"),
    )

    id: str = Field(primary_key=True)
    unit_id: str = Field(foreign_key="unit.id")
    person_id: str = Field(foreign_key="person.id")
    role: str
    form_version: int
    state: str
    version: int
    begun_at: datetime
    start_at: datetime | None = None
    minutes: int | None = None
    mode: str | None = None
    people: int | None = None
    households: int | None = None
    place: str | None = None
    topic: str | None = None
    bulletin_id: str | None = Field(default=None, foreign_key="bulletin.id")
    field: str | None = None
    answers: str
    note: str
    submitted_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str | None = Field(default=None, foreign_key="person.id")


class QuestionRow(MainTable, table=True):
    """What somebody asked at a session, until its words are a case's."""

    __tablename__ = "session_question"
    __table_args__ = (CheckConstraint("(filed_at IS NOT NULL) = (text = '')", name="words_once"),)

    id: str = Field(primary_key=True)
    session_id: str = Field(foreign_key="outreach_session.id", index=True)
    number: int
    text: str
    opinion_id: str | None = Field(default=None, foreign_key="opinion.id", unique=True)
    """Whose answer is to be carried back; parted from it when the case is long closed."""
    filed_at: datetime | None = None


class MonthlyPlanRow(MainTable, table=True):
    """How many sessions a unit expects of each communicator, from a month on; never changed."""

    __tablename__ = "monthly_plan"
    __table_args__ = (CheckConstraint("sessions BETWEEN 0 AND 60", name="sessions"),)

    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    from_on: date
    sessions: int
    set_by: str = Field(foreign_key="person.id")
    set_at: datetime


class MediaRow(MainTable, table=True):
    """A photo or the voice note of a session, each in a place of its own (ảnh, ghi âm)."""

    __tablename__ = "session_media"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'photo' AND number BETWEEN 1 AND 4) OR (kind = 'voice' AND number = 1)",
            name="place",
        ),
        CheckConstraint("length(content) BETWEEN 1 AND 4194304", name="size"),
        UniqueConstraint("session_id", "kind", "number"),
    )

    id: str = Field(primary_key=True)
    session_id: str = Field(foreign_key="outreach_session.id")
    kind: str
    number: int
    content: bytes
    added_at: datetime
