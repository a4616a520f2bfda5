"""A second person sees material whole, with its file, and approves it or sends it back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.clock import Clock
from domain.errors import LostRace, Refusal, Tampered
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.approval import Approval, require_other_people, require_other_right
from domain.model.attachment import Attachment
from domain.model.audit import AuditEvent, in_stead
from domain.model.button import Button, require_version
from domain.model.delivery import Payload, card, to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.material import Material, MaterialBody, MaterialRevision, MaterialState
from domain.model.morning import local_day
from domain.model.proofreading import Misprint, proofread_material, require_honest
from domain.model.text import has_words, normalised, units_over
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.material_screen import DRAFT, own_material
from domain.usecases.own_buttons import own_buttons, put_own_buttons
from domain.usecases.review import LONGEST_REASON

REVIEW = "material:review"
REASON = "reason"
"""What is awaited of whoever sends material back."""


@dataclass(frozen=True, slots=True)
class MaterialReview:
    """All that an approver agrees to (tài liệu chờ duyệt)."""

    revision: MaterialRevision
    author: str
    """The name."""
    audience: Unit
    file: Attachment | None
    buttons: tuple[Button, ...]
    misprints: tuple[Misprint, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewMaterial:
    """Handing over, approving and returning material (duyệt tài liệu)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def submit(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[str, ...]:
        """Freeze what the button was shown under and ask everybody else who may approve it.

        Returns their names. Their cards hold the title alone: the rest is shown, never owed.
        """
        async with self.memory.begin(cause) as work:
            was = await own_material(work, actor, button.subject)
            draft = await work.materials.draft(was.id)
            require_version(button.version, draft.version)
            if draft.body.missing:
                raise Refusal("material.incomplete")
            self._require_time(draft.body.is_over_on)
            require_honest(self._misprints(draft.body))
            material = replace(was.moved_to(MaterialState.IN_REVIEW), revision=was.revision + 1)
            revision = MaterialRevision(
                self.ids.new(), was.id, was.unit_id, material.revision, actor.id, draft.body
            )
            await work.materials.add_revision(revision, self.clock.now())
            await work.materials.save(material, was)
            names = await self._ask_approvers(work, revision)
            await work.dialogs.close(actor.id)
            await self._audit(work, actor, Permission.MATERIAL_SUBMIT, revision)
            await work.commit()
        return names

    async def list_waiting(self, actor: Actor, cause: Cause | None = None) -> tuple[Payload, ...]:
        """A card for each that waits for this approver."""
        places = actor.units_for(Permission.MATERIAL_APPROVE)
        async with self.memory.begin(cause) as work:
            waiting = await work.materials.in_review(places) if places else ()
            theirs = [one for one in waiting if await _waits_for(work, one, actor)]
            cards = [await self._review_card(work, one, actor.id) for one in theirs]
            await work.commit()
        return tuple(cards)

    async def open(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> MaterialReview:
        """All of it, and the two buttons: nobody can press them who has not been shown it."""
        async with self.memory.begin(cause) as work:
            revision, _ = await self._current(work, actor, button, Permission.MATERIAL_APPROVE)
            author = await work.people.get(revision.author_id)
            audience = await work.units.get(revision.body.audience_unit_id)
            file = revision.body.handout
            shown = file.holding(await work.materials.content(file)) if file else None
            asked = [(str(Permission.MATERIAL_APPROVE), ""), (str(Permission.MATERIAL_RETURN), "")]
            buttons = self._offered(actor.id, revision, asked)
            await work.buttons.add(buttons)
            await work.commit()
        misprints = self._misprints(revision.body)
        return MaterialReview(revision, author.name, audience, shown, buttons, misprints)

    async def approve(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> MaterialRevision:
        """Agree to the revision that was shown, file and all; its readers see it from now on."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            revision, was = await self._current(work, actor, button, Permission.MATERIAL_APPROVE)
            require_other_people(revision.author_id, None, actor.id)
            lineage = await work.units.lineage(revision.unit_id)
            rights = actor.in_whose_right(Permission.MATERIAL_APPROVE, lineage)
            require_other_right(rights, {revision.author_id})
            self._require_time(revision.body.is_over_on)
            if file := revision.body.handout:
                await work.materials.content(file)  # still the bytes that were hashed
            approval = Approval(
                self.ids.new(), revision.id, revision.hash, revision.author_id, actor.id, now
            )
            await work.materials.add_approval(approval)
            await work.materials.save(was.moved_to(MaterialState.APPROVED), was)
            approver = await work.people.get(actor.id)
            payload = self.letterhead.approved_material_card(revision, approver)
            await self._tell_author(work, revision, "approved", payload)
            await self._audit(work, actor, Permission.MATERIAL_APPROVE, revision)
            await work.commit()
        return revision

    async def ask_reason(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Take the next plain message as the reason."""
        async with self.memory.begin(cause) as work:
            revision, _ = await self._current(work, actor, button, Permission.MATERIAL_RETURN)
            await work.dialogs.open(Dialog(actor.id, Awaited.MATERIAL, revision.id, REASON))
            await work.commit()

    async def send_back(
        self, actor: Actor, revision_id: str, reason: str, cause: Cause | None = None
    ) -> MaterialRevision:
        """Back to its author with a reason; it is a draft again."""
        if not has_words(reason):
            raise Refusal("review.reason_missing")
        reason = normalised(reason)
        if over := units_over(reason, LONGEST_REASON):
            raise Refusal("review.reason_too_long", limit=LONGEST_REASON, over=over)
        async with self.memory.begin(cause) as work:
            permission = Permission.MATERIAL_RETURN
            revision, was = await self._of_revision(work, actor, revision_id, permission)
            await work.materials.save(was.moved_to(MaterialState.DRAFT), was)
            buttons = await put_own_buttons(
                work, self, revision.author_id, [(DRAFT, "")], revision.material_id, revision.number
            )
            approver = await work.people.get(actor.id)
            payload = self.letterhead.returned_material_card(revision, approver, reason, buttons)
            await self._tell_author(work, revision, "returned", payload)
            await work.dialogs.close(actor.id)
            await self._audit(work, actor, permission, revision)
            await work.commit()
        return revision

    async def _current(
        self, work: Work, actor: Actor, button: Button, permission: Permission
    ) -> tuple[MaterialRevision, Material]:
        return await self._of_revision(work, actor, button.subject, permission)

    async def _of_revision(
        self, work: Work, actor: Actor, revision_id: str, permission: Permission
    ) -> tuple[MaterialRevision, Material]:
        """The revision and its material, if this very revision still waits for a decision."""
        try:
            revision = await work.materials.revision(revision_id)
        except Tampered:
            raise Refusal("material.not_as_submitted") from None
        actor.require(permission, await work.units.lineage(revision.unit_id))
        material = await work.materials.get(revision.material_id)
        newest = material.revision == revision.number
        if material.state is not MaterialState.IN_REVIEW or not newest:
            raise LostRace("review.stale")
        return revision, material

    async def _ask_approvers(self, work: Work, revision: MaterialRevision) -> tuple[str, ...]:
        lineage = await work.units.lineage(revision.unit_id)
        holders = await work.people.holding(Permission.MATERIAL_APPROVE, lineage)
        today = local_day(self.clock.now())
        approvers = [
            one for one in holders if await _waits_for(work, revision, one.actor_on(today))
        ]
        if not approvers:
            raise Refusal("compose.no_approver")
        for person in approvers:
            payload = await self._review_card(work, revision, person.id)
            about = f"material:review:{revision.id}"
            await work.outbox.add([card(self.ids.new(), about, to_person(person.id), payload)])
        return tuple(person.name for person in approvers)

    async def _review_card(self, work: Work, revision: MaterialRevision, person_id: str) -> Payload:
        buttons = self._offered(person_id, revision, [(REVIEW, "")])
        await work.buttons.add(buttons)
        author = await work.people.get(revision.author_id)
        return self.letterhead.material_review_card(revision, author, buttons)

    async def _tell_author(
        self, work: Work, revision: MaterialRevision, event: str, payload: Payload
    ) -> None:
        about, author = f"material:{event}:{revision.id}", to_person(revision.author_id)
        await work.outbox.add([card(self.ids.new(), about, author, payload)])

    def _offered(
        self, person_id: str, revision: MaterialRevision, asked: Sequence[tuple[str, str]]
    ) -> tuple[Button, ...]:
        return own_buttons(self, person_id, asked, revision.id, revision.number)

    async def _audit(
        self, work: Work, actor: Actor, action: Permission, revision: MaterialRevision
    ) -> None:
        lineage = await work.units.lineage(revision.unit_id)
        detail = in_stead(actor, action, lineage, revision.hash)
        event = AuditEvent(self.clock.now(), actor.id, action, revision.id, detail)
        await work.audit.append(event)

    def _misprints(self, body: MaterialBody) -> tuple[Misprint, ...]:
        return proofread_material(body, local_day(self.clock.now()))

    def _require_time(self, is_over_on: Callable[[date], bool]) -> None:
        if is_over_on(local_day(self.clock.now())):
            raise Refusal("material.day_is_over")


async def _waits_for(work: Work, revision: MaterialRevision, actor: Actor) -> bool:
    """Whether this person may decide on it: not its author, nor whoever only stands in for them."""
    lineage = await work.units.lineage(revision.unit_id)
    rights = actor.in_whose_right(Permission.MATERIAL_APPROVE, lineage)
    return actor.id != revision.author_id and not rights <= {revision.author_id}
