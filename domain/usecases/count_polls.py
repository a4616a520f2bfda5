"""What came of a poll: one table, worked out once, before those who asked."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Tampered
from domain.ids import Ids
from domain.model.access import CLOCKWORK, Permission
from domain.model.audit import AuditEvent
from domain.model.broadcast import Broadcast
from domain.model.delivery import card, to_person
from domain.model.morning import local_day
from domain.model.publishing import Published, publish
from domain.ports import Letterhead, Memory, Work
from domain.usecases.announce import both_of
from domain.usecases.one_by_one import one_by_one
from domain.usecases.own_buttons import put_own_buttons

COUNTED = "poll:count"
WAYS_ON = (("poll:publish", ""), ("poll:follow", ""))


@dataclass(frozen=True, slots=True)
class CountPolls:
    """Putting a poll's groups together (tổng hợp thăm dò)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def count_ended(self) -> int:
        """Make the table of every poll that has ended everywhere; returns how many there were."""
        async with self.memory.begin() as work:
            ended = await work.polls.countable(self.clock.now())
        await one_by_one(ended, self._count)
        return len(ended)

    async def _count(self, broadcast_id: str) -> None:
        now = self.clock.now()
        async with self.memory.begin() as work:
            # Nothing may come to it any more that would be another table.
            if broadcast_id not in await work.polls.countable(now):
                return
            broadcast = await work.broadcasts.get(broadcast_id)
            table = publish(await work.polls.places(broadcast_id))
            if await work.polls.keep_result(broadcast_id, table, now):
                await work.audit.append(AuditEvent(now, CLOCKWORK.id, COUNTED, broadcast_id))
                await self._tell(work, broadcast, table)
            await work.commit()

    async def _tell(self, work: Work, broadcast: Broadcast, table: Published) -> None:
        try:
            text = await work.bulletins.frozen_text(broadcast.revision_id)
        except Tampered:
            return
        ended = await work.polls.ended(broadcast.id)
        about, now = f"poll:{broadcast.id}", self.clock.now()
        lineage = await work.units.lineage(text.revision.unit_id)
        for person_id in await both_of(work, broadcast.revision_id):
            actor = (await work.people.get(person_id)).actor_on(local_day(now))
            # Whoever only approves is told, and offered nothing that would be refused.
            writes = actor.may(Permission.BULLETIN_COMPOSE, lineage)
            buttons = await put_own_buttons(
                work, self, person_id, WAYS_ON if writes else (), broadcast.id
            )
            payload = self.letterhead.poll_card(text, table, ended, buttons)
            await work.outbox.add([card(self.ids.new(), about, to_person(person_id), payload)])
