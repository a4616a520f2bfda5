"""All doors to material: whoever writes it, approves it, reads it or takes it back."""

from dataclasses import dataclass

from domain.model.dialog import Dialog
from domain.usecases.review_material import REASON
from handlers.telegram.incoming import Incoming
from handlers.telegram.presses import Route
from handlers.telegram.read_material import ReadMaterialDoor
from handlers.telegram.review_material import ReviewMaterialDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn
from handlers.telegram.write_material import WriteMaterialDoor


@dataclass(frozen=True, slots=True)
class MaterialsDoor:
    """Material in the chat (tài liệu tuyên truyền)."""

    reading: ReadMaterialDoor
    writing: WriteMaterialDoor
    reviewing: ReviewMaterialDoor

    @classmethod
    def to(cls, rooms: Rooms, speak: Speak) -> "MaterialsDoor":
        return cls(
            ReadMaterialDoor(rooms, speak),
            WriteMaterialDoor(rooms, speak),
            ReviewMaterialDoor(rooms, speak),
        )

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        doors = (self.reading, self.writing, self.reviewing)
        return {action: route for door in doors for action, route in door.presses().items()}

    async def take_words(self, turn: Turn, dialog: Dialog) -> None:
        """Why something is sent back, or a part of a draft."""
        if dialog.note == REASON:
            await self.reviewing.take_reason(turn, dialog)
        else:
            await self.writing.take_words(turn, dialog)

    async def take_file(self, turn: Turn, dialog: Dialog, file: Incoming) -> None:
        await self.writing.take_file(turn, dialog, file)
