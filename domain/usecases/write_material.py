"""An author writes material for communicators piece by piece, in the chat."""

from dataclasses import dataclass, replace
from typing import Unpack, cast

from domain.clock import Clock
from domain.errors import Forbidden, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.bulletin import Field
from domain.model.button import Button, require_version
from domain.model.handout import Media, handout_of, media_of
from domain.model.material import (
    Material,
    MaterialBody,
    MaterialDraft,
    MaterialKind,
    MaterialState,
)
from domain.model.morning import local_day
from domain.model.typed_material import BodyFields, read_last_day, read_minutes, read_words
from domain.model.typed_pairs import read_pairs
from domain.ports import Cause, Memory, Work
from domain.usecases.material_screen import (
    AUDIENCE,
    DRAFT,
    DROP_PAIR,
    FIELD,
    KIND,
    LEAVE,
    MINUTES,
    MaterialScreen,
    MaterialScreens,
    own_material,
)

DRAFTS_SHOWN = 5
EMPTY = {"text": "", "points": "", "minutes": None, "valid_until": None}
"""What a part is that may stay empty, and does."""


@dataclass(frozen=True, slots=True)
class MaterialBeginning:
    """The kinds to choose from, and what was left unfinished (bắt đầu soạn tài liệu)."""

    kinds: tuple[Button, ...]
    unfinished: tuple[tuple[MaterialDraft, Button], ...]


