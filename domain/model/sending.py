"""An entry on its way out: whose to send it is, where it goes, and how its send ended."""

from dataclasses import dataclass

from domain.model.attachment import Attachment
from domain.model.chat import Address
from domain.model.delivery import OutboxEntry, Payload, SendOutcome
from domain.model.unit import QuietHours

IN_FLIGHT = 16
"""How many sends of one bot are under way at once, unless a setting says otherwise."""
FRONT = 0
"""Stands for the bot that people talk to, whichever that is: the first of those that are run."""


@dataclass(frozen=True, slots=True)
class Sender:
    """One bot's part in the outbox (bot gửi)."""

    bot_id: int
    is_front: bool = True

    @property
    def shares(self) -> tuple[int, ...]:
        """The marks of the entries that are this bot's to send."""
        return (self.bot_id, FRONT) if self.is_front else (self.bot_id,)


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry whose time has come, with what is known of the place it goes to."""

    entry: OutboxEntry
    address: Address | None = None
    """None where only the vault knows it, and where there is none."""
    language: str = ""
    quiet: QuietHours | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one entry puts in its chat: a poll, or words with the files above them (nội dung)."""

    payload: Payload
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """An entry in this process's hands until its lease runs out (đã nhận gửi)."""

    entry: OutboxEntry
    address: Address
    payload: Payload
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A claimed entry and how its send ended, which is not written down yet."""

    entry: OutboxEntry
    address: Address
    outcome: SendOutcome
