"""Messages that were to stay in a private chat for a time only, taken back when it is over."""

import logging
from dataclasses import dataclass

from domain.clock import Clock
from domain.model.delivery import DELETABLE, DELETED_AGAIN, Lost, Overdue, Rejected, Sent
from domain.model.sending import Sender
from domain.ports import Gateway, Memory, Work

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Taking a case's text back out of a staffer's chat (thu hồi)."""

    memory: Memory
    gateway: Gateway
    clock: Clock
    sender: Sender

    async def delete_expired(self, limit: int = 20) -> int:
        """One round; returns how many are gone now. What was refused is tried again for a while."""
        async with self.memory.begin() as work:
            over = await work.outbox.to_delete(self.sender, self.clock.now(), limit)
        return sum([await self._delete(overdue) for overdue in over])

    async def _delete(self, overdue: Overdue) -> bool:
        async with self.memory.begin() as work:
            person = await work.people.get(overdue.destination.removeprefix("person:"))
        address = person.private_chat(self.sender.bot_id)
        outcome = await self.gateway.delete(address, overdue.message_id) if address else Lost("")
        async with self.memory.begin() as work:
            match outcome:
                case Sent() | Lost():
                    await work.outbox.deleted(overdue.entry_id)
                case Rejected(reason):
                    await self._put_off(work, overdue, reason)
            await work.commit()
        return isinstance(outcome, Sent | Lost)

    async def _put_off(self, work: Work, overdue: Overdue, reason: str) -> None:
        """A refusal is no deletion: ask again, until the channel deletes nothing so old."""
        log.error("the message of entry %s was not deleted: %s", overdue.entry_id, reason)
        again = self.clock.now() + DELETED_AGAIN
        if again < overdue.sent_at + DELETABLE:
            await work.outbox.delete_later(overdue.entry_id, again)
        else:
            await work.outbox.deleted(overdue.entry_id)