@dataclass(frozen=True, slots=True)
class WriteMaterial:
    """Writing material (soạn tài liệu tuyên truyền)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def begin(self, actor: Actor, cause: Cause | None = None) -> MaterialBeginning:
        """Ask what it shall be; nothing is written yet."""
        place = _place(actor)
        async with self.memory.begin(cause) as work:
            kinds = self._screens.offered(actor, place, 1, [(KIND, one) for one in MaterialKind])
            drafts = await work.materials.unfinished(actor.id, DRAFTS_SHOWN)
            ways = [
                self._screens.offered(actor, one.material_id, one.version, [(DRAFT, "")])[0]
                for one in drafts
            ]
            await work.buttons.add([*kinds, *ways])
            await work.dialogs.close(actor.id)
            await work.commit()
        return MaterialBeginning(kinds, tuple(zip(drafts, ways, strict=True)))

    async def start(
        self, actor: Actor, kind: MaterialKind, cause: Cause | None = None
    ) -> MaterialScreen:
        """Begin a draft of this kind, for the unit on which the actor may write."""
        place = _place(actor)
        async with self.memory.begin(cause) as work:
            unit = await work.units.get(place)
            material = Material(self.ids.new(), unit.id, actor.id, MaterialState.DRAFT, 0)
            body = MaterialBody(kind, unit.id, issuing_body=unit.issuing_body)
            draft = MaterialDraft(material.id, body)
            await work.materials.add(material, draft, self.clock.now())
            await self._audit(work, actor, material.id)
            screen = await self._screens.next_of(work, actor, material, draft)
            await work.commit()
        return screen

    async def open(
        self, actor: Actor, material_id: str, cause: Cause | None = None
    ) -> MaterialScreen:
        """The draft as it stands, with fresh buttons; nothing else changes."""
        async with self.memory.begin(cause) as work:
            material = await own_material(work, actor, material_id)
            draft = await work.materials.draft(material_id)
            screen = await self._screens.next_of(work, actor, material, draft)
            await work.commit()
        return screen

    async def ask(
        self, actor: Actor, button: Button, name: str, cause: Cause | None = None, page: int = 0
    ) -> MaterialScreen:
        """Ask for one part of the draft anew."""
        async with self.memory.begin(cause) as work:
            material = await own_material(work, actor, button.subject)
            draft = await work.materials.draft(material.id)
            screen = await self._screens.asking(work, actor, material, draft, name, page)
            await work.commit()
        return screen

    async def type(
        self, actor: Actor, material_id: str, name: str, typed: str, cause: Cause | None = None
    ) -> MaterialScreen:
        """Take plain words as what was asked."""
        async with self.memory.begin(cause) as work:
            draft = await work.materials.draft(material_id)
            fields = self._typed(draft.body, name, typed)
            screen = await self._changed(work, actor, draft, name, **fields)
            await work.commit()
        return screen

    async def change(
        self,
        actor: Actor,
        material_id: str,
        cause: Cause | None = None,
        **fields: Unpack[BodyFields],
    ) -> MaterialScreen:
        """Set several parts at a time."""
        async with self.memory.begin(cause) as work:
            draft = await work.materials.draft(material_id)
            screen = await self._changed(work, actor, draft, "", **fields)
            await work.commit()
        return screen

    async def choose(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> MaterialScreen:
        """What a button says, if nothing has changed since it was shown."""
        async with self.memory.begin(cause) as work:
            draft = await work.materials.draft(button.subject)
            require_version(button.version, draft.version)
            name, fields = _chosen(button, draft.body)
            screen = await self._changed(work, actor, draft, name, **fields)
            await work.commit()
        return screen

    async def require_handout(
        self, actor: Actor, material_id: str, cause: Cause | None = None
    ) -> None:
        """Refuse a file that belongs nowhere, before it is fetched; nothing is changed."""
        async with self.memory.begin(cause) as work:
            await own_material(work, actor, material_id)
            _require_handout(await work.materials.draft(material_id))

    async def keep_file(
        self, actor: Actor, material_id: str, name: str, content: bytes, cause: Cause | None = None
    ) -> MaterialScreen:
        """Keep a file in place of the one before; without a name it is a picture's pixels."""
        media = media_of(content) if name else Media.PICTURE
        handout = handout_of(self.ids.new(), name, media, content)
        async with self.memory.begin(cause) as work:
            draft = await work.materials.draft(material_id)
            _require_handout(draft)
            await work.materials.add_file(material_id, handout, content, self.clock.now())
            screen = await self._changed(work, actor, draft, "handout", handout=handout)
            await work.commit()
        return screen

    async def discard(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Throw a draft away, or take back what is still in review; its file goes too."""
        async with self.memory.begin(cause) as work:
            was = await own_material(work, actor, button.subject)
            if was.state not in (MaterialState.DRAFT, MaterialState.IN_REVIEW):
                raise Refusal("material.moved_on")
            await work.materials.save(was.moved_to(MaterialState.WITHDRAWN), was)
            draft = await work.materials.draft(was.id)
            await work.materials.save_draft(replace(draft, body=replace(draft.body, handout=None)))
            await work.dialogs.close(actor.id)
            event = AuditEvent(self.clock.now(), actor.id, Permission.MATERIAL_WITHDRAW, was.id)
            await work.audit.append(event)
            await work.commit()

    def _typed(self, body: MaterialBody, name: str, typed: str) -> BodyFields:
        match name:
            case "minutes":
                return {"minutes": read_minutes(typed)}
            case "valid_until":
                return {"valid_until": read_last_day(typed, local_day(self.clock.now()))}
            case "pairs":
                return {"pairs": read_pairs(typed, body.pairs)}
            case "title" | "text" | "points" | "source" | "issuing_body":
                return cast("BodyFields", {name: read_words(name, typed)})
            case "handout":
                raise Refusal("material.send_the_file")
            case _:
                raise Refusal("material.choose_by_button")

    async def _changed(
        self,
        work: Work,
        actor: Actor,
        was: MaterialDraft,
        name: str,
        **fields: Unpack[BodyFields],
    ) -> MaterialScreen:
        """Keep it; what was in review or approved falls back to a draft without approval."""
        material = await own_material(work, actor, was.material_id)
        await _require_inside(work, material, fields)
        if material.state is MaterialState.WITHDRAWN:
            raise Refusal("material.was_withdrawn")
        if material.state is not MaterialState.DRAFT:
            reopened = material.moved_to(MaterialState.DRAFT)
            await work.materials.save(reopened, material)
            material = reopened
        draft = replace(was, body=replace(was.body, **fields), version=was.version + 1)
        await work.materials.save_draft(draft)
        if name == "pairs" and draft.body.pairs:
            # The next pair may come at once.
            return await self._screens.asking(work, actor, material, draft, "pairs")
        return await self._screens.next_of(work, actor, material, draft)

    async def _audit(self, work: Work, actor: Actor, subject: str) -> None:
        action = Permission.MATERIAL_COMPOSE
        await work.audit.append(AuditEvent(self.clock.now(), actor.id, action, subject))

    @property
    def _screens(self) -> MaterialScreens:
        return MaterialScreens(self.clock, self.ids)


def _place(actor: Actor) -> str:
    places = actor.units_for(Permission.MATERIAL_COMPOSE)
    if not places:
        raise Forbidden("errors.forbidden")
    return places[0]


def _chosen(button: Button, body: MaterialBody) -> tuple[str, BodyFields]:
    """The part that a button is about, and what it makes of it."""
    match button.action:
        case _ if button.action == FIELD:
            return "field", {"field": Field(button.choice)}
        case _ if button.action == MINUTES:
            return "minutes", {"minutes": int(button.choice)}
        case _ if button.action == AUDIENCE:
            return "audience", {"audience_unit_id": button.choice}
        case _ if button.action == DROP_PAIR:
            return "pairs", {"pairs": body.pairs[:-1]}
        case _ if button.action == LEAVE and button.choice in EMPTY:
            return button.choice, cast("BodyFields", {button.choice: EMPTY[button.choice]})
    raise Refusal("button.unknown")


def _require_handout(draft: MaterialDraft) -> None:
    if draft.body.kind is not MaterialKind.HANDOUT:
        raise Refusal("material.no_file_here")


async def _require_inside(work: Work, material: Material, fields: BodyFields) -> None:
    """The audience lies at or below the unit that writes."""
    if "audience_unit_id" in fields:
        lineage = await work.units.lineage(fields["audience_unit_id"])
        if material.unit_id not in lineage.unit_ids:
            raise Refusal("compose.audience_outside")
