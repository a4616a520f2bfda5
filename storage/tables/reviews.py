"""Tables of reviewing: what units demand, first approvals, notes and reminders."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from storage.tables.registry import MainTable


class ReviewRuleRow(MainTable, table=True):
    """What a unit demands before something goes out, one rule after the other; never changed."""

    __tablename__ = "review_rule"
    __table_args__ = (
        CheckConstraint(
            "(about IN ('thong_thuong', 'uu_tien', 'khan_cap') AND value IN (0, 1, 2))"
            " OR (about = 'nhac_duyet' AND value IN (0, 2, 4, 8))"
            " OR (about = 'khoang_trong' AND value IN (0, 7, 10, 14))"
            " OR (about = 'thu_tra_loi' AND value IN (0, 1, 2))",
            name="value",
        ),
    )

    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    about: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    value: int
    set_by: str = Field(foreign_key="person.id")
    set_at: datetime


class ReviewNoteRow(MainTable, table=True):
    """What an approver said about one revision, without sending it back; never changed."""

    __tablename__ = "review_note"
    __table_args__ = (CheckConstraint("length(text) BETWEEN 1 AND 500", name="text"),)

    revision_id: str = Field(primary_key=True, foreign_key="revision.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    reviewer_id: str = Field(foreign_key="person.id")
    quote: str
    text: str
    noted_at: datetime


class ReminderRow(MainTable, table=True):
    """That approvers were reminded of one revision; each step once."""

    __tablename__ = "review_reminder"
    __table_args__ = (CheckConstraint("step IN ('waiting', 'soon', 'passed')", name="step"),)

    revision_id: str = Field(primary_key=True, foreign_key="revision.id")
    step: str = Field(primary_key=True)
    reminded_at: datetime


class FirstApprovalRow(MainTable, table=True):
    """The first of two people's agreement to a revision; nothing can be planned by it alone."""

    __tablename__ = "first_approval"
    __table_args__ = (
        ForeignKeyConstraint(
            ["revision_id", "author_id", "revision_hash"],
            ["revision.id", "revision.author_id", "revision.hash"],
        ),
        CheckConstraint("author_id <> approver_id", name="second_person"),
        CheckConstraint("deputy_of NOT IN (author_id, approver_id)", name="deputy_of_another"),
    )

    id: str
    revision_id: str = Field(primary_key=True)
    revision_hash: str
    author_id: str
    approver_id: str = Field(foreign_key="person.id")
    approved_at: datetime
    deputy_of: str | None = Field(default=None, foreign_key="person.id")
