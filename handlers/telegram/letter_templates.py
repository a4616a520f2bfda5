"""The door to a unit's templates for answers, behind /donvi."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.model.dialog import Dialog
from domain.usecases.keep_templates import CHANGE, LIST, REMOVE, SHOW, WRITE, TemplatesPage
from handlers.faces import face, one_a_row
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class LetterTemplatesDoor:
    """Templates for answers in the chat (mẫu trả lời)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The button on a unit's page, and those behind it."""
        return {
            LIST: self.show_list,
            SHOW: self.show,
            WRITE: self.ask,
            CHANGE: self.ask,
            REMOVE: self.remove,
        }

    async def show_list(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.keep_templates.list_templates(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._list(turn, page)

    async def show(self, turn: Turn, button: Button) -> None:
        keeping = self.rooms.keep_templates
        template, buttons = await keeping.show_template(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        rows = one_a_row(self.rooms.words, buttons, turn.language)
        name, text = template.name, template.text
        await self.speak.reply(turn, "letter_template.show", rows, name=name, text=text)

    async def ask(self, turn: Turn, button: Button) -> None:
        unit = await self.rooms.keep_templates.ask_template(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "letter_template.ask", unit=unit.name)

    async def take_template(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message: name and text."""
        keeping = self.rooms.keep_templates
        page = await keeping.keep_template(turn.actor, dialog, turn.text, turn.cause)
        await self.speak.reply(turn, "letter_template.kept")
        await self._list(turn, page)

    async def remove(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.keep_templates.remove_template(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "letter_template.removed")
        await self._list(turn, page)

    async def _list(self, turn: Turn, page: TemplatesPage) -> None:
        names = {one.id: one.name for one in page.templates}
        rows = tuple(
            (
                ButtonFace(names[one.choice], press=one.id)
                if one.action == SHOW
                else face(self.rooms.words, one, turn.language),
            )
            for one in page.buttons
        )
        key = "letter_template.list" if names else "letter_template.none"
        await self.speak.reply(turn, key, rows, unit=page.unit.name)
