"""Tables of the vault: what could name a resident is sealed, and found by a blind index only."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.registry import VaultTable

# A table with hidden row numbers remembers in which order its rows came: an address could then
# be matched with the opinion that was filed at that place in line.
_UNORDERED = {"sqlite_with_rowid": False}


class SealedRow(VaultTable):
    """A row with a sealed part, which opens in no other row and in no other table."""

    epoch: str = ""
    """The month of the key."""
    sealed: bytes = b""

    def bound_to(self) -> str:
        """What the seal is bound to: the table, the row's lasting name, the month."""
        name = getattr(self, "who" if isinstance(self, ResidentRow) else "handle")
        return bound_to(str(self.__tablename__), name, self.epoch)


def bound_to(table: str, name: str, epoch: str) -> str:
    """The words that a seal in this row goes with."""
    return f"{table}|{name}|{epoch}"


class ResidentRow(SealedRow, table=True):
    """Language and consent of somebody who wrote in (người dân)."""

    __tablename__ = "resident"
    __table_args__ = _UNORDERED

    who: str = Field(primary_key=True)
    """The blind index of the account, under that month's key."""


class OpinionDraftRow(SealedRow, table=True):
    """An opinion that was not filed yet."""

    __tablename__ = "opinion_draft"
    __table_args__ = _UNORDERED

    handle: str = Field(primary_key=True)
    who: str = Field(unique=True)
    expires_at: datetime


class AddressRow(SealedRow, table=True):
    """Where the answer to a case can be delivered; no index leads from a person to it."""

    __tablename__ = "address"
    __table_args__ = _UNORDERED

    handle: str = Field(primary_key=True)
    sealed_on: date
    """The day only, so that it cannot be matched with the moment of filing."""


class InboxRow(SealedRow, table=True):
    """One update as it came (hộp thư đến); its sealed body is empty once it is done."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        CheckConstraint("state IN ('waiting', 'done', 'parked')", name="state"),
        Index("uq_inbox_said", "bot_id", "said", unique=True),
        Index(
            "ix_inbox_waiting",
            "bot_id",
            "line",
            "update_id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    bot_id: int = Field(sa_type=BigInteger)
    update_id: int = Field(sa_type=BigInteger)
    handle: str
    line: str
    """The month and the blind index of its place in line; '' once it is done."""
    said: str
    """The blind index of the message and of its edit: the same one under another number."""
    state: str
    tries: int = 0
    reason: str = ""
    done_at: datetime | None = Field(default=None, index=True)
    """When it was handled or parked: its row is kept for a time from then on."""


class CursorRow(VaultTable, table=True):
    """The number to ask the channel for next, for each bot."""

    __tablename__ = "cursor"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    next_offset: int = Field(sa_type=BigInteger)


VAULT = VaultTable.metadata
SEALED = (ResidentRow, OpinionDraftRow, AddressRow, InboxRow)
