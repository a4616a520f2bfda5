"""The table of everything that is owed to somebody."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.registry import MainTable

OPEN = text("outbox.state IN ('queued', 'sending')")
"""Literally, so that a query which says the same can use the index of these rows only."""


class OutboxRow(MainTable, table=True):
    """One message owed to one destination (lượt gửi); never removed."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("origin_kind", "origin_id", "destination", "part"),
        CheckConstraint(
            "substr(destination, 1, 5) = 'chat:'"
            " OR substr(destination, 1, 7) IN ('person:', 'handle:')",
            name="destination",
        ),
        CheckConstraint(
            "origin_kind IN ('broadcast', 'card', 'letter', 'view')", name="origin_kind"
        ),
        CheckConstraint("origin_kind <> 'broadcast' OR payload IS NULL", name="words_once"),
        CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'uncertain', 'failed', 'cancelled', 'expired')",
            name="state",
        ),
        Index("ix_outbox_ready", "bot_id", "state", "lane", "seq"),
        Index(
            "ix_outbox_open",
            "origin_kind",
            "origin_id",
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_outbox_destination", "destination", "state", "lane", "seq"),
    )

    seq: int = Field(default=None, primary_key=True)
    """The order in which entries came."""
    id: str = Field(unique=True)
    origin_kind: str
    origin_id: str
    destination: str
    bot_id: int = Field(default=0, sa_type=BigInteger)
    """Whose to send: a group's own bot; 0 for the bot that people talk to."""
    part: int
    lane: int
    payload: str | None = None
    payload_hash: str
    """SHA-256 of the payload as it was added, gone with the words; '' without."""
    state: str
    attempt: int
    not_before: datetime | None = None
    not_after: datetime | None = None
    delete_after_seconds: float | None = None
    lease_until: datetime | None = None
    refusals: int
    message_id: str = ""
    link: str = ""
    reason: str = ""
    sent_at: datetime | None = None
    delete_at: datetime | None = Field(default=None, index=True)
    """When the channel is to be asked to delete it; None again once that was done."""
    edits: str = ""
    """The number of the message that a correction changes in place."""
    old_link: str = ""
    messages: int = 1
    """How many messages it is in its chat."""
    more_ids: str = ""
    """Of an album that arrived, the numbers of all but its first message, with commas."""
    removal: str = ""
    """What became of it when its bulletin was withdrawn."""
