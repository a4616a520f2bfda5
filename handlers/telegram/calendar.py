"""The door to the offices' calendar: which days are off, and setting one."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.usecases.keep_calendar import DaysAhead
from handlers.faces import capitalised
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

DAYS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class CalendarDoor:
    """The calendar in the chat (ngày nghỉ)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            "calendar:open": self.show,
        }

    async def show(self, turn: Turn, _: Button) -> None:
        ahead = await self.rooms.calendar.show_days(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "office_day.ahead", days=self._days(ahead))

    async def take_day(self, turn: Turn) -> None:
        """A plain message about one day."""
        typed = await self.rooms.calendar.decide_day(turn.actor, turn.text, turn.cause)
        key = {None: "usual", True: "working", False: "off"}[typed.is_working]
        day = self.rooms.words.weekday(typed.day)
        await self.speak.reply(turn, f"office_day.set_{key}", day=day)

    def _days(self, ahead: DaysAhead) -> Markup:
        words = self.rooms.words
        decided = {one.day: one for one in ahead.decided}
        lines = []
        for day in sorted({*ahead.off, *decided})[:DAYS_SHOWN]:
            one = decided.get(day)
            key = "office_day.line_working" if one and one.is_working else "office_day.line_off"
            why = (one and one.note) or ahead.off.get(day, "")
            note = f" – {why}" if why else ""
            lines.append(words.html(key, day=capitalised(words.weekday(day)), note=note))
        return Markup("\n").join(lines) or words.html("office_day.none")
