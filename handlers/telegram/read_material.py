"""The readers' door to material: /tailieu, alone or with what is looked for; and taking it back."""

from dataclasses import dataclass

from domain.model.bulletin import Field
from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.usecases.read_material import (
    ASK_WITHDRAWAL,
    FILE,
    LIST,
    OPEN,
    PAIR,
    PAIRS,
    MaterialShelf,
    MaterialView,
)
from domain.usecases.withdraw_material import WITHDRAW
from handlers.faces import face, one_a_row, paired, shortened
from handlers.material_pages import (
    field_names,
    material_page,
    material_pair,
    material_pairs,
    material_shelf,
)
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

TITLE = 45
"""Of material on its button."""


@dataclass(frozen=True, slots=True)
class ReadMaterialDoor:
    """Material in the chat (tài liệu tuyên truyền)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            LIST: self.turn_page,
            OPEN: self.open,
            PAIR: self.open_pair,
            PAIRS: self.open_pairs,
            FILE: self.open_file,
            ASK_WITHDRAWAL: self.ask_withdrawal,
            WITHDRAW: self.withdraw,
        }

    async def shelf(self, turn: Turn) -> None:
        """/tailieu"""
        find = self.rooms.read_material.list_material
        shelf = await find(turn.actor, turn.arguments, self._field_name, turn.cause)
        await self._show_shelf(turn, shelf)

    async def turn_page(self, turn: Turn, button: Button) -> None:
        find, page = self.rooms.read_material.list_material, int(button.choice)
        shelf = await find(turn.actor, button.subject, self._field_name, turn.cause, page)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show_shelf(turn, shelf)

    async def open(self, turn: Turn, button: Button) -> None:
        view = await self.rooms.read_material.open(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        page = material_page(self.rooms.words, view.revision.body, turn.language)
        await self._show(turn, view, page)

    async def open_pair(self, turn: Turn, button: Button) -> None:
        view = await self.rooms.read_material.open_pair(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        pairs = view.revision.body.pairs
        page = material_pair(self.rooms.words, pairs, view.number, turn.language)
        await self._show(turn, view, page)

    async def open_pairs(self, turn: Turn, button: Button) -> None:
        """All of them; the ways on stand below the first page already."""
        view = await self.rooms.read_material.open(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        pairs, limit = view.revision.body.pairs, self.rooms.gateway.capabilities.text_limit
        for page in material_pairs(self.rooms.words, pairs, turn.language, limit):
            await self.speak.show(turn, page, is_guarded=True)

    async def open_file(self, turn: Turn, button: Button) -> None:
        revision, file = await self.rooms.read_material.open_file(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        about = {"title": revision.body.title, "body": revision.body.issuing_body}
        await self.speak.show_file(turn, file, "material.file_shown", **about)

    async def ask_withdrawal(self, turn: Turn, button: Button) -> None:
        title, buttons = await self.rooms.withdraw_material.ask(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        rows = one_a_row(self.rooms.words, buttons, turn.language)
        await self.speak.reply(turn, "material.ask_withdrawal", rows, title=title)

    async def withdraw(self, turn: Turn, button: Button) -> None:
        await self.rooms.withdraw_material.withdraw(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "material.withdrawn_note")

    async def _show_shelf(self, turn: Turn, shelf: MaterialShelf) -> None:
        words, language = self.rooms.words, turn.language
        titles = {one.revision.material_id: one.revision.body.title for one in shelf.lines}
        opening = [b for b in shelf.buttons if b.action == OPEN]
        rows = [
            (ButtonFace(f"{n}. {shortened(titles[b.subject], TITLE)}", press=b.id),)
            for n, b in enumerate(opening, start=shelf.first)
        ]
        turning = paired(face(words, b, language) for b in shelf.buttons if b.action == LIST)
        await self.speak.show(turn, material_shelf(words, shelf, language), (*rows, *turning))

    async def _show(self, turn: Turn, view: MaterialView, page: str) -> None:
        rows = paired(face(self.rooms.words, b, turn.language) for b in view.buttons)
        await self.speak.show(turn, page, rows, is_guarded=True)

    def _field_name(self, field: Field) -> str:
        return field_names(self.rooms.words, field)
