"""Messages whose time in their chat is over, deleted again: a case's text, a withdrawn bulletin."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.model.chat import Address
from domain.model.delivery import (
    DELETABLE,
    DELETED_AGAIN,
    Held,
    Lost,
    Moved,
    Rejected,
    SendOutcome,
    Sent,
)
from domain.model.sending import Sender
from domain.model.withdrawal import Overdue, Removal
from domain.ports import Gateway, Memory, Work

log = logging.getLogger(__name__)

AFTER_TROUBLE = timedelta(seconds=30)
"""When nobody knows whether it was deleted: asking once more does no harm."""
NO_LONGER, NAMELESS = Rejected("too old to be deleted"), Rejected("number not known")
OWN_REASONS = {NO_LONGER: Removal.TOO_OLD, NAMELESS: Removal.NO_NUMBER}


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Deleting what was sent (xóa tin đã gửi)."""

    memory: Memory
    gateway: Gateway
    clock: Clock
    sender: Sender

    async def delete_expired(self, limit: int = 20) -> int:
        """One round; returns how many are gone now. What was refused is tried again for a while."""
        async with self.memory.begin() as work:
            over = await work.outbox.to_delete(self.sender, self.clock.now(), limit)
            places = [await self._place(work, overdue) for overdue in over]
        if not over:
            return 0
        outcomes = await asyncio.gather(*map(self._delete, over, places))
        async with self.memory.begin() as work:
            await self._settle(work, over, outcomes)
            await work.commit()
        return sum(isinstance(outcome, Sent | Lost) for outcome in outcomes)

    async def _place(self, work: Work, overdue: Overdue) -> Address | None:
        kind, _, name = overdue.destination.partition(":")
        if kind == "chat":
            return (await work.chats.get(name)).address
        return (await work.people.get(name)).private_chat(self.sender.bot_id)

    async def _delete(self, overdue: Overdue, place: Address | None) -> SendOutcome:
        if place is None:
            return Lost("no address")
        if place.is_group and self.clock.now() >= overdue.sent_at + DELETABLE:
            return NO_LONGER
        if not overdue.message_id:
            return NAMELESS
        for number in (*overdue.more_ids, overdue.message_id):
            # The words last, which stand below the first. What is gone already counts as done, so
            # that an album of which only a part was deleted can be asked for once more as a whole.
            outcome = await self.gateway.delete(place, number)
            if not isinstance(outcome, Sent):
                return outcome
        return Sent(overdue.message_id)

    async def _settle(
        self, work: Work, over: Sequence[Overdue], outcomes: Sequence[SendOutcome]
    ) -> None:
        for overdue, outcome in zip(over, outcomes, strict=True):
            match outcome:
                case Sent() | Lost() | Rejected() | Moved():
                    await self._end(work, overdue, outcome)
                case Held(seconds):
                    await self._again(work, overdue, timedelta(seconds=seconds))
                case _:
                    await self._again(work, overdue, AFTER_TROUBLE)

    async def _end(
        self, work: Work, overdue: Overdue, outcome: Sent | Lost | Rejected | Moved
    ) -> None:
        kind, _, name = overdue.destination.partition(":")
        if kind == "chat":
            if isinstance(outcome, Moved):
                await work.chats.move(name, outcome.chat)
            await work.withdrawals.settle(overdue.entry_id, _removal(outcome))
        elif isinstance(outcome, Rejected):
            await self._put_off(work, overdue, outcome.reason)
        else:
            await work.outbox.deleted(overdue.entry_id)

    async def _again(self, work: Work, overdue: Overdue, later: timedelta) -> None:
        await work.outbox.delete_later(overdue.entry_id, self.clock.now() + later)

    async def _put_off(self, work: Work, overdue: Overdue, reason: str) -> None:
        """A refusal is no deletion: ask again, until the channel deletes nothing so old."""
        log.error("the message of entry %s was not deleted: %s", overdue.entry_id, reason)
        if self.clock.now() + DELETED_AGAIN < overdue.sent_at + DELETABLE:
            await self._again(work, overdue, DELETED_AGAIN)
        else:
            await work.outbox.deleted(overdue.entry_id)


def _removal(outcome: Sent | Lost | Rejected | Moved) -> Removal:
    match outcome:
        case Sent():
            return Removal.GONE
        case Lost():
            return Removal.LOST
        case Moved():
            return Removal.NO_NUMBER
        case Rejected():
            return OWN_REASONS.get(outcome, Removal.REFUSED)
