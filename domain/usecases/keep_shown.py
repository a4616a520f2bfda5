"""What was put before a staffer's eyes at once is taken away again like any copy of a case."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.delivery import LEASE, Payload, Sent, view
from domain.ports import Memory
from domain.usecases.case_in_hand import STAYS_IN_CHAT


@dataclass(frozen=True, slots=True)
class KeepShown:
    """Knowing which message shows words about a case (nhớ tin đang xem trước)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def keep(self, actor: Actor, opinion_id: str, shown: Sent) -> None:
        """Have it deleted in a day, or as soon as the case is erased or goes elsewhere.

        It needs no right: whoever lost theirs just now is to lose the words, too.
        """
        now = self.clock.now()
        async with self.memory.begin() as work:
            entry = view(self.ids.new(), opinion_id, actor.id, Payload(""), STAYS_IN_CHAT)
            await work.outbox.add([entry])
            await work.outbox.claim([entry.id], now + LEASE)
            await work.outbox.settle_sent([(entry, shown)], now)
            if not (await work.opinions.get(opinion_id)).text:
                await work.opinions.take_back_views(opinion_id, now)
            await work.commit()
