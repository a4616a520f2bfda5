"""Tables of what happened: the audit log, and the updates whose effect is in the database."""

from datetime import date, datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from storage.tables.registry import MainTable


class AuditRow(MainTable, table=True):
    """One privileged act, chained to the one before (nhật ký kiểm toán); never changed."""

    __tablename__ = "audit"

    seq: int = Field(primary_key=True)
    at: datetime
    actor_id: str
    action: str
    subject: str
    detail: str
    previous_hash: str
    hash: str = Field(unique=True)


class DutyRow(MainTable, table=True):
    """Which process does a piece of work that only one may do at a time (ca trực)."""

    __tablename__ = "duty"

    name: str = Field(primary_key=True)
    holder: str
    """The process; '' once it has let go."""
    term: int
    """Grows with every new holder: what an earlier one still tries is refused by it."""
    beat: int
    """Grows while the holder lives: whoever sees it stand still may take over."""


class ProcessedRow(MainTable, table=True):
    """An update whose effect was committed together with this mark."""

    __tablename__ = "processed"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    marked_on: date | None = Field(default=None, index=True)
    """The day only; after some weeks the update can come no more, and the mark goes."""
