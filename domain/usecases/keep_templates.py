"""A supervisor keeps a unit's templates for letters; they serve the units below it too."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button
from domain.model.dialog import Awaited, Dialog
from domain.model.letter_template import LetterTemplate, read_template, require_room
from domain.model.opinion import LetterKind
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.own_buttons import put_own_buttons
from domain.usecases.standing_unit import standing_unit

LIST, SHOW = "letter_template:list", "letter_template:show"
WRITE, CHANGE = "letter_template:write", "letter_template:change"
REMOVE = "letter_template:remove"
BACK = "staff:unit"
KEEP = Permission.LETTER_TEMPLATE_KEEP


@dataclass(frozen=True, slots=True)
class TemplatesPage:
    """A unit's own templates (trang mẫu thư)."""

    unit: Unit
    templates: tuple[LetterTemplate, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class KeepTemplates:
    """Keeping templates for letters (soạn mẫu thư)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def list_templates(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> TemplatesPage:
        async with self.memory.begin(cause) as work:
            page = await self._page(work, actor, button.subject)
            await work.commit()
        return page

    async def show_template(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[LetterTemplate, tuple[Button, ...]]:
        """One of them, with what can be done with it."""
        async with self.memory.begin(cause) as work:
            unit = await standing_unit(work, actor, KEEP, button.subject)
            template = await _own(work, unit.id, button.choice)
            asked = [(CHANGE, template.id), (REMOVE, template.id), (LIST, "")]
            buttons = await put_own_buttons(work, self, actor.id, asked, unit.id)
            await work.commit()
        return template, buttons

    async def ask_template(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Unit, LetterKind]:
        """Take the next plain message as a new one, or in the place of one that is there."""
        async with self.memory.begin(cause) as work:
            unit = await standing_unit(work, actor, KEEP, button.subject)
            _, kind = await _meant(work, unit.id, button.choice)
            asked = Dialog(actor.id, Awaited.LETTER_TEMPLATE, unit.id, button.choice)
            await work.dialogs.open(asked)
            await work.commit()
        return unit, kind

    async def keep_template(
        self, actor: Actor, dialog: Dialog, typed: str, cause: Cause | None = None
    ) -> TemplatesPage:
        """Letters that were previewed before keep their words."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            unit = await standing_unit(work, actor, KEEP, dialog.subject)
            changed, kind = await _meant(work, unit.id, dialog.note)
            name, text = read_template(typed, kind)
            present = await work.templates.of([unit.id])
            require_room(name, [o for o in present if o.kind is kind and o.id != changed])
            kept = changed or self.ids.new()
            template = LetterTemplate(kept, unit.id, name, text, actor.id, now, kind)
            await work.templates.keep(template)
            await work.dialogs.close(actor.id)
            done = f"{'changed' if changed else 'added'} {kept}"
            await work.audit.append(AuditEvent(now, actor.id, KEEP, unit.id, done))
            page = await self._page(work, actor, unit.id)
            await work.commit()
        return page

    async def remove_template(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> TemplatesPage:
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            unit = await standing_unit(work, actor, KEEP, button.subject)
            template = await _own(work, unit.id, button.choice)
            await work.templates.remove(template.id)
            done = f"removed {template.id}"
            await work.audit.append(AuditEvent(now, actor.id, KEEP, unit.id, done))
            await work.buttons.use(button.id, now)
            page = await self._page(work, actor, unit.id)
            await work.commit()
        return page

    async def _page(self, work: Work, actor: Actor, unit_id: str) -> TemplatesPage:
        unit = await standing_unit(work, actor, KEEP, unit_id)
        templates = await work.templates.of([unit.id])
        asked = [(SHOW, one.id) for one in templates]
        asked += [(WRITE, str(kind)) for kind in LetterKind]
        buttons = await put_own_buttons(work, self, actor.id, asked, unit.id)
        buttons += await put_own_buttons(work, self, actor.id, [(BACK, unit.id)], "")
        return TemplatesPage(unit, templates, buttons)


async def _meant(work: Work, unit_id: str, note: str) -> tuple[str, LetterKind]:
    """The template that is changed, '' for a new one, and its kind; without a word an answer."""
    if note in ("", *LetterKind):
        return "", LetterKind(note or LetterKind.ANSWER)
    return note, (await _own(work, unit_id, note)).kind


async def _own(work: Work, unit_id: str, template_id: str) -> LetterTemplate:
    """The unit's own template; LostRace if somebody removed it."""
    for one in await work.templates.of([unit_id]):
        if one.id == template_id:
            return one
    raise LostRace("letter_template.gone")
