"""The door to a unit's labels for cases, behind /donvi."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.model.dialog import Dialog
from domain.usecases.keep_labels import LIST, REMOVE, SHOW, WRITE, LabelsPage
from handlers.faces import face, one_a_row, paired
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class LabelsDoor:
    """A unit's labels in the chat (danh mục nhãn)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The button on a unit's page, and those behind it."""
        return {
            LIST: self.show_list,
            SHOW: self.show,
            WRITE: self.ask,
            REMOVE: self.remove,
        }

    async def show_list(self, turn: Turn, button: Button) -> None:
        page = await self.rooms.keep_labels.list_labels(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._list(turn, page)

    async def show(self, turn: Turn, button: Button) -> None:
        """On how many cases it stands, before it goes from them."""
        page = await self.rooms.keep_labels.show_label(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        rows = one_a_row(self.rooms.words, page.buttons, turn.language)
        key = "label.show" if page.cases else "label.show_unused"
        await self.speak.reply(turn, key, rows, name=page.label.name, count=page.cases)

    async def ask(self, turn: Turn, button: Button) -> None:
        unit = await self.rooms.keep_labels.ask_label(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "label.ask", unit=unit.name)

    async def take_label(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message: the label's name."""
        page = await self.rooms.keep_labels.keep_label(turn.actor, dialog, turn.text, turn.cause)
        await self.speak.reply(turn, "label.kept")
        await self._list(turn, page)

    async def remove(self, turn: Turn, button: Button) -> None:
        page, count = await self.rooms.keep_labels.remove_label(turn.actor, button, turn.cause)
        key = "label.removed" if count else "label.removed_unused"
        await self.speak.close_press(turn, key, count=count)
        await self._list(turn, page)

    async def _list(self, turn: Turn, page: LabelsPage) -> None:
        names = {one.id: one.name for one in page.labels}
        rows = paired(
            ButtonFace(names[one.choice], press=one.id)
            if one.action == SHOW
            else face(self.rooms.words, one, turn.language)
            for one in page.buttons
        )
        key = "label.list" if names else "label.none"
        await self.speak.reply(turn, key, rows, unit=page.unit.name)
