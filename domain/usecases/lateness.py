"""A broadcast whose time went by: sent late, not at all, or as somebody decides."""

from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import CLOCKWORK, Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import BulletinState, Misfire
from domain.model.button import Button, offer
from domain.model.delivery import Payload, card, to_person
from domain.model.frozen import FrozenText
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.announce import both_of
from domain.usecases.drafting import next_fires

LATE_AFTER = timedelta(minutes=10)
"""What comes later than this after its time is late."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """What becomes of a broadcast that is late (phát muộn)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def may_go(self, broadcast: Broadcast) -> bool:
        """Whether a due broadcast is released now; Tampered if it is not what was approved."""
        now = self.clock.now()
        in_time = now - broadcast.planned_at <= LATE_AFTER or broadcast.late_at is not None
        async with self.memory.begin() as work:
            frozen = await work.bulletins.frozen_text(broadcast.revision_id)
            if not await self._is_still_a_fire(work, broadcast, frozen):
                await self._give_way(work, broadcast, frozen)
                await work.commit()
                return False
            if in_time or now >= broadcast.not_after:
                return True
            match frozen.revision.misfire:
                case Misfire.LATE:
                    await work.broadcasts.save_lateness(broadcast, now, awaits_word=False)
                case Misfire.SKIP:
                    await self._skip(work, broadcast, frozen)
                case Misfire.ASK:
                    await self._ask(work, broadcast, frozen)
            await work.commit()
        return frozen.revision.misfire is Misfire.LATE

    async def decide_late(self, actor: Actor, button: Button, cause: Cause | None) -> bool:
        """One person's word on a late broadcast: True if it still goes out."""
        now, goes_out = self.clock.now(), button.choice == "send"
        async with self.memory.begin(cause) as work:
            broadcast = await work.broadcasts.get(button.subject)
            bulletin = await work.bulletins.get(broadcast.bulletin_id)
            actor.require(Permission.BROADCAST_DECIDE, await work.units.lineage(bulletin.unit_id))
            if broadcast.state is not BroadcastState.PLANNED or not broadcast.awaits_word:
                raise LostRace("lateness.decided")
            if now >= broadcast.not_after:
                raise Refusal("lateness.too_late")
            frozen = await work.bulletins.frozen_text(broadcast.revision_id)
            if goes_out:
                await work.broadcasts.save_lateness(broadcast, now, awaits_word=False)
            else:
                await self._let_go(work, broadcast, frozen)
            await self._tell_the_other(work, actor, frozen, broadcast, goes_out)
            await work.buttons.use(button.id, now)
            await self._audit(work, actor, broadcast, button.choice)
            await work.commit()
        return goes_out

    async def _is_still_a_fire(self, work: Work, broadcast: Broadcast, frozen: FrozenText) -> bool:
        """Whether the rule still names this time: a day may have been made a day off since."""
        just_before = broadcast.planned_at - timedelta(seconds=1)
        coming = await next_fires(work, frozen.revision.recurrence, just_before)
        return frozen.revision.recurrence is None or coming[:1] == (broadcast.planned_at,)

    async def _give_way(self, work: Work, broadcast: Broadcast, frozen: FrozenText) -> None:
        if await work.broadcasts.save_state(broadcast, BroadcastState.STOPPED):
            payload = self.letterhead.day_off_card(frozen, broadcast.planned_at)
            await self._tell_both(work, f"off:{broadcast.id}", broadcast, payload)
            await self._audit(work, CLOCKWORK, broadcast, "day off")

    async def _skip(self, work: Work, broadcast: Broadcast, frozen: FrozenText) -> None:
        if not await self._let_go(work, broadcast, frozen):
            return
        payload = self.letterhead.skipped_card(frozen, broadcast.planned_at)
        await self._tell_both(work, f"skipped:{broadcast.id}", broadcast, payload)
        await self._audit(work, CLOCKWORK, broadcast, "skip")

    async def _let_go(self, work: Work, broadcast: Broadcast, frozen: FrozenText) -> bool:
        """This time it does not go out; what does not recur is over with that."""
        if not await work.broadcasts.save_state(broadcast, BroadcastState.EXPIRED):
            return False
        if frozen.revision.goes_out_once:
            was = await work.bulletins.get(broadcast.bulletin_id)
            await work.bulletins.save(was.moved_to(BulletinState.EXPIRED), was)
        return True

    async def _ask(self, work: Work, broadcast: Broadcast, frozen: FrozenText) -> None:
        """Ask author and approver; whoever answers first decides."""
        if not await work.broadcasts.save_lateness(broadcast, None, awaits_word=True):
            return
        for person_id in await both_of(work, broadcast.revision_id):
            buttons = offer(
                self.ids,
                [(Permission.BROADCAST_DECIDE, "send"), (Permission.BROADCAST_DECIDE, "skip")],
                subject=broadcast.id,
                version=1,
                holder=to_person(person_id),
                expires_at=broadcast.not_after,
            )
            await work.buttons.add(buttons)
            payload = self.letterhead.late_card(frozen, broadcast, buttons)
            await self._tell(work, f"late:{broadcast.id}", person_id, payload)

    async def _tell_the_other(
        self, work: Work, actor: Actor, frozen: FrozenText, broadcast: Broadcast, goes_out: bool
    ) -> None:
        person = await work.people.get(actor.id)
        payload = self.letterhead.decided_card(frozen, person, goes_out)
        for person_id in {*await both_of(work, broadcast.revision_id)} - {actor.id}:
            await self._tell(work, f"decided:{broadcast.id}", person_id, payload)

    async def _tell_both(
        self, work: Work, about: str, broadcast: Broadcast, payload: Payload
    ) -> None:
        for person_id in await both_of(work, broadcast.revision_id):
            await self._tell(work, about, person_id, payload)

    async def _tell(self, work: Work, about: str, person_id: str, payload: Payload) -> None:
        await work.outbox.add([card(self.ids.new(), about, to_person(person_id), payload)])

    async def _audit(self, work: Work, actor: Actor, broadcast: Broadcast, detail: str) -> None:
        event = AuditEvent(
            self.clock.now(), actor.id, Permission.BROADCAST_DECIDE, broadcast.id, detail
        )
        await work.audit.append(event)
