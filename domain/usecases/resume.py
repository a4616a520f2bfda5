"""What one person stopped goes on, by one person's word, as long as its time is not over."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace, Refusal, Tampered
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import Bulletin, BulletinState
from domain.model.button import Button
from domain.model.delivery import card, to_person
from domain.model.frozen import FrozenRevision, FrozenText
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.announce import all_of
from domain.usecases.decisions import Desk
from domain.usecases.drafting import next_fires
from domain.usecases.own_buttons import own_buttons

MAY_HAVE_STOPPED = (BulletinState.STOPPED, BulletinState.SENT)
"""One that was sent is stopped when a person's repeat of one group is."""


def is_stopped(bulletin: Bulletin, text: FrozenText, broadcast: Broadcast) -> bool:
    """Whether a person stopped this, in the words that were approved last."""
    newest = text.revision.number == bulletin.revision
    state, stopped = bulletin.state, broadcast.state is BroadcastState.STOPPED
    return newest and stopped and state in MAY_HAVE_STOPPED


def way_on(desk: Desk, actor: Actor, bulletin_id: str) -> tuple[Button, ...]:
    """The button with which the one who stopped it, or looks at it, lets it go on."""
    return own_buttons(desk, actor.id, [(Permission.BULLETIN_RESUME, "")], bulletin_id)


async def tell_the_others(
    work: Work, desk: Desk, actor: Actor, bulletin: Bulletin, goes_on: bool
) -> None:
    """Author, approver and supervisors, but for the one who did it, hear how it goes on."""
    try:
        frozen = await work.bulletins.newest_revision(bulletin.id)
    except Tampered:
        return  # They are told of that instead.
    payload = desk.letterhead.halted_card(frozen, await work.people.get(actor.id), goes_on)
    event = "resumed" if goes_on else "stopped"
    about = f"{event}:{bulletin.id}:{desk.clock.now().isoformat()}"
    told = await all_of(work, frozen.revision.id, bulletin.unit_id)
    for person_id in (one for one in told if one != actor.id):
        await work.outbox.add([card(desk.ids.new(), about, to_person(person_id), payload)])


@dataclass(frozen=True, slots=True)
class Resume:
    """Letting go on what was stopped (gửi tiếp)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def resume_bulletin(self, actor: Actor, bulletin_id: str, cause: Cause | None) -> int:
        """Take a stop back; returns how many sends are back in line.

        What was sent, or may have been, is not sent again. Lining up goes on where it was.
        """
        async with self.memory.begin(cause) as work:
            was = await work.bulletins.get(bulletin_id)
            actor.require(Permission.BULLETIN_RESUME, await work.units.lineage(was.unit_id))
            if was.state not in MAY_HAVE_STOPPED:
                raise LostRace("bulletin.moved_on")
            bulletin = was
            if was.state is BulletinState.STOPPED:
                bulletin = was.moved_to(BulletinState.APPROVED)
                await work.bulletins.save(bulletin, was)
            count = await self._go_on(work, bulletin)
            await tell_the_others(work, self, actor, bulletin, goes_on=True)
            action = Permission.BULLETIN_RESUME
            await work.audit.append(AuditEvent(self.clock.now(), actor.id, action, bulletin_id))
            await work.commit()
        return count

    async def _go_on(self, work: Work, bulletin: Bulletin) -> int:
        try:
            frozen = await work.bulletins.newest_revision(bulletin.id)
        except Tampered:
            raise Refusal("release.not_as_approved") from None
        if await work.bulletins.is_corrected(frozen.revision.id):
            raise LostRace("correct.no_longer_so")
        stopped = await self._still_in_time(work, frozen)
        later = await next_fires(work, frozen.revision.recurrence, self.clock.now())
        if not stopped and not (later and bulletin.state is BulletinState.APPROVED):
            raise Refusal("release.too_late_to_resume")
        counts = [await self._resume(work, frozen, broadcast) for broadcast in stopped]
        return sum(counts)

    async def _still_in_time(self, work: Work, frozen: FrozenRevision) -> list[Broadcast]:
        return [
            one
            for one in await work.broadcasts.of_bulletin(frozen.revision.bulletin_id)
            if one.state is BroadcastState.STOPPED
            and one.revision_id == frozen.revision.id
            and self.clock.now() < one.not_after
        ]

    async def _resume(self, work: Work, frozen: FrozenRevision, broadcast: Broadcast) -> int:
        """In the middle it goes on; before its first send it is judged by its time again."""
        begun = (await work.broadcasts.tally(broadcast.id)).total > 0
        if not begun and frozen.revision.recurrence is not None:
            return 0  # The schedule plans what comes next; some of these gave way to others.
        state = BroadcastState.RELEASED if begun else BroadcastState.PLANNED
        if not await work.broadcasts.save_state(broadcast, state):
            raise LostRace("bulletin.moved_on")
        return await work.outbox.back_in_line(broadcast.id)
