"""The door to a unit's templates for letters, behind /donvi."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.dialog import Dialog
from domain.model.letter_template import LAST_WORDS, LetterTemplate
from domain.model.office_word import BY_KIND
from domain.model.opinion import LetterKind
from domain.usecases.keep_templates import CHANGE, LIST, REMOVE, SHOW, WRITE, TemplatesPage
from handlers.faces import face, named, one_a_row, paired
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class LetterTemplatesDoor:
    """Templates for letters in the chat (mẫu thư)."""

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
        name, text = self._said(turn, template), template.text
        await self.speak.reply(turn, "letter_template.show", rows, name=name, text=text)

    async def ask(self, turn: Turn, button: Button) -> None:
        asking = self.rooms.keep_templates
        unit, kind = await asking.ask_template(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        key = "letter_template.ask_last" if kind in LAST_WORDS else "letter_template.ask"
        await self.speak.reply(turn, key, unit=unit.name, kind=self._kind(turn, kind))

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
        names = {one.id: self._said(turn, one) for one in page.templates}
        rows: ButtonRows = tuple(
            (ButtonFace(names[one.choice], press=one.id),)
            for one in page.buttons
            if one.action == SHOW
        )
        others = (one for one in page.buttons if one.action != SHOW)
        rows += paired(face(self.rooms.words, one, turn.language) for one in others)
        key = "letter_template.list" if names else "letter_template.none"
        await self.speak.reply(turn, key, rows, unit=page.unit.name)

    def _said(self, turn: Turn, template: LetterTemplate) -> str:
        """What it is for and its name; two for different letters may have the same."""
        return f"{self._kind(turn, template.kind)}: {template.name}"

    def _kind(self, turn: Turn, kind: LetterKind) -> str:
        return named(self.rooms.words, BY_KIND[kind].permission, turn.language)
