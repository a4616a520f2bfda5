"""A second person reads a bulletin as it will go out, and approves it or sends it back."""

from dataclasses import asdict, dataclass

from domain.clock import Clock
from domain.errors import Forbidden, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.approval import (
    Approval,
    FirstApproval,
    in_whose_place,
    require_other_people,
    require_other_right,
)
from domain.model.audit import AuditEvent, in_stead
from domain.model.broadcast import Broadcast
from domain.model.bulletin import Bulletin, BulletinState
from domain.model.button import Button
from domain.model.delivery import Payload, card, to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.frozen import FrozenRevision
from domain.model.text import has_words, normalised, units_over
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.correct import require_uncorrected, tell_of_correction
from domain.usecases.decisions import (
    SEEN,
    ReviewCards,
    had_their_say,
    require_shown,
    review_cards,
    still_in_review,
    waits_for,
)
from domain.usecases.own_buttons import own_buttons
from domain.usecases.schedule import occurrence

LONGEST_REASON = 1000
"""UTF-16 units: the reason comes to the author in one message."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an approval came to."""

    broadcast: Broadcast | None
    """None for a template, which is planned for no time, and while another has to agree."""
    waits_for_another: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """Approving and returning (phê duyệt)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def list_waiting(
        self, actor: Actor, cause: Cause | None = None
    ) -> tuple[ReviewCards, ...]:
        """The cards of everything that waits for this approver, with fresh buttons."""
        places = actor.units_for(Permission.BULLETIN_APPROVE)
        if not places:
            raise Forbidden("errors.forbidden")
        async with self.memory.begin(cause) as work:
            waiting = await work.bulletins.in_review(places)
            cards = [
                await review_cards(work, self, one, actor.id, SEEN)
                for one in waiting
                if await waits_for(work, one, actor)
            ]
            await work.commit()
        return tuple(cards)

    async def show_waiting(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ReviewCards:
        """The cards of the one that a reminder was about, with fresh buttons."""
        async with self.memory.begin(cause) as work:
            frozen, _ = await self._in_review(work, actor, button, Permission.BULLETIN_APPROVE)
            if not await waits_for(work, frozen, actor):
                raise Refusal("review.nothing_waits")
            cards = await review_cards(work, self, frozen, actor.id, SEEN)
            await work.commit()
        return cards

    async def approve_bulletin(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Agreed:
        """Agree to the revision that the button was shown with; approving is scheduling.

        Of what needs two people the first plans nothing yet; nobody agrees to what did not reach
        them whole.
        """
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            frozen, was = await self._in_review(work, actor, button, Permission.BULLETIN_APPROVE)
            first = await work.reviews.first_approval(frozen.revision.id)
            require_other_people(frozen.revision.author_id, first, actor.id)
            lineage = await work.units.lineage(frozen.revision.unit_id)
            rights = actor.in_whose_right(Permission.BULLETIN_APPROVE, lineage)
            spent = await had_their_say(work, frozen)
            require_other_right(rights, spent)
            await self._require_possible(work, frozen)
            await require_shown(work, frozen, button)
            approval = Approval(
                self.ids.new(),
                frozen.revision.id,
                frozen.hash,
                frozen.revision.author_id,
                actor.id,
                now,
            )
            if first is None and frozen.revision.approvals_needed > 1:
                place = in_whose_place(actor.id, rights, spent)
                agreed = await self._agree_first(work, frozen, approval, place)
            else:
                agreed = await self._agree(work, frozen, approval, first, was)
            await self._audit(work, actor, Permission.BULLETIN_APPROVE, frozen)
            await work.buttons.use(button.id, now)
            await work.commit()
        return agreed

    async def _agree_first(
        self, work: Work, frozen: FrozenRevision, approval: Approval, place: str | None
    ) -> Agreed:
        """The first of two: it stays in review, and the others' cards stay good."""
        await work.reviews.add_first_approval(FirstApproval(**asdict(approval), deputy_of=place))
        approver = await work.people.get(approval.approver_id)
        payload = self.letterhead.half_approved_card(frozen, approver)
        await self._tell_author(work, frozen, "half", payload)
        return Agreed(None, waits_for_another=True)

    async def _agree(
        self,
        work: Work,
        frozen: FrozenRevision,
        approval: Approval,
        first: Approval | None,
        was: Bulletin,
    ) -> Agreed:
        """The last that was needed: it is planned, and whoever signed before is told."""
        await work.bulletins.add_approval(approval)
        broadcast = await self._planned(work, frozen, approval)
        await work.bulletins.save(was.moved_to(BulletinState.APPROVED), was)
        approver = await work.people.get(approval.approver_id)
        planned_at = broadcast.planned_at if broadcast else None
        payload = self.letterhead.approved_card(frozen, approver, planned_at)
        await self._tell_author(work, frozen, "approved", payload)
        await tell_of_correction(work, self.ids, frozen, payload, approval.approver_id)
        if first is not None:
            payload = self.letterhead.completed_card(frozen, approver, planned_at)
            await self._tell(work, frozen, "approved", first.approver_id, payload)
        return Agreed(broadcast)

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
            was = await still_in_review(work, actor, frozen, Permission.BULLETIN_RETURN)
            await work.bulletins.save(was.moved_to(BulletinState.DRAFT), was)
            approver = await work.people.get(actor.id)
            buttons = self._way_on(frozen)
            await work.buttons.add(buttons)
            payload = self.letterhead.returned_card(frozen, approver, reason, buttons)
            await self._tell_author(work, frozen, "returned", payload)
            first = await work.reviews.first_approval(frozen.revision.id)
            if first is not None and first.approver_id != actor.id:
                payload = self.letterhead.voided_card(frozen, approver, reason)
                await self._tell(work, frozen, "returned", first.approver_id, payload)
            await work.dialogs.close(actor.id)
            await self._audit(work, actor, Permission.BULLETIN_RETURN, frozen)
            await work.commit()
        return frozen

    async def _require_possible(self, work: Work, frozen: FrozenRevision) -> None:
        """Refuse what was corrected meanwhile, is too late, or never comes round again."""
        await require_uncorrected(work, frozen)
        now = self.clock.now()
        if frozen.revision.expired_by(now):
            raise Refusal("review.too_late")
        if frozen.revision.recurrence is not None:
            frozen.revision.recurrence.require_fires(now, await work.calendar.office_days())

    async def _in_review(
        self, work: Work, actor: Actor, button: Button, permission: Permission
    ) -> tuple[FrozenRevision, Bulletin]:
        frozen = await work.bulletins.revision(button.subject)
        return frozen, await still_in_review(work, actor, frozen, permission)

    def _way_on(self, frozen: FrozenRevision) -> tuple[Button, ...]:
        return own_buttons(
            self,
            frozen.revision.author_id,
            [("compose:open", "")],
            frozen.revision.bulletin_id,
            frozen.revision.number,
        )

    async def _planned(
        self, work: Work, frozen: FrozenRevision, approval: Approval
    ) -> Broadcast | None:
        if frozen.revision.is_template:
            return None
        office = await work.calendar.office_days()
        planned_at = frozen.revision.planned_at(approval.approved_at, office)
        broadcast = occurrence(self.ids, frozen, approval, planned_at)
        await work.broadcasts.add(broadcast)
        return broadcast

    async def _tell_author(
        self, work: Work, frozen: FrozenRevision, event: str, payload: Payload
    ) -> None:
        await self._tell(work, frozen, event, frozen.revision.author_id, payload)

    async def _tell(
        self, work: Work, frozen: FrozenRevision, event: str, person_id: str, payload: Payload
    ) -> None:
        about = f"{event}:{frozen.revision.id}"
        await work.outbox.add([card(self.ids.new(), about, to_person(person_id), payload)])

    async def _audit(
        self, work: Work, actor: Actor, action: Permission, frozen: FrozenRevision
    ) -> None:
        lineage = await work.units.lineage(frozen.revision.unit_id)
        detail = in_stead(actor, action, lineage, frozen.hash)
        event = AuditEvent(self.clock.now(), actor.id, action, frozen.revision.id, detail)
        await work.audit.append(event)
