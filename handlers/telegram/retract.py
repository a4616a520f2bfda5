"""The door for second thoughts: letting go on what was stopped, and taking back what was sent."""

from dataclasses import dataclass

from domain.model.button import Button
from handlers.faces import one_a_row, shortened
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

EXCERPT = 120


@dataclass(frozen=True, slots=True)
class RetractDoor:
    """Second thoughts in the chat (gửi tiếp, thu hồi)."""

    rooms: Rooms
    speak: Speak

    async def resume(self, turn: Turn, button: Button) -> None:
        count = await self.rooms.resume.resume_bulletin(turn.actor, button.subject, turn.cause)
        await self.speak.close_press(turn, "release.resumed", count=count)

    async def ask_withdrawal(self, turn: Turn, button: Button) -> None:
        asked = await self.rooms.withdraw.ask(turn.actor, button.subject, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(
            turn,
            "retract.ask",
            one_a_row(self.rooms.words, asked.buttons),
            excerpt=shortened(asked.text.revision.text, EXCERPT) if asked.text else "…",
            count=asked.groups,
        )

    async def withdraw(self, turn: Turn, button: Button) -> None:
        await self.rooms.withdraw.withdraw_bulletin(turn.actor, button.subject, turn.cause)
        await self.speak.close_press(turn, "retract.withdrawing")
