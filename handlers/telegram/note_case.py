"""The door of whoever notes something on a case for colleagues."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.model.dialog import Dialog
from domain.usecases.note_case import NOTE
from handlers.telegram.case_link import case_link
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class NoteCaseDoor:
    """Notes on cases in the chat (ghi chú nội bộ)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The button behind the usual ones."""
        return {NOTE: self.ask}

    async def ask(self, turn: Turn, button: Button) -> None:
        opinion = await self.rooms.note_case.ask_note(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "case_note.ask", code=opinion.number)

    async def take(self, turn: Turn, dialog: Dialog) -> None:
        noting = self.rooms.note_case
        opinion = await noting.add_note(turn.actor, dialog.subject, turn.text, turn.cause)
        back = case_link(self.rooms, opinion.id, opinion.number, turn.language)
        await self.speak.reply(turn, "case_note.noted", ((back,),), code=opinion.number)
