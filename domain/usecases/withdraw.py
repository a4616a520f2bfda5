"""One person takes a bulletin back: no more of it goes out, and what groups got is deleted."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.errors import LostRace, Tampered
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import Bulletin, BulletinState
from domain.model.button import Button
from domain.model.delivery import DELETABLE, card, to_person
from domain.model.frozen import FrozenText
from domain.model.matter import MatterNews
from domain.model.withdrawal import WITHDRAWABLE, Withdrawal
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.announce import all_of
from domain.usecases.one_by_one import one_by_one
from domain.usecases.own_buttons import put_own_buttons
from domain.usecases.public_answer import tell_of_answer
from domain.usecases.schedule import UNDER_WAY

LINES_SHOWN = 25


@dataclass(frozen=True, slots=True)
class Question:
    """What would be taken back, from how many groups, and the button that does it."""

    text: FrozenText | None
    """None when what is stored is no longer what was approved."""
    groups: int
    is_corrected: bool
    """Whether a correction went out in its place, which stays where it is."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Taking a bulletin back from its groups (thu hồi)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def ask(self, actor: Actor, bulletin_id: str, cause: Cause | None = None) -> Question:
        """Show what a withdrawal would do; nothing changes yet."""
        async with self.memory.begin(cause) as work:
            await self._withdrawable(work, actor, bulletin_id)
            text = await _text(work, (await work.broadcasts.of_bulletin(bulletin_id))[-1])
            recalled = await work.withdrawals.recalled(bulletin_id, 0)
            correction = await work.publications.correcting(text.revision.id) if text else ""
            buttons = await put_own_buttons(
                work, self, actor.id, [(Permission.BULLETIN_WITHDRAW, "")], bulletin_id
            )
            await work.commit()
        return Question(text, recalled.groups, bool(correction), buttons)

    async def withdraw_bulletin(self, actor: Actor, bulletin_id: str, cause: Cause | None) -> None:
        """Stop what is to come and ask for every message of it to be deleted."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            was = await self._withdrawable(work, actor, bulletin_id)
            await work.bulletins.save(was.moved_to(BulletinState.WITHDRAWN), was)
            for broadcast in await work.broadcasts.of_bulletin(bulletin_id):
                await self._end(work, broadcast)
            await work.withdrawals.add(Withdrawal(bulletin_id, actor.id, now))
            await _recall(work, bulletin_id, now)
            about = (bulletin_id, MatterNews.WITHDRAWN, bulletin_id)
            await tell_of_answer(work, self.ids, self.letterhead, *about)
            action = Permission.BULLETIN_WITHDRAW
            await work.audit.append(AuditEvent(now, actor.id, action, bulletin_id))
            await work.commit()

    async def follow_up(self) -> int:
        """Go on with what is being taken back; returns how many withdrawals were still open.

        What was under way when it was asked for is deleted as well, once it has arrived.
        """
        async with self.memory.begin() as work:
            still_open = await work.withdrawals.still_open()
        await one_by_one(still_open, self._go_on)
        return len(still_open)

    async def look_again(self) -> int:
        """Go on with a withdrawal where it is known only now that a message did arrive."""
        async with self.memory.begin() as work:
            reopened = await work.withdrawals.reopen(self.clock.now() - DELETABLE)
            await work.commit()
        return reopened

    async def _go_on(self, withdrawal: Withdrawal) -> None:
        async with self.memory.begin() as work:
            await _recall(work, withdrawal.bulletin_id, self.clock.now())
            if not await work.withdrawals.under_way(withdrawal.bulletin_id):
                await self._tell(work, withdrawal)
            await work.commit()

    async def _withdrawable(self, work: Work, actor: Actor, bulletin_id: str) -> Bulletin:
        bulletin = await work.bulletins.get(bulletin_id)
        lineage = await work.units.lineage(bulletin.unit_id)
        actor.require(Permission.BULLETIN_WITHDRAW, lineage)
        if bulletin.state not in WITHDRAWABLE:
            raise LostRace("bulletin.moved_on")
        return bulletin

    async def _end(self, work: Work, broadcast: Broadcast) -> None:
        if broadcast.state in UNDER_WAY:
            await work.broadcasts.save_state(broadcast, BroadcastState.STOPPED)
            await work.outbox.cancel(broadcast.id)
        # How it ended is told once, when all of it is taken back.
        await work.broadcasts.mark_told(broadcast.id)

    async def _tell(self, work: Work, withdrawal: Withdrawal) -> None:
        """One card for author, approver, supervisors and whoever took it back."""
        newest = (await work.broadcasts.of_bulletin(withdrawal.bulletin_id))[-1]
        recalled = await work.withdrawals.recalled(withdrawal.bulletin_id, LINES_SHOWN)
        person = await work.people.get(withdrawal.person_id)
        payload = self.letterhead.withdrawn_card(await _text(work, newest), person, recalled)
        about = f"withdrawn:{withdrawal.bulletin_id}"
        unit_id = (await work.bulletins.get(withdrawal.bulletin_id)).unit_id
        told = (*await all_of(work, newest.revision_id, unit_id), person.id)
        for person_id in dict.fromkeys(told):
            await work.outbox.add([card(self.ids.new(), about, to_person(person_id), payload)])
        await work.withdrawals.mark_told(withdrawal.bulletin_id)


async def _recall(work: Work, bulletin_id: str, now: datetime) -> None:
    """All that has arrived is to be deleted; a poll is closed before, wherever it was passed on."""
    await work.withdrawals.mark(bulletin_id, now)
    await work.polls.close_at(bulletin_id, now)


async def _text(work: Work, broadcast: Broadcast) -> FrozenText | None:
    try:
        return await work.bulletins.frozen_text(broadcast.revision_id)
    except Tampered:
        return None
