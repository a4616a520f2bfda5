"""The door to what goes out: stopping it, and a person's word on what is late or unknown."""

from dataclasses import dataclass

from domain.model.access import Permission
from domain.model.button import Button
from handlers.faces import one_a_row
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class ReleaseDoor:
    """Broadcasts on their way, in the chat (phát tin)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            Permission.BULLETIN_STOP: self.stop,
            Permission.BROADCAST_DECIDE: self.decide_late,
            Permission.DELIVERY_SETTLE: self.settle,
        }

    async def stop(self, turn: Turn, button: Button) -> None:
        stopped = await self.rooms.release.stop_bulletin(turn.actor, button.subject, turn.cause)
        rows = one_a_row(self.rooms.words, stopped.buttons)
        await self.speak.close_press(turn, "release.stopped", rows, count=stopped.count)

    async def decide_late(self, turn: Turn, button: Button) -> None:
        goes_out = await self.rooms.lateness.decide_late(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "lateness.goes_out" if goes_out else "lateness.let_go")

    async def settle(self, turn: Turn, button: Button) -> None:
        again = await self.rooms.release.settle_uncertain(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "release.sent_again" if again else "release.arrived")
