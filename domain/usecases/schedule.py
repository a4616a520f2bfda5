"""The next occurrence of what recurs: a row for each, made when the one before has begun."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.errors import Tampered
from domain.ids import Ids
from domain.model.access import CLOCKWORK, Permission
from domain.model.approval import Approval
from domain.model.audit import AuditEvent
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import Bulletin, BulletinState
from domain.model.delivery import Tally, card, to_person
from domain.model.frozen import FrozenText
from domain.ports import Letterhead, Memory, Work
from domain.usecases.announce import both_of
from domain.usecases.drafting import next_fires
from domain.usecases.one_by_one import one_by_one

UNDER_WAY = (BroadcastState.PLANNED, BroadcastState.RELEASED)


def occurrence(ids: Ids, frozen: FrozenText, approval: Approval, at: datetime) -> Broadcast:
    """An approved revision at one time."""
    return Broadcast(
        id=ids.new(),
        bulletin_id=frozen.revision.bulletin_id,
        revision_id=frozen.revision.id,
        revision_hash=frozen.hash,
        approval_id=approval.id,
        planned_at=at,
        not_after=at + frozen.revision.good_for,
        state=BroadcastState.PLANNED,
    )


@dataclass(frozen=True, slots=True)
class Schedule:
    """Planning what recurs (lập lịch)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def plan_next(self) -> int:
        """Plan the next occurrence of whatever has none; returns how many bulletins had none.

        The next is counted from now: of the times that went by in between, none is made up for.
        """
        async with self.memory.begin() as work:
            unplanned = await work.bulletins.unplanned()
        await one_by_one(unplanned, self._plan)
        return len(unplanned)

    async def plan_anew(self) -> None:
        """After the calendar changed: what is planned gives way to the time that comes next now."""
        async with self.memory.begin() as work:
            planned = await work.broadcasts.recurring_after(self.clock.now())
        await one_by_one(planned, self._give_way)
        await self.plan_next()

    async def _give_way(self, broadcast: Broadcast) -> None:
        async with self.memory.begin() as work:
            try:
                frozen = await work.bulletins.frozen_text(broadcast.revision_id)
            except Tampered:
                return  # It is stopped when it falls due, and both are told.
            coming = await next_fires(work, frozen.revision.recurrence, self.clock.now())
            if coming[:1] != (broadcast.planned_at,):
                await work.broadcasts.save_state(broadcast, BroadcastState.STOPPED)
                await work.commit()

    async def _plan(self, revision_id: str) -> None:
        async with self.memory.begin() as work:
            approval = await work.bulletins.approval(revision_id)
            if approval is None:
                return
            try:
                frozen = await work.bulletins.frozen_text(revision_id)
            except Tampered:
                await self._stop_tampered(work, approval)
            else:
                await self._go_on(work, frozen, approval)
            await work.commit()

    async def _go_on(self, work: Work, frozen: FrozenText, approval: Approval) -> None:
        bulletin = await work.bulletins.get(frozen.revision.bulletin_id)
        recurrence = frozen.revision.recurrence
        if bulletin.state is not BulletinState.APPROVED or recurrence is None:
            return
        office = await work.calendar.office_days()
        following = recurrence.preview(self.clock.now(), office, 1)
        if following:
            # Nothing changes here, but whoever stops it meanwhile waits, and then stops this too.
            await work.bulletins.save(bulletin, bulletin)
            planned = occurrence(self.ids, frozen, approval, following[0])
            if not await work.broadcasts.add(planned):
                await work.broadcasts.plan_again(planned)
        else:
            await self._end(work, bulletin)

    async def _end(self, work: Work, bulletin: Bulletin) -> None:
        """Its last time has come: it is sent, or expired if not one of them went out."""
        states = {one.state for one in await work.broadcasts.of_bulletin(bulletin.id)}
        if states.intersection(UNDER_WAY):
            return
        went_out = BroadcastState.FINISHED in states
        end = BulletinState.SENT if went_out else BulletinState.EXPIRED
        await work.bulletins.save(bulletin.moved_to(end), bulletin)

    async def _stop_tampered(self, work: Work, approval: Approval) -> None:
        """What no longer is what was approved is not planned again."""
        now = self.clock.now()
        bulletin = await work.bulletins.of_revision(approval.revision_id)
        await work.bulletins.save(bulletin.moved_to(BulletinState.WITHDRAWN), bulletin)
        payload = self.letterhead.tampered_card(now, Tally({}))
        for person_id in await both_of(work, approval.revision_id):
            about = f"tampered:{approval.revision_id}"
            await work.outbox.add([card(self.ids.new(), about, to_person(person_id), payload)])
        action = Permission.BULLETIN_STOP
        await work.audit.append(AuditEvent(now, CLOCKWORK.id, action, bulletin.id, "tampered"))
