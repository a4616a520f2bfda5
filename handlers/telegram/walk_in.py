"""The desk's door: /ghiho, from the notice that is read out to the code on paper."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.usecases.record_walk_in import RecordWalkIn
from handlers.telegram.presses import Route
from handlers.telegram.questions import drop_question
from handlers.telegram.residents import ResidentsDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class WalkInDoor:
    """Typing in for somebody at the office (ghi hộ)."""

    rooms: Rooms
    speak: Speak
    residents: ResidentsDoor

    @property
    def record(self) -> RecordWalkIn:
        return RecordWalkIn(self.rooms.receive)

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {"walk_in:agree": self.agree, "walk_in:file": self.file}

    async def begin(self, turn: Turn) -> None:
        """/ghiho, perhaps with the words in the same message"""
        intake = await self.record.begin(turn.visit, turn.written(turn.arguments))
        # What is written next is the opinion, and no answer to what was asked before.
        await drop_question(self.rooms, turn)
        await self.residents.show(turn, intake)

    async def agree(self, turn: Turn, button: Button) -> None:
        intake = await self.record.agree(turn.visit, button)
        await self.speak.close_press(turn, "walk_in.agreed")
        await self.residents.show(turn, intake)

    async def file(self, turn: Turn, button: Button) -> None:
        """The code comes by itself, in a message that goes again."""
        await self.record.file(turn.visit, turn.actor, button)
        await self.speak.close_press(turn, "walk_in.filed")
