"""Tables of the vault: what could name a resident is sealed, and found by a blind index only."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.registry import VaultTable

# A table with hidden row numbers remembers in which order its rows came: an address could then
# be matched with the opinion that was filed at that place in line.
_UNORDERED = {"sqlite_with_rowid": False}


_LASTING = ("name", "handle", "who")
"""By which column a row is told from all others: the first of these that it has."""


def _by_epoch(table: str) -> Index:
    """What is still under an older key is found without reading the rest."""
    return Index(f"ix_{table}_epoch", "epoch")


class SealedRow(VaultTable):
    """A row with a sealed part, which opens in no other row and in no other table."""

    epoch: str = ""
    """The month of the key."""
    sealed: bytes = b""

    def bound_to(self) -> str:
        """What the seal is bound to: the table, the row's lasting name, the month."""
        name = next(getattr(self, one) for one in _LASTING if one in type(self).model_fields)
        return bound_to(str(self.__tablename__), name, self.epoch)


def bound_to(table: str, name: str, epoch: str) -> str:
    """The words that a seal in this row goes with."""
    return f"{table}|{name}|{epoch}"


class ResidentRow(SealedRow, table=True):
    """Language and consent of somebody who wrote in (người dân)."""

    __tablename__ = "resident"
    __table_args__ = (_by_epoch("resident"), _UNORDERED)

    who: str = Field(primary_key=True)
    """The blind index of the account, under that month's key."""


class OpinionDraftRow(SealedRow, table=True):
    """An opinion that was not filed yet; the handle that its case will have is in the seal."""

    __tablename__ = "opinion_draft"
    __table_args__ = (_by_epoch("opinion_draft"), _UNORDERED)

    name: str = Field(primary_key=True)
    """The blind index of its handle: main shows that handle beside the case, this never."""
    who: str = Field(unique=True)
    expires_at: datetime
    """Rounded down to the hour; the moment, which buttons in main have too, is in the seal."""


class PublicReplyRow(SealedRow, table=True):
    """An answer in a group that waits for the consent of whoever wrote it."""

    __tablename__ = "public_reply"
    __table_args__ = (_by_epoch("public_reply"), _UNORDERED)

    name: str = Field(primary_key=True)
    """The blind index of its handle, as of a draft."""
    who: str = Field(index=True)
    expires_at: datetime
    """Rounded down to the hour, as a draft's."""


class HeldPictureRow(SealedRow, table=True):
    """A picture, or the recording, of an opinion that was not filed yet."""

    __tablename__ = "held_picture"
    __table_args__ = (_by_epoch("held_picture"), _UNORDERED)

    name: str = Field(primary_key=True)
    draft: str = Field(index=True)
    """The draft's name, not its handle."""
    held_on: date


class AddressRow(SealedRow, table=True):
    """Where the answer to a case can be delivered; no index leads from a person to it."""

    __tablename__ = "address"
    __table_args__ = (_by_epoch("address"), _UNORDERED)

    handle: str = Field(primary_key=True)
    sealed_on: date
    """The day only, so that it cannot be matched with the moment of filing."""


class TallyRow(VaultTable, table=True):
    """What an account did in the last hour; too short a life to be sealed anew."""

    __tablename__ = "tally"
    __table_args__ = _UNORDERED

    who: str = Field(primary_key=True)
    """The blind index of the account, of a kind of its own."""
    expires_at: datetime = Field(index=True)
    epoch: str
    sealed: bytes


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
        Index(
            "ix_inbox_parked",
            "epoch",
            sqlite_where=text("state = 'parked'"),
            postgresql_where=text("state = 'parked'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    bot_id: int = Field(sa_type=BigInteger)
    update_id: int = Field(sa_type=BigInteger)
    name: str
    """Of this row only; what the update may put in the vault is known by a handle in the seal."""
    line: str
    """The month and the blind index of its place in line; '' once it is done."""
    said: str
    """The blind index of the message and of its edit: the same one under another number."""
    state: str
    tries: int = 0
    reason: str = ""
    done_at: datetime | None = Field(default=None, index=True)
    """In which hour it was handled or parked: its row is kept for a time from then on."""


class CursorRow(VaultTable, table=True):
    """The number to ask the channel for next, for each bot."""

    __tablename__ = "cursor"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    next_offset: int = Field(sa_type=BigInteger)


VAULT = VaultTable.metadata
SEALED = (
    ResidentRow,
    OpinionDraftRow,
    HeldPictureRow,
    PublicReplyRow,
    AddressRow,
    InboxRow,
)
