"""An author writes a bulletin, sees it as it will look, and hands it to somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict, Unpack

from domain.clock import Clock
from domain.errors import Forbidden, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.broadcast import BroadcastState
from domain.model.bulletin import (
    Bulletin,
    BulletinClass,
    BulletinState,
    Draft,
    Field,
    FrozenRevision,
    Revision,
    freeze,
)
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.chat import Chat, ChatPurpose
from domain.model.delivery import Capabilities, card, to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.text import has_words, normalised, utf16_units, visible
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Work


class DraftFields(TypedDict, total=False):
    """The parts of a draft that can be set, one or several at a time."""

    text: str
    field: Field
    bulletin_class: BulletinClass
    issuing_body: str
    source: str
    audience_unit_id: str
    send_at: datetime | None


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it stands, and, once nothing is missing, as it will look and where it goes."""

    draft: Draft
    unit: Unit
    audience: Unit | None
    chats: tuple[Chat, ...]
    markup: str
    """Empty while something is missing."""
    missing: tuple[str, ...]
    """Names of the fields without which it cannot be submitted, in the order they are asked."""


@dataclass(frozen=True, slots=True)
class Compose:
    """Writing a bulletin (soạn bản tin)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    capabilities: Capabilities

    async def start_bulletin(self, actor: Actor, cause: Cause | None = None) -> Preview:
        """Begin a draft for the unit on which the actor may write."""
        places = actor.units_for(Permission.BULLETIN_COMPOSE)
        if not places:
            raise Forbidden("errors.forbidden")
        async with self.memory.begin(cause) as work:
            unit = await work.units.get(places[0])
            bulletin = Bulletin(self.ids.new(), unit.id, actor.id, BulletinState.DRAFT, 0)
            draft = Draft(
                bulletin.id, unit.id, issuing_body=unit.issuing_body, audience_unit_id=unit.id
            )
            await work.bulletins.add(bulletin, draft)
            await work.dialogs.open(Dialog(actor.id, Awaited.BULLETIN_TEXT, bulletin.id))
            await self._audit(work, actor, Permission.BULLETIN_COMPOSE, bulletin.id)
            preview = await self._preview(work, bulletin, draft)
            await work.commit()
        return preview

    async def preview_bulletin(self, actor: Actor, bulletin_id: str) -> Preview:
        """The draft as it stands; nothing changes."""
        async with self.memory.begin() as work:
            bulletin = await self._own(work, actor, bulletin_id)
            return await self._preview(work, bulletin, await work.bulletins.draft(bulletin_id))

    async def await_field(
        self, actor: Actor, bulletin_id: str, awaited: Awaited, cause: Cause | None = None
    ) -> None:
        """Take the actor's next plain message as this part of the draft."""
        async with self.memory.begin(cause) as work:
            await self._own(work, actor, bulletin_id)
            await work.dialogs.open(Dialog(actor.id, awaited, bulletin_id))
            await work.commit()

    async def change_draft(
        self, actor: Actor, bulletin_id: str, cause: Cause | None, **fields: Unpack[DraftFields]
    ) -> Preview:
        """Set fields of the draft; what was in review or approved falls back to a draft."""
        async with self.memory.begin(cause) as work:
            bulletin = await self._reopened(work, await self._own(work, actor, bulletin_id))
            draft = _tidied(replace(await work.bulletins.draft(bulletin_id), **fields))
            _require_words(draft, fields)
            audience = await self._audience(work, draft)
            if audience is None:
                raise Refusal("compose.audience_outside")
            await work.bulletins.save_draft(draft)
            await work.dialogs.close(actor.id)
            preview = await self._preview(work, bulletin, draft)
            self._require_room(preview)
            await work.commit()
        return preview

    async def submit_bulletin(
        self, actor: Actor, bulletin_id: str, cause: Cause | None = None
    ) -> tuple[FrozenRevision, tuple[str, ...]]:
        """Freeze the draft and ask every other approver; returns it and the approvers' names."""
        async with self.memory.begin(cause) as work:
            was = await self._own(work, actor, bulletin_id)
            lineage = await work.units.lineage(was.unit_id)
            actor.require(Permission.BULLETIN_SUBMIT, lineage)
            bulletin = replace(was.moved_to(BulletinState.IN_REVIEW), revision=was.revision + 1)
            frozen, chats = await self._frozen(work, bulletin)
            await work.bulletins.add_revision(frozen, self.clock.now())
            await work.bulletins.save(bulletin, was)
            names = await self._ask_approvers(work, frozen, chats)
            await work.dialogs.close(actor.id)
            await self._audit(work, actor, Permission.BULLETIN_SUBMIT, frozen.revision.id)
            await work.commit()
        return frozen, names

    async def discard_bulletin(
        self, actor: Actor, bulletin_id: str, cause: Cause | None = None
    ) -> None:
        """Throw a draft away, or take back what is still in review."""
        async with self.memory.begin(cause) as work:
            was = await self._own(work, actor, bulletin_id)
            if was.state not in (BulletinState.DRAFT, BulletinState.IN_REVIEW):
                raise Refusal("bulletin.moved_on", state=was.state)
            await work.bulletins.save(was.moved_to(BulletinState.WITHDRAWN), was)
            await work.dialogs.close(actor.id)
            await self._audit(work, actor, Permission.BULLETIN_STOP, bulletin_id)
            await work.commit()

    async def _own(self, work: Work, actor: Actor, bulletin_id: str) -> Bulletin:
        bulletin = await work.bulletins.get(bulletin_id)
        actor.require(Permission.BULLETIN_COMPOSE, await work.units.lineage(bulletin.unit_id))
        if bulletin.author_id != actor.id:
            raise Forbidden("compose.not_yours")
        return bulletin

    async def _reopened(self, work: Work, was: Bulletin) -> Bulletin:
        """The bulletin as a draft again; an approval counts for nothing after an edit."""
        if was.state is BulletinState.DRAFT:
            return was
        bulletin = was.moved_to(BulletinState.DRAFT)
        for broadcast in await work.broadcasts.of_bulletin(was.id):
            planned = broadcast.state is BroadcastState.PLANNED
            if planned and not await work.broadcasts.save_state(broadcast, BroadcastState.STOPPED):
                raise Refusal("bulletin.moved_on", state=was.state)
            if broadcast.state in (BroadcastState.RELEASED, BroadcastState.FINISHED):
                raise Refusal("compose.already_going_out")
        await work.bulletins.save(bulletin, was)
        return bulletin

    async def _audience(self, work: Work, draft: Draft) -> Unit | None:
        """The audience's unit, if it lies at or below the unit that writes."""
        if draft.audience_unit_id is None:
            return None
        lineage = await work.units.lineage(draft.audience_unit_id)
        inside = draft.unit_id in lineage.unit_ids
        return await work.units.get(draft.audience_unit_id) if inside else None

    async def _preview(self, work: Work, bulletin: Bulletin, draft: Draft) -> Preview:
        unit = await work.units.get(draft.unit_id)
        audience = await self._audience(work, draft)
        chats = await self._chats(work, audience)
        missing = missing_fields(draft)
        markup = "" if missing else self.letterhead.bulletin(self._revision(bulletin, draft), "vi")
        return Preview(draft, unit, audience, chats, markup, missing)

    async def _chats(self, work: Work, audience: Unit | None) -> tuple[Chat, ...]:
        if audience is None:
            return ()
        return await work.chats.in_subtree(audience.id, ChatPurpose.RESIDENTS)

    def _revision(self, bulletin: Bulletin, draft: Draft) -> Revision:
        if draft.field is None or draft.audience_unit_id is None:
            raise Refusal("compose.incomplete")
        return Revision(
            id=self.ids.new(),
            bulletin_id=bulletin.id,
            unit_id=bulletin.unit_id,
            number=max(bulletin.revision, 1),
            author_id=bulletin.author_id,
            text=draft.text,
            field=draft.field,
            bulletin_class=draft.bulletin_class,
            issuing_body=draft.issuing_body,
            source=draft.source,
            audience_unit_id=draft.audience_unit_id,
            send_at=draft.send_at,
        )

    async def _frozen(
        self, work: Work, bulletin: Bulletin
    ) -> tuple[FrozenRevision, tuple[Chat, ...]]:
        draft = await work.bulletins.draft(bulletin.id)
        preview = await self._preview(work, bulletin, draft)
        if preview.missing:
            raise Refusal("compose.incomplete")
        self._require_room(preview)
        require_ahead(draft.send_at, self.clock.now())
        revision = self._revision(bulletin, draft)
        rendered = {"vi": self.letterhead.bulletin(revision, "vi")}
        return freeze(revision, rendered, [chat.id for chat in preview.chats]), preview.chats

    def _require_room(self, preview: Preview) -> None:
        """Refuse what the channel would cut: the footer counts too."""
        length = utf16_units(visible(preview.markup or preview.draft.text))
        over = length - self.capabilities.text_limit
        if over > 0:
            raise Refusal("compose.too_long", over=over, limit=self.capabilities.text_limit)

    async def _ask_approvers(
        self, work: Work, frozen: FrozenRevision, chats: Sequence[Chat]
    ) -> tuple[str, ...]:
        lineage = await work.units.lineage(frozen.revision.unit_id)
        author = await work.people.get(frozen.revision.author_id)
        holders = await work.people.holding(Permission.BULLETIN_APPROVE, lineage)
        approvers = [person for person in holders if person.id != author.id]
        if not approvers:
            raise Refusal("compose.no_approver")
        for person in approvers:
            buttons = self._review_buttons(frozen, person.id)
            await work.buttons.add(buttons)
            payload = self.letterhead.review_card(frozen, author, chats, buttons)
            about = f"review:{frozen.revision.id}"
            await work.outbox.add([card(self.ids.new(), about, to_person(person.id), payload)])
        return tuple(person.name for person in approvers)

    def _review_buttons(self, frozen: FrozenRevision, person_id: str) -> tuple[Button, ...]:
        return offer(
            self.ids,
            [(Permission.BULLETIN_APPROVE, ""), (Permission.BULLETIN_RETURN, "")],
            subject=frozen.revision.id,
            version=frozen.revision.number,
            holder=to_person(person_id),
            expires_at=self.clock.now() + GOOD_FOR,
        )

    async def _audit(self, work: Work, actor: Actor, action: Permission, subject: str) -> None:
        await work.audit.append(AuditEvent(self.clock.now(), actor.id, action, subject))


def missing_fields(draft: Draft) -> tuple[str, ...]:
    """What still has to be said before a draft can be submitted, in the order it is asked."""
    wanted = {
        "text": draft.text,
        "field": draft.field,
        "source": draft.source,
        "issuing_body": draft.issuing_body,
        "audience": draft.audience_unit_id,
    }
    return tuple(name for name, value in wanted.items() if not value)


def require_ahead(send_at: datetime | None, now: datetime) -> None:
    """Refuse a time that has gone by while the draft was being written."""
    if send_at is not None and send_at <= now:
        raise Refusal("compose.time_passed")


def _tidied(draft: Draft) -> Draft:
    return replace(
        draft,
        text=normalised(draft.text),
        source=normalised(draft.source),
        issuing_body=normalised(draft.issuing_body),
    )


def _require_words(draft: Draft, fields: DraftFields) -> None:
    """Refuse text that says nothing in a field that was just written."""
    written = (("text", draft.text), ("source", draft.source), ("issuing_body", draft.issuing_body))
    if any(name in fields and not has_words(value) for name, value in written):
        raise Refusal("compose.nothing_written")
