"""The clock's part of a broadcast: due occurrences become outbox rows, settled ones are told of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.errors import LostRace, Refusal, Tampered
from domain.ids import Ids
from domain.model.access import CLOCKWORK, Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import Bulletin, BulletinState
from domain.model.button import Button, require_version
from domain.model.delivery import (
    RECEIPTS_SHOWN,
    Payload,
    ReceiptLine,
    card,
    require_in_doubt,
    to_person,
)
from domain.model.frozen import FrozenRevision, FrozenText, fingerprint
from domain.model.matter import MatterNews
from domain.model.template import with_choices
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.announce import both_of
from domain.usecases.lateness import Lateness
from domain.usecases.one_by_one import one_by_one
from domain.usecases.own_buttons import own_buttons
from domain.usecases.public_answer import tell_of_answer
from domain.usecases.resume import tell_the_others, way_on
from domain.usecases.schedule import UNDER_WAY


@dataclass(frozen=True, slots=True)
class Stopped:
    """How many sends were cancelled, and the way to let them go on."""

    count: int
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """Releasing, finishing and stopping a broadcast (phát tin)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def release_due(self) -> int:
        """Let go of each due occurrence, once; returns how many were due."""
        async with self.memory.begin() as work:
            due = await work.broadcasts.due(self.clock.now())
        await one_by_one(due, self._release_if_due)
        return len(due)

    async def finish_settled(self) -> int:
        """Close every broadcast whose sends have all ended, and tell who wrote and approved it."""
        async with self.memory.begin() as work:
            settled = await work.broadcasts.settled()
        await one_by_one(settled, self._finish)
        return len(settled)

    async def stop_bulletin(self, actor: Actor, bulletin_id: str, cause: Cause | None) -> Stopped:
        """Stop what has not been sent yet; one person is enough."""
        count = 0
        async with self.memory.begin(cause) as work:
            was = await work.bulletins.get(bulletin_id)
            actor.require(Permission.BULLETIN_STOP, await work.units.lineage(was.unit_id))
            # The bulletin first: after that nobody plans another time of it.
            bulletin = was
            if was.state is BulletinState.APPROVED:
                bulletin = was.moved_to(BulletinState.STOPPED)
                await work.bulletins.save(bulletin, was)
            broadcasts = await work.broadcasts.of_bulletin(bulletin_id)
            under_way = [one for one in broadcasts if one.state in UNDER_WAY]
            if not under_way and was.state is not BulletinState.APPROVED:
                raise LostRace("bulletin.moved_on")
            for broadcast in under_way:
                count += await self._stop(work, broadcast)
            await work.polls.close_at(bulletin_id, self.clock.now())
            buttons = way_on(self, actor, bulletin_id)
            await work.buttons.add(buttons)
            await tell_the_others(work, self, actor, bulletin, goes_on=False)
            await self._tell_matter(work, bulletin_id, MatterNews.STOPPED, self.ids.new())
            await self._audit(work, actor, Permission.BULLETIN_STOP, bulletin_id)
            await work.commit()
        return Stopped(count, buttons)

    async def settle_uncertain(self, actor: Actor, button: Button, cause: Cause | None) -> bool:
        """A named person's word on an unknown outcome: True to send again, False if it arrived."""
        now, again = self.clock.now(), button.choice == "again"
        async with self.memory.begin(cause) as work:
            entry = await work.outbox.get(button.subject)
            broadcast = await work.broadcasts.get(entry.origin.id)
            bulletin = await work.bulletins.get(broadcast.bulletin_id)
            actor.require(Permission.DELIVERY_SETTLE, await work.units.lineage(bulletin.unit_id))
            require_version(button.version, entry.attempt)
            require_in_doubt(entry)
            if again:
                await _require_repeatable(work, bulletin, broadcast, now)
                settled = await work.outbox.send_again(entry.id)
                await work.broadcasts.save_state(broadcast, BroadcastState.RELEASED)
            else:
                settled = await work.outbox.confirm_arrival(entry.id, now)
                await _let_poll_follow(work, broadcast)
            if not settled:
                raise LostRace("button.used")
            await work.buttons.use(button.id, now)
            await self._audit(work, actor, Permission.DELIVERY_SETTLE, entry.id, button.choice)
            await work.commit()
        return again

    @property
    def _lateness(self) -> Lateness:
        return Lateness(self.memory, self.clock, self.ids, self.letterhead)

    async def _release_if_due(self, broadcast: Broadcast) -> None:
        try:
            if await self._lateness.may_go(broadcast):
                await self._release(broadcast)
        except Tampered:
            await self._stop_tampered(broadcast)

    async def _release(self, broadcast: Broadcast) -> None:
        now = self.clock.now()
        async with self.memory.begin() as work:
            frozen = await work.bulletins.revision(broadcast.revision_id)
            if now >= broadcast.not_after:
                await self._expire(work, broadcast, frozen)
            elif await work.broadcasts.save_state(broadcast, BroadcastState.RELEASED):
                await self._audit(work, CLOCKWORK, Permission.BROADCAST_RELEASE, broadcast.id)
            await work.commit()

    async def _expire(self, work: Work, broadcast: Broadcast, frozen: FrozenRevision) -> None:
        if not await work.broadcasts.save_state(broadcast, BroadcastState.EXPIRED):
            return
        if frozen.revision.goes_out_once:
            was = await work.bulletins.get(broadcast.bulletin_id)
            await work.bulletins.save(was.moved_to(BulletinState.EXPIRED), was)
        payload = self.letterhead.expired_card(frozen, broadcast.planned_at)
        await self._tell_both(work, broadcast, "expired", payload)

    async def _finish(self, broadcast: Broadcast) -> None:
        try:
            await self._close(broadcast)
        except Tampered:
            await self._stop_tampered(broadcast)

    async def _close(self, broadcast: Broadcast) -> None:
        async with self.memory.begin() as work:
            # Somebody may have said "again" since it was found settled.
            if broadcast not in await work.broadcasts.settled():
                return
            approved = await work.bulletins.frozen_text(broadcast.revision_id)
            frozen = with_choices(approved, await work.broadcasts.chosen(broadcast.id))
            await self._tell_receipts(work, broadcast, frozen)
            if broadcast.state is BroadcastState.STOPPED:
                await work.broadcasts.mark_told(broadcast.id)
            else:
                await self._end(work, broadcast, frozen)
            await work.commit()

    async def _end(self, work: Work, broadcast: Broadcast, frozen: FrozenText) -> None:
        await work.broadcasts.save_state(broadcast, BroadcastState.FINISHED)
        was = await work.bulletins.get(broadcast.bulletin_id)
        # What recurs stays approved until its last time, and a template for the next emergency.
        if was.state is BulletinState.APPROVED and frozen.revision.goes_out_once:
            await work.bulletins.save(was.moved_to(BulletinState.SENT), was)
        if (await work.broadcasts.tally(broadcast.id)).sent:
            await self._tell_matter(work, was.id, MatterNews.SENT)

    async def _tell_matter(
        self, work: Work, bulletin_id: str, news: MatterNews, occasion: str = ""
    ) -> None:
        """Whose cases it answers; of what recurs they hear the first time."""
        about = (bulletin_id, news, occasion or bulletin_id)
        await tell_of_answer(work, self.ids, self.letterhead, *about)

    async def _tell_receipts(self, work: Work, broadcast: Broadcast, frozen: FrozenText) -> None:
        lines = await work.broadcasts.receipts(broadcast.id, RECEIPTS_SHOWN)
        tally = await work.broadcasts.tally(broadcast.id)
        doubts = {e.id: e.attempt for e in await work.outbox.uncertain(broadcast.id)}
        # What was stopped is not sent again; it can only be said to have arrived.
        stopped = broadcast.state is BroadcastState.STOPPED
        choices = ("arrived",) if stopped else ("again", "arrived")
        known = (doubts, sorted(tally.counts.items()), stopped)
        about = f"receipts:{broadcast.id}:{fingerprint(str(known))}"
        for person_id in await both_of(work, broadcast.revision_id):
            buttons = self._uncertain_buttons(lines, doubts, person_id, choices)
            await work.buttons.add(buttons)
            payload = self.letterhead.receipts_card(
                frozen, broadcast.late_by, tally, lines, buttons
            )
            await work.outbox.add([card(self.ids.new(), about, to_person(person_id), payload)])

    def _uncertain_buttons(
        self,
        lines: Sequence[ReceiptLine],
        doubts: Mapping[str, int],
        person_id: str,
        choices: Sequence[str],
    ) -> tuple[Button, ...]:
        """These choices, for this attempt, for each group where nobody knows of it."""
        unknown = [line.entry_id for line in lines if line.entry_id in doubts]
        groups = [
            own_buttons(
                self,
                person_id,
                [(Permission.DELIVERY_SETTLE, choice) for choice in choices],
                entry_id,
                doubts[entry_id],
            )
            for entry_id in unknown
        ]
        return tuple(button for group in groups for button in group)

    async def _stop(self, work: Work, broadcast: Broadcast) -> int:
        if broadcast.state not in UNDER_WAY:
            return 0
        await work.broadcasts.save_state(broadcast, BroadcastState.STOPPED)
        return await work.outbox.cancel(broadcast.id)

    async def _stop_tampered(self, broadcast: Broadcast) -> None:
        """What no longer is what was approved goes nowhere, and holds up nothing else."""
        async with self.memory.begin() as work:
            await self._stop(work, broadcast)
            tally = await work.broadcasts.tally(broadcast.id)
            payload = self.letterhead.tampered_card(broadcast.planned_at, tally)
            await self._tell_both(work, broadcast, "tampered", payload)
            about = (broadcast.bulletin_id, MatterNews.STOPPED, broadcast.id)
            await self._tell_matter(work, *about)
            await work.broadcasts.mark_told(broadcast.id)
            await self._audit(work, CLOCKWORK, Permission.BULLETIN_STOP, broadcast.id, "tampered")
            await work.commit()

    async def _tell_both(
        self, work: Work, broadcast: Broadcast, event: str, payload: Payload
    ) -> None:
        about = f"{event}:{broadcast.id}"
        for person_id in await both_of(work, broadcast.revision_id):
            await work.outbox.add([card(self.ids.new(), about, to_person(person_id), payload)])

    async def _audit(
        self, work: Work, actor: Actor, action: Permission, subject: str, detail: str = ""
    ) -> None:
        await work.audit.append(AuditEvent(self.clock.now(), actor.id, action, subject, detail))


def may_repeat(bulletin: Bulletin, broadcast: Broadcast) -> bool:
    """Whether nobody has stopped it or taken it back."""
    went_out = broadcast.state in (BroadcastState.RELEASED, BroadcastState.FINISHED)
    return went_out and bulletin.state is not BulletinState.WITHDRAWN


async def _let_poll_follow(work: Work, broadcast: Broadcast) -> None:
    """Words that turn out to have arrived are followed by their poll after all."""
    text = await work.bulletins.frozen_text(broadcast.revision_id)
    if text.revision.poll is not None and broadcast.state is BroadcastState.FINISHED:
        await work.broadcasts.save_state(broadcast, BroadcastState.RELEASED)


async def _require_repeatable(
    work: Work, bulletin: Bulletin, broadcast: Broadcast, now: datetime
) -> None:
    """Refuse to send again what was stopped, taken back or corrected, or what is too old by now."""
    if not may_repeat(bulletin, broadcast):
        raise LostRace("bulletin.moved_on")
    if await work.bulletins.is_corrected(broadcast.revision_id):
        raise LostRace("correct.no_longer_so")
    if now >= broadcast.not_after:
        raise Refusal("release.too_late_to_repeat")
