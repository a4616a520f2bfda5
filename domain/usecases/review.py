"""A second person reads a bulletin as it will go out, and approves it or sends it back."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Forbidden, LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.approval import Approval, require_second_person
from domain.model.audit import AuditEvent
from domain.model.broadcast import Broadcast
from domain.model.bulletin import Bulletin, BulletinState
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.delivery import Payload, card, to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.frozen import FrozenRevision
from domain.model.office_days import OfficeDays
from domain.model.text import has_words, normalised, units_over
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.correct import require_uncorrected
from domain.usecases.decisions import review_card
from domain.usecases.schedule import occurrence

LONGEST_REASON = 1000
"""UTF-16 units: the reason comes to the author in one message."""


@dataclass(frozen=True, slots=True)
class Review:
    """Approving and returning (phê duyệt)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def list_waiting(self, actor: Actor, cause: Cause | None = None) -> list[Payload]:
        """The cards of everything that waits for this approver, with fresh buttons."""
        places = actor.units_for(Permission.BULLETIN_APPROVE)
        if not places:
            raise Forbidden("errors.forbidden")
        async with self.memory.begin(cause) as work:
            waiting = await work.bulletins.in_review(places)
            theirs = [one for one in waiting if one.revision.author_id != actor.id]
            cards = [await review_card(work, self, one, actor.id) for one in theirs]
            await work.commit()
        return [part for parts in cards for part in parts]

    async def approve_bulletin(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Broadcast | None:
        """Agree to the revision that the button was shown with; approving is scheduling.

        A template is planned for no time: None.
        """
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            frozen, was = await self._in_review(work, actor, button, Permission.BULLETIN_APPROVE)
            require_second_person(frozen.revision.author_id, actor.id)
            await require_uncorrected(work, frozen)
            office = await work.calendar.office_days()
            if frozen.revision.expired_by(now):
                raise Refusal("review.too_late")
            if frozen.revision.recurrence is not None:
                frozen.revision.recurrence.require_fires(now, office)
            approval = Approval(
                self.ids.new(),
                frozen.revision.id,
                frozen.hash,
                frozen.revision.author_id,
                actor.id,
                now,
            )
            await work.bulletins.add_approval(approval)
            broadcast = await self._planned(work, frozen, approval, office)
            await work.bulletins.save(was.moved_to(BulletinState.APPROVED), was)
            approver = await work.people.get(actor.id)
            payload = self.letterhead.approved_card(
                frozen, approver, broadcast.planned_at if broadcast else None
            )
            await self._tell_author(work, frozen, "approved", payload)
            await self._audit(work, actor, Permission.BULLETIN_APPROVE, frozen)
            await work.buttons.use(button.id, now)
            await work.commit()
        return broadcast

    async def ask_reason(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Take the approver's next plain message as the reason for sending it back."""
        async with self.memory.begin(cause) as work:
            frozen, _ = await self._in_review(work, actor, button, Permission.BULLETIN_RETURN)
            await work.dialogs.open(Dialog(actor.id, Awaited.RETURN_REASON, frozen.revision.id))
            await work.commit()

    async def return_bulletin(
        self, actor: Actor, revision_id: str, reason: str, cause: Cause | None = None
    ) -> FrozenRevision:
        """Send it back to its author with a reason; it is a draft again."""
        if not has_words(reason):
            raise Refusal("review.reason_missing")
        reason = normalised(reason)
        if over := units_over(reason, LONGEST_REASON):
            raise Refusal("review.reason_too_long", limit=LONGEST_REASON, over=over)
        async with self.memory.begin(cause) as work:
            frozen = await work.bulletins.revision(revision_id)
            was = await self._current(work, actor, frozen, Permission.BULLETIN_RETURN)
            await work.bulletins.save(was.moved_to(BulletinState.DRAFT), was)
            approver = await work.people.get(actor.id)
            buttons = self._way_on(frozen)
            await work.buttons.add(buttons)
            payload = self.letterhead.returned_card(frozen, approver, reason, buttons)
            await self._tell_author(work, frozen, "returned", payload)
            await work.dialogs.close(actor.id)
            await self._audit(work, actor, Permission.BULLETIN_RETURN, frozen)
            await work.commit()
        return frozen

    async def _in_review(
        self, work: Work, actor: Actor, button: Button, permission: Permission
    ) -> tuple[FrozenRevision, Bulletin]:
        frozen = await work.bulletins.revision(button.subject)
        return frozen, await self._current(work, actor, frozen, permission)

    async def _current(
        self, work: Work, actor: Actor, frozen: FrozenRevision, permission: Permission
    ) -> Bulletin:
        """The bulletin, if this very revision is still the one that waits for a decision."""
        bulletin = await work.bulletins.get(frozen.revision.bulletin_id)
        actor.require(permission, await work.units.lineage(bulletin.unit_id))
        newest = bulletin.revision == frozen.revision.number
        if bulletin.state is not BulletinState.IN_REVIEW or not newest:
            raise LostRace("review.stale")
        return bulletin

    def _way_on(self, frozen: FrozenRevision) -> tuple[Button, ...]:
        return offer(
            self.ids,
            [("compose:open", "")],
            subject=frozen.revision.bulletin_id,
            version=frozen.revision.number,
            holder=to_person(frozen.revision.author_id),
            expires_at=self.clock.now() + GOOD_FOR,
        )

    async def _planned(
        self, work: Work, frozen: FrozenRevision, approval: Approval, office: OfficeDays
    ) -> Broadcast | None:
        if frozen.revision.is_template:
            return None
        planned_at = frozen.revision.planned_at(approval.approved_at, office)
        broadcast = occurrence(self.ids, frozen, approval, planned_at)
        await work.broadcasts.add(broadcast)
        return broadcast

    async def _tell_author(
        self, work: Work, frozen: FrozenRevision, event: str, payload: Payload
    ) -> None:
        author = to_person(frozen.revision.author_id)
        about = f"{event}:{frozen.revision.id}"
        await work.outbox.add([card(self.ids.new(), about, author, payload)])

    async def _audit(
        self, work: Work, actor: Actor, action: Permission, frozen: FrozenRevision
    ) -> None:
        event = AuditEvent(self.clock.now(), actor.id, action, frozen.revision.id, frozen.hash)
        await work.audit.append(event)
