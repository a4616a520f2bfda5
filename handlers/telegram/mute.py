"""The door of whoever pauses what comes from the writer of a case, and lifts that again."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.model.mute import read_choice
from domain.usecases.mute import LIFT, MUTE, SET, WHY
from handlers.faces import face
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class MuteDoor:
    """Muting in the chat (tạm dừng nhận ý kiến)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {MUTE: self.ask, WHY: self.ask, SET: self.mute, LIFT: self.lift}

    async def ask(self, turn: Turn, button: Button) -> None:
        opinion, buttons = await self.rooms.mute.ask(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        rows = tuple((self._face(one),) for one in buttons)
        key = "mute.how_long" if button.action == WHY else "mute.why"
        await self.speak.reply(turn, key, rows, code=opinion.number)

    async def mute(self, turn: Turn, button: Button) -> None:
        opinion = await self.rooms.mute.mute(turn.actor, button, turn.cause)
        until = self.rooms.words.date(opinion.muted_until) if opinion.muted_until else ""
        await self.speak.close_press(turn, "mute.muted", code=opinion.number, until=until)

    async def lift(self, turn: Turn, button: Button) -> None:
        opinion = await self.rooms.mute.lift(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "mute.lifted", code=opinion.number)

    def _face(self, button: Button) -> ButtonFace:
        words = self.rooms.words
        if button.action == WHY:
            return ButtonFace(words.text(f"mute_reason.{button.choice}"), press=button.id)
        if button.action == SET:
            _, days = read_choice(button.choice)
            return ButtonFace(words.text("button.mute_set", count=days), press=button.id)
        return face(words, button)
