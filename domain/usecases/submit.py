"""An author hands a bulletin to somebody else: frozen, hashed, and put before every approver."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission, Person
from domain.model.attached import messages_of
from domain.model.audit import AuditEvent
from domain.model.bulletin import Bulletin, BulletinState
from domain.model.button import Button, require_version
from domain.model.capabilities import Capabilities, limit_for
from domain.model.delivery import card, to_person
from domain.model.frozen import FrozenRevision, freeze
from domain.model.morning import local_day
from domain.model.unit import Lineage
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.decisions import approvals_needed, owed_for, review_cards, still_to_decide
from domain.usecases.drafting import (
    Preview,
    own_bulletin,
    preview_of,
    rendered,
    require_fit,
    require_possible,
    revision_of,
)
from domain.usecases.own_buttons import own_buttons


@dataclass(frozen=True, slots=True)
class Submission:
    """What was handed over, to whom, and the ways to take it back."""

    frozen: FrozenRevision
    approvers: tuple[str, ...]
    """Their names."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Submit:
    """Handing over for approval (trình duyệt)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    capabilities: Capabilities

    async def submit_by_button(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Submission:
        """Submit what the button was shown under; LostRace if it has changed since."""
        return await self.submit_bulletin(actor, button.subject, cause, button.version)

    async def submit_bulletin(
        self, actor: Actor, bulletin_id: str, cause: Cause | None = None, shown: int | None = None
    ) -> Submission:
        """Freeze the draft and send a card to everybody else who may approve it.

        Where `shown` says which version its author had before them, no other is handed over.
        """
        async with self.memory.begin(cause) as work:
            if shown is not None:
                require_version(shown, (await work.bulletins.draft(bulletin_id)).version)
            was = await own_bulletin(work, actor, bulletin_id)
            actor.require(Permission.BULLETIN_SUBMIT, await work.units.lineage(was.unit_id))
            bulletin = replace(was.moved_to(BulletinState.IN_REVIEW), revision=was.revision + 1)
            preview = await self._complete(work, bulletin)
            frozen = self._freeze(bulletin, preview, await approvals_needed(work, preview.draft))
            await work.bulletins.add_revision(frozen, self.clock.now())
            await work.bulletins.save(bulletin, was)
            approvers = await self._ask_approvers(work, frozen)
            buttons = self._ways_back(actor, bulletin)
            await work.buttons.add(buttons)
            await work.dialogs.close(actor.id)
            await self._audit(work, actor, frozen)
            await work.commit()
        return Submission(frozen, approvers, buttons)

    async def _complete(self, work: Work, bulletin: Bulletin) -> Preview:
        draft = await work.bulletins.draft(bulletin.id)
        preview = await preview_of(
            work,
            self.letterhead,
            bulletin,
            draft,
            self.clock.now(),
            limit_for(draft, self.capabilities),
        )
        require_fit(preview)
        await require_possible(work, draft, self.clock.now())
        return preview

    def _freeze(self, bulletin: Bulletin, preview: Preview, needed: int) -> FrozenRevision:
        revision = revision_of(self.ids.new(), bulletin, preview.draft)
        if revision is None:
            raise Refusal("compose.incomplete")
        if not preview.chats and not revision.reach.is_everybody:
            raise Refusal("reach.nobody")
        revision = replace(revision, approvals_needed=needed)
        pages = rendered(self.letterhead, revision)
        goes_to_channels = any(chat.address.is_channel for chat in preview.chats)
        feet = {one: self.letterhead.post_foot(revision, one) for one in pages}
        chats = [chat.id for chat in preview.chats]
        return freeze(revision, pages, chats, feet if goes_to_channels else None)

    async def _ask_approvers(self, work: Work, frozen: FrozenRevision) -> tuple[str, ...]:
        lineage = await work.units.lineage(frozen.revision.unit_id)
        approvers = await still_to_decide(work, frozen, local_day(self.clock.now()))
        if not approvers:
            raise Refusal("compose.no_approver")
        if len(self._in_whose_right(approvers, lineage)) < frozen.revision.approvals_needed:
            raise Refusal("compose.one_approver", name=approvers[0].name)
        about, files = owed_for(frozen.revision.id), messages_of(frozen.revision.attachments)
        for person in approvers:
            payloads = (await review_cards(work, self, frozen, person.id)).whole
            parts = [card(self.ids.new(), about, to_person(person.id), p) for p in payloads]
            await work.outbox.add(
                [
                    replace(entry, part=n, messages=files if payload.shows else 1)
                    for n, (entry, payload) in enumerate(zip(parts, payloads, strict=True))
                ]
            )
        return tuple(person.name for person in approvers)

    def _in_whose_right(self, approvers: Sequence[Person], lineage: Lineage) -> frozenset[str]:
        """A deputy and the one they stand in for agree once between them."""
        today = local_day(self.clock.now())
        return frozenset().union(
            *(
                one.actor_on(today).in_whose_right(Permission.BULLETIN_APPROVE, lineage)
                for one in approvers
            )
        )

    def _ways_back(self, actor: Actor, bulletin: Bulletin) -> tuple[Button, ...]:
        return own_buttons(
            self,
            actor.id,
            [("compose:open", ""), ("compose:discard", "")],
            bulletin.id,
            bulletin.revision,
        )

    async def _audit(self, work: Work, actor: Actor, frozen: FrozenRevision) -> None:
        action, subject = Permission.BULLETIN_SUBMIT, frozen.revision.id
        event = AuditEvent(self.clock.now(), actor.id, action, subject, frozen.hash)
        await work.audit.append(event)
