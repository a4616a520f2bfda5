"""The door to a unit's month: its figures by place, and the reminder."""

from dataclasses import dataclass

from domain.model.activity import UnitActivity
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.usecases.review_activity import ASK, NUDGE, PAGE, SHOW
from handlers.activities import month_page
from handlers.faces import face, one_a_row, paired
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class ActivityDoor:
    """What was done in a unit, in the chat (hoạt động)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons from a unit to its month, and on."""
        return {
            SHOW: self.show,
            PAGE: self.show,
            ASK: self.ask_nudge,
            NUDGE: self.nudge,
        }

    async def show(self, turn: Turn, button: Button) -> None:
        month = await self.rooms.activity.turn_page(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        page = month_page(self.rooms.words, month, turn.language)
        await self.speak.show(turn, page, self._rows(turn, month))

    async def ask_nudge(self, turn: Turn, button: Button) -> None:
        count, buttons = await self.rooms.activity.ask_nudge(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        rows = one_a_row(self.rooms.words, buttons)
        await self.speak.reply(turn, "activity.ask_nudge", rows, count=count)

    async def nudge(self, turn: Turn, button: Button) -> None:
        count = await self.rooms.activity.nudge(turn.actor, button, turn.cause)
        key = "activity.nudged" if count else "activity.nudged_already"
        await self.speak.close_press(turn, key, count=count)

    def _rows(self, turn: Turn, month: UnitActivity) -> ButtonRows:
        """Into the places by their names, then the ways on."""
        words = self.rooms.words
        names = {place.unit.id: place.unit.name for place in month.places}
        into = [b for b in month.buttons if b.action == SHOW]
        ways = [b for b in month.buttons if b.action != SHOW]
        return (
            *paired(ButtonFace(names[b.subject], press=b.id) for b in into),
            *paired(face(words, b, turn.language) for b in ways),
        )
