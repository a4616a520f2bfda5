"""The door in an emergency: choose a template, its values, look once, and release it."""

from dataclasses import dataclass, replace

from domain.model.access import Permission
from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.model.frozen import FrozenText
from domain.usecases.emergency import Choosing
from handlers.faces import face, one_a_row, shortened
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

EXCERPT = 55


@dataclass(frozen=True, slots=True)
class EmergencyDoor:
    """Emergencies in the chat (phát khẩn cấp)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            "emergency:open": self.open,
            "emergency:choose": self.choose,
            Permission.EMERGENCY_RELEASE: self.release,
        }

    async def open(self, turn: Turn, _: Button) -> None:
        templates = await self.rooms.emergency.list_templates(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        end = self.rooms.words.text("button.emergency_withdraw")
        rows = tuple(
            (ButtonFace(label, press=button.id),)
            for frozen, ways in templates
            for label, button in zip((_named(frozen), end), ways, strict=True)
        )
        await self.speak.reply(turn, "emergency.which" if rows else "emergency.none", rows)

    async def choose(self, turn: Turn, button: Button) -> None:
        """The next value, or the page as it will go out and the one button that sends it."""
        step = await self.rooms.emergency.choose(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        if step.slot is not None:
            rows = tuple((one,) for one in self._values(step))
            await self.speak.reply(turn, "emergency.choose", rows, name=step.slot.name)
            return
        await self.speak.show(turn, step.frozen.in_language("vi"))
        count = step.frozen.audience.count
        last_look = one_a_row(self.rooms.words, step.buttons)
        await self.speak.reply(turn, "emergency.last_look", last_look, count=count)

    async def release(self, turn: Turn, button: Button) -> None:
        await self.rooms.emergency.release(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "emergency.going_out")

    def _values(self, step: Choosing) -> list[ButtonFace]:
        values = step.slot.values if step.slot else ()
        shown = zip(step.buttons, values, strict=True)
        return [replace(face(self.rooms.words, b), label=value) for b, value in shown]


def _named(frozen: FrozenText) -> str:
    return f"🚨 {shortened(frozen.revision.heading, EXCERPT)}"
