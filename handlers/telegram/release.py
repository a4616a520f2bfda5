"""The door to what goes out: /lich, stopping, and a person's word on unknown outcomes."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.broadcast import BroadcastState
from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.usecases.release import PlannedItem
from handlers.faces import shortened
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

EXCERPT = 60


@dataclass(frozen=True, slots=True)
class ReleaseDoor:
    """The plan of broadcasts in the chat (lịch phát tin)."""

    rooms: Rooms
    speak: Speak

    async def plan(self, turn: Turn) -> None:
        """/lich"""
        items = await self.rooms.release.list_plan(turn.actor, turn.cause)
        if not items:
            await self.speak.reply(turn, "release.empty_plan")
            return
        lines = Markup("\n\n").join(self._line(n, item) for n, item in enumerate(items, start=1))
        stops = [
            (ButtonFace(self.rooms.words.text("button.bulletin_stop", n=n), press=button.id),)
            for n, item in enumerate(items, start=1)
            for button in item.buttons
        ]
        await self.speak.reply(turn, "release.plan", tuple(stops), lines=lines)

    async def stop(self, turn: Turn, button: Button) -> None:
        stopped = await self.rooms.release.stop_bulletin(turn.actor, button.subject, turn.cause)
        await self.speak.close_press(turn, "release.stopped", count=stopped)

    async def decide_late(self, turn: Turn, button: Button) -> None:
        goes_out = await self.rooms.lateness.decide_late(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "lateness.goes_out" if goes_out else "lateness.let_go")

    async def settle(self, turn: Turn, button: Button) -> None:
        again = await self.rooms.release.settle_uncertain(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "release.sent_again" if again else "release.arrived")

    def _line(self, number: int, item: PlannedItem) -> Markup:
        words, frozen = self.rooms.words, item.frozen
        when = words.moment(item.broadcast.planned_at)
        state = words.text(f"broadcast_state.{item.broadcast.state}")
        if frozen is None:
            return words.html("release.line_tampered", n=number, when=when, state=state)
        key = "release.line_planned"
        if item.broadcast.state is not BroadcastState.PLANNED:
            key = "release.line_sent"
        return words.html(
            key,
            n=number,
            when=when,
            excerpt=shortened(frozen.revision.text, EXCERPT),
            state=state,
            sent=item.tally.sent,
            total=frozen.audience.count,
        )
