"""The door of whoever puts labels on a case: one message whose buttons say what stands."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.usecases.label_case import LABEL, PAGE, PUT_ON, TAKE_OFF, CaseLabels
from handlers.faces import face, paired
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class LabelCaseDoor:
    """Labels of a case in the chat (gắn nhãn)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The button behind the usual ones, and the labels behind it."""
        return {
            LABEL: self.show,
            PAGE: self.turn_page,
            PUT_ON: self.put_on,
            TAKE_OFF: self.take_off,
        }

    async def show(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.label_case.show(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.show(turn, self._said(turn, page), self._rows(turn, page))

    async def turn_page(self, turn: Turn, button: Button) -> None:
        await self._turned(turn, await self.rooms.label_case.show(turn.actor, button, turn.cause))

    async def put_on(self, turn: Turn, button: Button) -> None:
        await self._turned(turn, await self.rooms.label_case.put_on(turn.actor, button, turn.cause))

    async def take_off(self, turn: Turn, button: Button) -> None:
        labelling = self.rooms.label_case
        await self._turned(turn, await labelling.take_off(turn.actor, button, turn.cause))

    async def _turned(self, turn: Turn, page: CaseLabels) -> None:
        await self.speak.turn_page(turn, self._said(turn, page), self._rows(turn, page))

    def _said(self, turn: Turn, page: CaseLabels) -> Markup:
        words, names = self.rooms.words, ", ".join(one.name for one in page.standing)
        if not page.offered:
            key = "label.case_has_none_to_choose"
        else:
            key = "label.case" if names else "label.case_bare"
        return words.html(key, turn.language, code=page.opinion.number, labels=names)

    def _rows(self, turn: Turn, page: CaseLabels) -> ButtonRows:
        names = {one.id: one.name for one in page.offered}
        marks = {PUT_ON: "", TAKE_OFF: "✓ "}
        return paired(
            ButtonFace(marks[one.action] + names[one.choice.partition("/")[0]], press=one.id)
            if one.action in marks
            else face(self.rooms.words, one, turn.language)
            for one in page.buttons
        )
