"""What main remembers of every send that is owed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.model.chat import Address
from domain.model.delivery import (
    EntryState,
    OutboxEntry,
    SendOutcome,
    Sent,
)
from domain.model.sending import Ready, Sender
from domain.model.withdrawal import Overdue, Recalled, Removal, Withdrawal


class Outbox(Protocol):
    """Everything owed to somebody, with at most one row for each origin, destination and part."""

    async def add(self, entries: Sequence[OutboxEntry]) -> None:
        """Store entries; one that is there already stays as it is."""
        ...

    async def get(self, entry_id: str) -> OutboxEntry: ...
    async def states_of(self, about: str, destination: str) -> tuple[EntryState, ...]:
        """Where the parts of one card to one destination stand, in their order."""
        ...

    async def ready(self, sender: Sender, now: datetime, limit: int) -> tuple[Ready, ...]:
        """The first queued entry of each destination of this sender whose time has come.

        By lane, then oldest first; a backlog for one destination hides no other. A chat that asked
        for silence is left out until it is over, and one to which something is under way.
        """
        ...

    async def claim(self, entry_ids: Sequence[str], lease_until: datetime) -> frozenset[str]:
        """Queued to sending in one conditional update; the ids of those that were still queued."""
        ...

    async def hand_over(self, entry: OutboxEntry, bot_id: int) -> None:
        """Sending to queued, for the bot whose chat it turned out to be."""
        ...

    async def settle_sent(self, sent: Sequence[tuple[OutboxEntry, Sent]], now: datetime) -> None:
        """Many receipts at once: sending to sent, and uncertain to sent for the same attempt."""
        ...

    async def settle(
        self, entry: OutboxEntry, state: EntryState, now: datetime, outcome: SendOutcome | None
    ) -> bool:
        """Sending to an end, with the receipt; False if the entry is no longer being sent.

        Words that were not approved text are forgotten here, unless the end is uncertain.
        """
        ...

    async def put_back(self, entry: OutboxEntry, not_before: datetime) -> bool:
        """Sending to queued, for what surely never left; stores `refusals` as given."""
        ...

    async def send_anew(self, entry: OutboxEntry) -> bool:
        """Sending to queued, for what could not be changed in place: a new message instead."""
        ...

    async def lapsing(
        self, sender: Sender, now: datetime, everything: bool = False
    ) -> tuple[OutboxEntry, ...]:
        """What is being sent and has outlived its lease; or all that is being sent."""
        ...

    async def lapse(
        self, sender: Sender, now: datetime, everything: bool = False, only: str = ""
    ) -> tuple[OutboxEntry, ...]:
        """What is lapsing, or `only` the entry of this id, to uncertain; returns what it moved.

        What changes a message in place is queued again instead: twice is as good as once.
        """
        ...

    async def doubt_all(self, now: datetime) -> tuple[OutboxEntry, ...]:
        """Queued and sending to uncertain, after a restore; returns what it moved."""
        ...

    async def groups_sent_to(
        self, sender: Sender, since: datetime, lapsed: Sequence[OutboxEntry]
    ) -> tuple[tuple[Address, datetime | None, int], ...]:
        """Which groups got how many messages since then, and when; None for these that lapsed."""
        ...

    async def send_again(self, entry_id: str) -> bool:
        """Uncertain to queued with the next attempt number: only ever a named person's doing."""
        ...

    async def confirm_arrival(self, entry_id: str, now: datetime) -> bool:
        """Uncertain to sent, on a named person's word."""
        ...

    async def cancel(self, broadcast_id: str) -> int:
        """Queued to cancelled for one broadcast; returns how many."""
        ...

    async def back_in_line(self, broadcast_id: str) -> int:
        """Cancelled to queued for one broadcast that was released again; returns how many."""
        ...

    async def uncertain(self, broadcast_id: str) -> tuple[OutboxEntry, ...]: ...
    async def hold(self, address: Address, destination: str, until: datetime) -> None:
        """Remember that the channel asked for silence in this chat, across restarts."""
        ...

    async def to_delete(self, sender: Sender, now: datetime, limit: int) -> tuple[Overdue, ...]:
        """Messages of this sender whose time in the chat is over, the longest first."""
        ...

    async def deleted(self, entry_id: str) -> None: ...
    async def delete_later(self, entry_id: str, at: datetime) -> None: ...


class Withdrawals(Protocol):
    """Bulletins that are taken back from their groups."""

    async def add(self, withdrawal: Withdrawal) -> None: ...
    async def still_open(self) -> tuple[Withdrawal, ...]:
        """Those of which nobody was told yet how they ended."""
        ...

    async def reopen(self, asked_after: datetime) -> int:
        """Open again those of which something arrived as it turned out only after the end."""
        ...

    async def mark(self, bulletin_id: str, now: datetime) -> None:
        """Ask for the deletion of everything of it that arrived and can be named."""
        ...

    async def under_way(self, bulletin_id: str) -> bool:
        """Whether something of it may still arrive, or still waits to be deleted."""
        ...

    async def settle(self, entry_id: str, removal: Removal) -> None:
        """What became of one message; nothing more is asked for it."""
        ...

    async def recalled(self, bulletin_id: str, limit: int) -> Recalled: ...
    async def mark_told(self, bulletin_id: str) -> None: ...
