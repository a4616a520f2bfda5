"""The door for what was heard among people: /nghe, from the first choice to the code."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.model.heard import Bearing
from handlers.telegram.intake_screen import CHOSEN
from handlers.telegram.presses import Route
from handlers.telegram.questions import drop_question
from handlers.telegram.residents import ResidentsDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class HearDoor:
    """Passing on what was heard (nghe được ở cơ sở)."""

    rooms: Rooms
    speak: Speak
    residents: ResidentsDoor

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            "heard:bearing": self.choose,
            "heard:field": self.choose,
            "heard:spread": self.choose,
            "heard:interest": self.choose,
            "heard:file": self.file,
        }

    async def begin(self, turn: Turn) -> None:
        """/nghe, perhaps with the words in the same message"""
        words = turn.written(turn.arguments)
        intake = await self.rooms.hear.begin(turn.visit, words)
        # What is written next is the opinion, and no answer to what was asked before.
        await drop_question(self.rooms, turn)
        await self.residents.show(turn, intake)

    async def choose(self, turn: Turn, button: Button) -> None:
        intake = await self.rooms.hear.choose(turn.visit, button)
        chosen = self.rooms.words.text(f"{CHOSEN[button.action]}.{button.choice}", turn.language)
        await self.speak.close_press(turn, "heard.chosen", choice=chosen)
        await self.residents.show(turn, intake)

    async def file(self, turn: Turn, button: Button) -> None:
        await self.rooms.hear.file(turn.visit, turn.actor, button)
        named = button.choice == Bearing.NAMED
        await self.speak.close_press(turn, "heard.filed" if named else "heard.filed_unnamed")
