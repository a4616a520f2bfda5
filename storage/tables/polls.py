"""Tables of polls: each group's copy, and what was published once."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field

from storage.tables.registry import MainTable


class PollCopyRow(MainTable, table=True):
    """A poll as it stands in one group (bản thăm dò của nhóm); never who voted."""

    __tablename__ = "poll_copy"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'counted', 'uncounted', 'lost')", name="state"),
        CheckConstraint("(state = 'counted') = (counts <> '')", name="counted"),
        Index("ix_poll_copy_poll", "bot_id", "poll_id"),
        Index("ix_poll_copy_due", "bot_id", "state", "try_at"),
    )

    entry_id: str = Field(primary_key=True)
    broadcast_id: str = Field(foreign_key="broadcast.id", index=True)
    bot_id: int = Field(sa_type=BigInteger)
    poll_id: str
    closes_at: datetime
    try_at: datetime
    """When the channel is asked to close it, or asked again."""
    ended_at: datetime | None = None
    state: str = "open"
    counts: str = ""
    """A list of numbers as JSON, by option; empty until it is closed."""
    voters: int = 0


class PollResultRow(MainTable, table=True):
    """What may be shown of a poll (bảng công bố): worked out once, and never again."""

    __tablename__ = "poll_result"

    broadcast_id: str = Field(primary_key=True, foreign_key="broadcast.id")
    published: str
    """Its form as JSON."""
    made_at: datetime
