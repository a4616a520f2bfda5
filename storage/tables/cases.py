"""Tables of opinions and the answers given: the text and the case, never the person."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from storage.tables.registry import MainTable


class OpinionRow(MainTable, table=True):
    """What a resident wrote, word for word, and the state of its case (ý kiến)."""

    __tablename__ = "opinion"
    __table_args__ = (
        CheckConstraint(
            "state IN ('new', 'received', 'in_progress', 'answered', 'closed', 'withdrawn')",
            name="state",
        ),
        CheckConstraint("erased_at IS NULL OR text = ''", name="erased"),
        Index("ix_opinion_waiting", "state", "due_at"),
    )

    id: str = Field(primary_key=True)
    code: str = Field(unique=True)
    number: str = Field(unique=True)
    unit_id: str = Field(foreign_key="unit.id", index=True)
    source: str
    text: str
    language: str
    state: str
    handle: str | None = Field(default=None, unique=True)
    filed_at: datetime
    due_at: datetime
    owner_id: str | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    version: int
    erased_at: datetime | None = None
    field: str | None = None
    spread: str | None = None
    interest: str | None = None
    bearer_id: str | None = Field(default=None, foreign_key="person.id")
    """Who brought what they heard, if they put their name to it; erased with the text."""


class AnswerRow(MainTable, table=True):
    """What the office wrote back (phản hồi)."""

    __tablename__ = "answer"

    id: str = Field(primary_key=True)
    opinion_id: str = Field(foreign_key="opinion.id", index=True)
    author_id: str = Field(foreign_key="person.id")
    signed_as: str
    text: str
    answered_at: datetime
