"""Whoever can approve is reminded of what waits for them; its author sees that they were."""

from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.errors import Tampered
from domain.ids import Ids
from domain.model.access import CLOCKWORK, Permission
from domain.model.audit import AuditEvent
from domain.model.bulletin import BulletinState
from domain.model.button import Button
from domain.model.delivery import card, to_person
from domain.model.frozen import FrozenText
from domain.model.morning import local_day
from domain.model.reminder import ReminderStep, step_due
from domain.model.review_rule import RuleAbout, value_for
from domain.ports import Letterhead, Memory, Work
from domain.usecases.decisions import still_to_decide
from domain.usecases.one_by_one import one_by_one
from domain.usecases.own_buttons import own_buttons

OPEN = "review:open"


@dataclass(frozen=True, slots=True)
class RemindApprovers:
    """Reminding (nhắc duyệt)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def remind_due(self) -> None:
        """Each step of each revision is taken once, however often this is done."""
        async with self.memory.begin() as work:
            waiting = await work.reviews.waiting()
        await one_by_one(waiting, self._remind)

    async def _remind(self, revision_id: str) -> None:
        """The step, the cards and the record are one commit."""
        now = self.clock.now()
        async with self.memory.begin() as work:
            bulletin = await work.bulletins.of_revision(revision_id)
            try:
                frozen = await work.bulletins.frozen_text(revision_id)
            except Tampered:
                return  # Nobody is asked to approve that.
            if bulletin.state is not BulletinState.IN_REVIEW:
                return
            step = await self._step(work, frozen)
            if step is None or not await work.reviews.add_reminder(revision_id, step, now):
                return
            await self._tell(work, frozen, step)
            action = Permission.BULLETIN_REMIND
            await work.audit.append(AuditEvent(now, CLOCKWORK.id, action, revision_id, step))
            await work.commit()

    async def _step(self, work: Work, frozen: FrozenText) -> ReminderStep | None:
        revision = frozen.revision
        lineage = await work.units.lineage(revision.unit_id)
        rules = await work.reviews.rules_above(lineage)
        patience = timedelta(hours=value_for(rules, lineage, RuleAbout.REMINDER))
        submitted_at = await work.reviews.submitted_at(revision.id)
        office = await work.calendar.office_days()
        return step_due(submitted_at, revision.send_at, patience, self.clock.now(), office)

    async def _tell(self, work: Work, frozen: FrozenText, step: ReminderStep) -> None:
        """A card with a way to the bulletin for each who can decide; then one for its author."""
        about = f"remind:{frozen.revision.id}:{step}"
        author = await work.people.get(frozen.revision.author_id)
        approvers = await still_to_decide(work, frozen, local_day(self.clock.now()))
        for person in approvers:
            buttons = self._way_to(frozen, person.id)
            await work.buttons.add(buttons)
            payload = self.letterhead.reminder_card(frozen, author, step, buttons)
            await work.outbox.add([card(self.ids.new(), about, to_person(person.id), payload)])
        names = [person.name for person in approvers]
        payload = self.letterhead.reminded_card(frozen, names, step)
        await work.outbox.add([card(self.ids.new(), about, to_person(author.id), payload)])

    def _way_to(self, frozen: FrozenText, person_id: str) -> tuple[Button, ...]:
        return own_buttons(
            self, person_id, [(OPEN, "")], frozen.revision.id, frozen.revision.number
        )
