"""The door of whoever is asked for a letter to a resident, and writes it by a template."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.model.dialog import Dialog
from domain.usecases.preview_letter import TEMPLATE, LetterAsked, LetterPreview
from handlers.telegram.letter_preview import show_preview
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class UseTemplateDoor:
    """Writing by a template in the chat (viết thư theo mẫu)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The templates below the question for a letter."""
        return {TEMPLATE: self.choose}

    async def ask(self, turn: Turn, asked: LetterAsked) -> None:
        """For a letter of some kind, with the templates there are for it."""
        offered = zip(asked.templates, asked.buttons, strict=True)
        rows = tuple((ButtonFace(one.name, press=button.id),) for one, button in offered)
        words = self.rooms.words
        said = words.html(f"ask_letter.{asked.kind}", turn.language, code=asked.opinion.number)
        if rows:
            choice = words.html("letter_template.or_choose", turn.language)
            said = Markup("\n\n").join((said, choice))
        await self.speak.show(turn, said, rows)

    async def choose(self, turn: Turn, button: Button) -> None:
        chosen = await self.rooms.use_template.choose(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        if isinstance(chosen, LetterPreview):
            await self._show(turn, chosen)
            return
        code, text = chosen.opinion.number, chosen.template.text
        await self.speak.reply(turn, "letter_template.ask_body", code=code, text=text)

    async def take_body(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message: what the template leaves open."""
        preview = await self.rooms.use_template.fill(turn.actor, dialog, turn.text, turn.cause)
        await self._show(turn, preview)

    async def _show(self, turn: Turn, preview: LetterPreview) -> None:
        await show_preview(self.rooms, self.speak, turn, preview)
