"""The residents' door for a place on the map, and the way in which staff look at it."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.resident import DraftStep
from domain.usecases.attach_point import AttachPoint
from domain.usecases.open_along import OpenAlong
from handlers.telegram.presses import Route
from handlers.telegram.residents import ResidentsDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class OpinionPointsDoor:
    """Places of opinions in the chat (vị trí kèm ý kiến)."""

    rooms: Rooms
    speak: Speak
    residents: ResidentsDoor

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {"intake:unpin": self.take_off, "opinion:point": self.show}

    async def take(self, turn: Turn) -> None:
        """A place that a resident attaches to what they are writing."""
        attach = AttachPoint(self.rooms.receive)
        intake = await attach.attach(turn.visit, turn.point, turn.is_live)
        screen, rows = await self.residents.screen(intake)
        draft = intake.draft
        # The last look says it itself.
        if draft and draft.point and draft.step is not DraftStep.CONFIRM:
            said = draft.point.written()
            note = self.rooms.words.html("point.kept", intake.resident.language, point=said)
            screen = Markup("\n\n").join([note, screen])
        await self.speak.show(turn, screen, rows)

    async def take_off(self, turn: Turn, button: Button) -> None:
        intake = await AttachPoint(self.rooms.receive).take_off(turn.visit, button)
        await self.speak.close_press(turn, "point.taken_off")
        await self.residents.show(turn, intake)

    async def show(self, turn: Turn, button: Button) -> None:
        """It comes to the staffer's private chat through the outbox."""
        rooms = self.rooms
        opening = OpenAlong(rooms.memory, rooms.clock, rooms.ids, rooms.letterhead)
        await opening.open_point(turn.actor, button, turn.cause)
        await rooms.gateway.acknowledge(turn.press_id)
