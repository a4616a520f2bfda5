"""Whoever is in charge changes what every session is asked; each change is a new version."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button, require_version
from domain.model.dialog import Awaited, Dialog
from domain.model.form import NEEDED, NEVER_REQUIRED, Form, FormField, read_own_field
from domain.ports import Cause, Memory, Work
from domain.usecases.announce import root_of
from domain.usecases.own_buttons import put_own_buttons

Change = Callable[[Form, str], Form]
CHANGES: dict[str, Change] = {
    "hide": lambda form, key: form.with_hidden(key, True),
    "show": lambda form, key: form.with_hidden(key, False),
    "require": lambda form, key: form.with_required(key, True),
    "release": lambda form, key: form.with_required(key, False),
    "up": lambda form, key: form.with_moved(key, -1),
    "down": lambda form, key: form.with_moved(key, 1),
}


@dataclass(frozen=True, slots=True)
class FormView:
    """The form as it stands, or one field of it, with the ways to change it."""

    form: Form
    field: FormField | None
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """Changing the form (sửa biểu mẫu)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show_form(self, actor: Actor, cause: Cause | None = None) -> FormView:
        """All fields, hidden ones too, each with a way to it."""
        async with self.memory.begin(cause) as work:
            await _require(work, actor)
            form = await work.forms.newest()
            view = await self._view(work, actor, form, None)
            await work.commit()
        return view

    async def show_field(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> FormView:
        """One field, with all that can be done to it."""
        async with self.memory.begin(cause) as work:
            await _require(work, actor)
            form = await work.forms.newest()
            require_version(button.version, form.version)
            view = await self._view(work, actor, form, form.any_field(button.choice))
            await work.commit()
        return view

    async def change_field(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> FormView:
        """Make the next version, if the form is still as it was shown."""
        key, _, how = button.choice.partition(":")
        async with self.memory.begin(cause) as work:
            await _require(work, actor)
            was = await work.forms.newest()
            require_version(button.version, was.version)
            form = CHANGES[how](was, key)
            await self._keep(work, actor, form, button.choice)
            view = await self._view(work, actor, form, form.any_field(key))
            await work.commit()
        return view

    async def ask_field(self, actor: Actor, cause: Cause | None = None) -> None:
        """Take the next plain message as a field of the office's own."""
        async with self.memory.begin(cause) as work:
            await _require(work, actor)
            await work.dialogs.open(Dialog(actor.id, Awaited.FORM_FIELD, "form"))
            await work.commit()

    async def add_field(self, actor: Actor, typed: str, cause: Cause | None = None) -> FormView:
        """Add a field of the office's own, as it was typed, at the end of the form."""
        wording, choices = read_own_field(typed)
        async with self.memory.begin(cause) as work:
            await _require(work, actor)
            form = (await work.forms.newest()).with_own(wording, choices)
            added = form.fields[-1]
            await self._keep(work, actor, form, f"{added.key}:add")
            await work.dialogs.close(actor.id)
            view = await self._view(work, actor, form, added)
            await work.commit()
        return view

    async def _keep(self, work: Work, actor: Actor, form: Form, change: str) -> None:
        now = self.clock.now()
        await work.forms.add(form, actor.id, now)
        subject = f"form:{form.version}"
        event = AuditEvent(now, actor.id, Permission.FORM_CHANGE, subject, change)
        await work.audit.append(event)

    async def _view(
        self, work: Work, actor: Actor, form: Form, field: FormField | None
    ) -> FormView:
        buttons = await put_own_buttons(
            work, self, actor.id, _ways(form, field), "form", form.version
        )
        return FormView(form, field, buttons)


async def may_change_form(work: Work, actor: Actor) -> bool:
    """Whether somebody may change what all sessions of the office are asked."""
    root = await root_of(work)
    return actor.may(Permission.FORM_CHANGE, await work.units.lineage(root.id))


async def _require(work: Work, actor: Actor) -> None:
    root = await root_of(work)
    actor.require(Permission.FORM_CHANGE, await work.units.lineage(root.id))


def _ways(form: Form, field: FormField | None) -> Sequence[tuple[str, str]]:
    if field is None:
        return [*[("form:open", one.key) for one in form.fields], ("form:add", "")]
    how = ["up", "down"]
    if field.key not in NEEDED:
        how += ["show" if field.is_hidden else "hide"]
        if field.is_required:
            how.append("release")
        elif field.kind not in NEVER_REQUIRED:
            how.append("require")
    changes = [(str(Permission.FORM_CHANGE), f"{field.key}:{one}") for one in how]
    return [*changes, ("form:list", "")]
