"""The door of whoever lets a colleague's letter to a resident go, or returns it."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.model.dialog import Dialog
from domain.usecases.approve_letter import APPROVE, RETURN
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class ApproveLetterDoor:
    """Approving letters in the chat (duyệt thư trả lời)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons below a letter that waits."""
        return {APPROVE: self.approve, RETURN: self.ask_reason}

    async def approve(self, turn: Turn, button: Button) -> None:
        opinion = await self.rooms.approve_letter.approve(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "letter.approved", code=opinion.number)

    async def ask_reason(self, turn: Turn, button: Button) -> None:
        opinion = await self.rooms.approve_letter.ask_reason(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "letter.ask_reason", code=opinion.number)

    async def take_reason(self, turn: Turn, dialog: Dialog) -> None:
        opinion = await self.rooms.approve_letter.return_letter(
            turn.actor, dialog, turn.text, turn.cause
        )
        await self.speak.reply(turn, "letter.returned", code=opinion.number)
