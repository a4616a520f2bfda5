"""An author writes a bulletin piece by piece and sees each time how it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from domain.clock import Clock
from domain.errors import Forbidden, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.attached import Enclosed
from domain.model.audit import AuditEvent
from domain.model.bulletin import (
    Bulletin,
    BulletinClass,
    BulletinState,
    Draft,
    Field,
    Misfire,
)
from domain.model.button import Button, require_version
from domain.model.capabilities import Capabilities, limit_for
from domain.model.dialog import Dialog
from domain.model.marks import Mark, tidied
from domain.model.poll import Poll
from domain.model.reach import Reach
from domain.model.recurrence import Recurrence
from domain.model.series import Series
from domain.model.text import has_words, normalised, one_line
from domain.model.unit import Unit
from domain.model.version import TRANSLATIONS, Version
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.compose_choices import TYPED, WAYS_IN, choices, panel
from domain.usecases.drafting import (
    Preview,
    own_bulletin,
    preview_of,
    reopened,
    require_possible,
    require_same_reach,
    require_short,
)
from domain.usecases.own_buttons import own_buttons

CHECKED = frozenset(
    {"poll", "send_at", "recurrence", "title", "text", "marks", "translations", "bulletin_class"}
)
DRAFTS_SHOWN = 5


class DraftFields(TypedDict, total=False):
    """The parts of a draft that can be set, one or several at a time."""

    title: str
    text: str
    marks: tuple[Mark, ...]
    translations: tuple[Version, ...]
    field: Field
    bulletin_class: BulletinClass
    issuing_body: str
    source: str
    talking_points: str
    poll: Poll | None
    audience_unit_id: str
    reach: Reach
    series: Series | None
    send_at: datetime | None
    recurrence: Recurrence | None
    good_for: timedelta
    misfire: Misfire
    attachments: Enclosed


Rewriting = Callable[[Draft], DraftFields]
"""What is set of a draft, with an eye to what stands in it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is being asked about a draft, with the choices if it is not typed."""

    field: str
    draft: Draft
    places: tuple[Unit, ...] = ()
    buttons: tuple[Button, ...] = ()


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
            draft = Draft(bulletin.id, unit.id, unit.id, issuing_body=unit.issuing_body)
            await work.bulletins.add(bulletin, draft)
            await self._audit(work, actor, Permission.BULLETIN_COMPOSE, bulletin.id)
            preview = await self._shown(work, actor, bulletin, draft)
            ways = self._buttons(actor, draft, WAYS_IN)
            await work.buttons.add(ways)
            others = await self._others(work, actor)
            preview = replace(preview, buttons=(*ways, *preview.buttons), others=others)
            await work.commit()
        return preview

    async def preview_bulletin(
        self, actor: Actor, bulletin_id: str, cause: Cause | None = None
    ) -> Preview:
        """The draft as it stands, with fresh buttons; nothing else changes."""
        async with self.memory.begin(cause) as work:
            bulletin = await own_bulletin(work, actor, bulletin_id)
            draft = await work.bulletins.draft(bulletin_id)
            preview = await self._shown(work, actor, bulletin, draft)
            await work.commit()
        return preview

    async def draft_of(self, actor: Actor, bulletin_id: str) -> Draft:
        """The draft as it stands."""
        async with self.memory.begin() as work:
            await own_bulletin(work, actor, bulletin_id)
            return await work.bulletins.draft(bulletin_id)

    async def ask_field(
        self, actor: Actor, bulletin_id: str, name: str, cause: Cause | None = None, page: int = 0
    ) -> Question:
        """Ask for one part of the draft: by the next plain message, or by buttons."""
        async with self.memory.begin(cause) as work:
            await own_bulletin(work, actor, bulletin_id)
            draft = await work.bulletins.draft(bulletin_id)
            if name in TYPED:
                await work.dialogs.open(Dialog(actor.id, TYPED[name], bulletin_id, note=name))
            places = await work.units.subtree(draft.unit_id) if name == "audience" else ()
            is_new = name == "poll" and draft.poll is None
            asked = [] if is_new else choices(name, places, page)
            if name in {version.language for version in draft.translations}:
                asked = [("compose:no_version", name)]
            buttons = self._buttons(actor, draft, asked)
            await work.buttons.add(buttons)
            await work.commit()
        return Question(name, draft, places, buttons)

    async def change_by_button(
        self, actor: Actor, button: Button, cause: Cause | None, **fields: Unpack[DraftFields]
    ) -> Preview:
        """Set fields as the button says, if nothing has changed since it was shown."""
        return await self.rewrite_by_button(actor, button, cause, lambda _: fields)

    async def change_draft(
        self, actor: Actor, bulletin_id: str, cause: Cause | None, **fields: Unpack[DraftFields]
    ) -> Preview:
        """Set fields of the draft; what was in review or approved falls back to a draft."""
        return await self.rewrite(actor, bulletin_id, cause, lambda _: fields)

    async def rewrite_by_button(
        self, actor: Actor, button: Button, cause: Cause | None, change: Rewriting
    ) -> Preview:
        """As `rewrite`, if nothing has changed since the button was shown."""

        def unless_stale(was: Draft) -> DraftFields:
            require_version(button.version, was.version)
            return change(was)

        return await self.rewrite(actor, button.subject, cause, unless_stale)

    async def rewrite(
        self, actor: Actor, bulletin_id: str, cause: Cause | None, change: Rewriting
    ) -> Preview:
        """Set what `change` makes of the draft as it stands: read and kept in one transaction."""
        async with self.memory.begin(cause) as work:
            mine = await own_bulletin(work, actor, bulletin_id)
            was = await work.bulletins.draft(bulletin_id)
            fields = change(was)
            bulletin = await reopened(work, mine, was)
            if "text" in fields:
                fields.setdefault("marks", ())
            draft = _tidied(replace(was, version=was.version + 1, **fields))
            if draft.is_template:
                draft = replace(draft, send_at=None, recurrence=None)
            _require_words(draft, fields)
            if draft.poll is not None and not self.capabilities.polls:
                raise Refusal("poll.channel_has_none")
            require_short(draft)
            require_same_reach(was, draft)
            if not CHECKED.isdisjoint(fields):
                await require_possible(work, draft, self.clock.now())
            await work.bulletins.save_draft(draft)
            preview = await self._shown(work, actor, bulletin, draft)
            await work.commit()
        return preview

    async def discard_bulletin(
        self, actor: Actor, bulletin_id: str, cause: Cause | None = None
    ) -> None:
        """Throw a draft away, or take back what is still in review."""
        async with self.memory.begin(cause) as work:
            was = await own_bulletin(work, actor, bulletin_id)
            if was.state not in (BulletinState.DRAFT, BulletinState.IN_REVIEW):
                raise Refusal("bulletin.moved_on")
            await work.bulletins.save(was.moved_to(BulletinState.WITHDRAWN), was)
            await work.dialogs.close(actor.id)
            await self._audit(work, actor, Permission.BULLETIN_STOP, bulletin_id)
            await work.commit()

    async def _shown(self, work: Work, actor: Actor, bulletin: Bulletin, draft: Draft) -> Preview:
        """The preview, with the next question opened or, if none is left, the ways to change it."""
        preview = await preview_of(
            work,
            self.letterhead,
            bulletin,
            draft,
            self.clock.now(),
            limit_for(draft, self.capabilities),
        )
        following = preview.missing[0] if preview.missing else ""
        if following in TYPED:
            await work.dialogs.open(Dialog(actor.id, TYPED[following], bulletin.id))
        else:
            await work.dialogs.close(actor.id)
        asked = choices(following, (), 0) if following else panel(draft)
        buttons = self._buttons(actor, draft, [*asked, ("compose:discard", "")])
        await work.buttons.add(buttons)
        return replace(preview, buttons=buttons)

    async def _others(self, work: Work, actor: Actor) -> tuple[tuple[Draft, Button], ...]:
        """What the author left unfinished before, with a way to each."""
        drafts = await work.bulletins.unfinished(actor.id, DRAFTS_SHOWN)
        opened = [self._buttons(actor, one, [("compose:open", "")])[0] for one in drafts]
        await work.buttons.add(opened)
        return tuple(zip(drafts, opened, strict=True))

    def _buttons(
        self, actor: Actor, draft: Draft, asked: Sequence[tuple[str, str]]
    ) -> tuple[Button, ...]:
        return own_buttons(self, actor.id, asked, draft.bulletin_id, draft.version)

    async def _audit(self, work: Work, actor: Actor, action: Permission, subject: str) -> None:
        await work.audit.append(AuditEvent(self.clock.now(), actor.id, action, subject))


def _tidied(draft: Draft) -> Draft:
    text, marks = tidied(draft.text, draft.marks)
    return replace(
        draft,
        title=one_line(draft.title),
        text=text,
        marks=marks,
        translations=tuple(sorted(map(_tidied_version, draft.translations), key=_language)),
        source=normalised(draft.source),
        issuing_body=normalised(draft.issuing_body),
        talking_points=normalised(draft.talking_points),
    )


def _tidied_version(version: Version) -> Version:
    text, marks = tidied(version.text, version.marks)
    return replace(version, title=one_line(version.title), text=text, marks=marks)


def _language(version: Version) -> int:
    return TRANSLATIONS.index(version.language)


def _require_words(draft: Draft, fields: DraftFields) -> None:
    """Refuse text that says nothing in a field that was just written."""
    written = (("text", draft.text), ("source", draft.source), ("issuing_body", draft.issuing_body))
    if any(not has_words(version.text) for version in draft.translations):
        raise Refusal("compose.nothing_written")
    if any(name in fields and not has_words(value) for name, value in written):
        raise Refusal("compose.nothing_written")
    if draft.talking_points and not has_words(draft.talking_points):
        raise Refusal("compose.nothing_written")
