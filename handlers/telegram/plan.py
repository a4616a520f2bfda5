"""The door to the plan: /lich, a week at a time, and the next times of what recurs."""

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from domain.model.access import Permission
from domain.model.broadcast import BroadcastState
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.usecases.list_week import PlanLine, Week
from handlers.faces import capitalised, face, paired, shortened
from handlers.schedules import listed, when
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

EXCERPT = 60
NUMBERED = {
    "plan:fires": "button.plan_fires",
    Permission.BULLETIN_STOP: "button.bulletin_stop",
    Permission.BULLETIN_RESUME: "button.plan_resume",
    "withdraw:ask": "button.plan_withdraw",
    "correct:start": "button.plan_correct",
}
OPENED = ("emergency:open", "doubts:open", "calendar:open")


@dataclass(frozen=True, slots=True)
class PlanDoor:
    """The plan in the chat (lịch phát tin)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            "plan:week": self.turn_week,
            "plan:fires": self.show_fires,
        }

    async def plan(self, turn: Turn) -> None:
        """/lich"""
        await self._show(turn, await self.rooms.week.show_week(turn.actor, 0, turn.cause))

    async def turn_week(self, turn: Turn, button: Button) -> None:
        week = await self.rooms.week.show_week(turn.actor, int(button.choice), turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, week)

    async def show_fires(self, turn: Turn, button: Button) -> None:
        frozen, fires = await self.rooms.week.show_fires(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(
            turn,
            "plan.fires",
            excerpt=shortened(frozen.revision.heading, EXCERPT),
            rule=when(self.rooms.words, frozen.revision),
            fires=listed(self.rooms.words, fires),
        )

    async def _show(self, turn: Turn, week: Week) -> None:
        words = self.rooms.words
        lines = [self._line(n, line) for n, line in enumerate(week.lines, start=1)]
        if week.left_out:
            lines.append(words.html("plan.more", count=week.left_out))
        await self.speak.reply(
            turn,
            "plan.week" if lines else "plan.empty_week",
            self._rows(week),
            first=words.date(week.first_day),
            last=words.date(week.last_day),
            lines=Markup("\n\n").join(lines),
        )

    def _rows(self, week: Week) -> ButtonRows:
        """What is about one line together, the weeks side by side below."""
        words = self.rooms.words
        about = [b for b in week.buttons if b.action in NUMBERED]
        numbered = [
            row
            for n, buttons in groupby(about, lambda b: week.number_of(b.subject))
            for row in paired(self._numbered(n, button) for button in buttons)
        ]
        earlier, later = (b for b in week.buttons if b.action == "plan:week")
        weeks = (
            ButtonFace(words.text("button.plan_week_earlier"), press=earlier.id),
            ButtonFace(words.text("button.plan_week_later"), press=later.id),
        )
        calendar = [(face(words, b),) for b in week.buttons if b.action in OPENED]
        return (*numbered, weeks, *calendar)

    def _numbered(self, number: int, button: Button) -> ButtonFace:
        said = self.rooms.words.text(NUMBERED[button.action], n=number)
        return ButtonFace(said, press=button.id)

    def _line(self, number: int, line: PlanLine) -> Markup:
        words, planned = self.rooms.words, BroadcastState.PLANNED
        state = line.broadcast.state if line.broadcast else planned
        said = words.text(f"broadcast_state.{state}")
        if line.withdrawn:
            said = words.text("retract.withdrawn_line")
        at, said = words.moment(line.at), capitalised(said)
        if line.frozen is None:
            return words.html("release.line_tampered", n=number, when=at, state=said)
        key = "release.line_planned" if state is planned else "release.line_sent"
        return words.html(
            key,
            n=number,
            when=at,
            excerpt=shortened(line.frozen.revision.heading, EXCERPT),
            state=said,
            sent=line.sent,
            total=line.frozen.audience.count,
        )
