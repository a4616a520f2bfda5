"""The door of whoever changes the form: its fields, and a field of the office's own."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.form import FormField
from domain.usecases.change_form import FormView
from handlers.faces import label, paired, shortened
from handlers.session_pages import ON_A_BUTTON, choice_label, field_label
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class ChangeFormDoor:
    """Changing the form in the chat (sửa biểu mẫu)."""

    rooms: Rooms
    speak: Speak

    async def show(self, turn: Turn, _: Button) -> None:
        view = await self.rooms.change_form.show_form(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, view)

    async def open(self, turn: Turn, button: Button) -> None:
        view = await self.rooms.change_form.show_field(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, view)

    async def change(self, turn: Turn, button: Button) -> None:
        view = await self.rooms.change_form.change_field(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "form.changed_to", version=view.form.version)
        await self._show(turn, view)

    async def ask(self, turn: Turn, _: Button) -> None:
        await self.rooms.change_form.ask_field(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "form.ask_field")

    async def take_field(self, turn: Turn) -> None:
        """A plain message: a field of the office's own."""
        view = await self.rooms.change_form.add_field(turn.actor, turn.text, turn.cause)
        await self.speak.reply(turn, "form.added", version=view.form.version)
        await self._show(turn, view)

    async def _show(self, turn: Turn, view: FormView) -> None:
        words, language = self.rooms.words, turn.language
        lines = [
            self._line(number, one, language) for number, one in enumerate(view.form.fields, 1)
        ]
        if view.field is None:
            page = words.html(
                "form.page",
                language,
                version=view.form.version,
                lines=Markup("\n").join(lines),
            )
        else:
            page = self._page(view, view.field, language)
        await self.speak.show(turn, page, self._rows(view, language))

    def _page(self, view: FormView, field: FormField, language: str) -> Markup:
        words = self.rooms.words
        place = [one.key for one in view.form.fields].index(field.key)
        choices = [choice_label(words, field, one, language) for one in field.choices]
        page = words.html("form.field", language, line=self._line(place + 1, field, language))
        if not choices:
            return page
        listed = Markup("\n").join(Markup("– {}").format(one) for one in choices)
        return Markup("\n").join([page, listed])

    def _line(self, number: int, one: FormField, language: str) -> Markup:
        key = "form.line_hidden" if one.is_hidden else "form.line"
        key = "form.line_required" if one.is_required and not one.is_hidden else key
        name = field_label(self.rooms.words, one, language)
        return self.rooms.words.html(key, language, number=number, field=name)

    def _rows(self, view: FormView, language: str) -> ButtonRows:
        fields = {one.key: one for one in view.form.fields}
        return paired(self._face(button, fields, language) for button in view.buttons)

    def _face(self, button: Button, fields: dict[str, FormField], language: str) -> ButtonFace:
        words = self.rooms.words
        match button.action:
            case "form:open":
                name = field_label(words, fields[button.choice], language)
                return ButtonFace(f"✏️ {shortened(name, ON_A_BUTTON)}", press=button.id)
            case "form:change":
                how = button.choice.partition(":")[2]
                return ButtonFace(words.text(f"form_change.{how}", language), press=button.id)
            case _:
                return ButtonFace(label(words, button, language), press=button.id)
