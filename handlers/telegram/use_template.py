"""The door of whoever answers a case by a template."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.model.dialog import Dialog
from domain.usecases.answer import TEMPLATE, AnswerAsked, LetterPreview
from handlers.telegram.letter_preview import show_preview
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class UseTemplateDoor:
    """Answering by a template in the chat (trả lời theo mẫu)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The templates below the question for an answer."""
        return {TEMPLATE: self.choose}

    async def ask(self, turn: Turn, asked: AnswerAsked) -> None:
        """For an answer, with the templates there are."""
        names = {one.id: one.name for one in asked.templates}
        rows = tuple((ButtonFace(names[one.choice], press=one.id),) for one in asked.buttons)
        key = "answer.ask_or_choose" if rows else "answer.ask"
        await self.speak.reply(turn, key, rows, code=asked.opinion.number)

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
        await show_preview(self.rooms, self.speak, turn, "answer.preview", preview)
