"""The door to the morning's content: /homnay, one bulletin whole, the hour of the card."""

from dataclasses import dataclass

from domain.model.access import Permission
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows, Payload
from domain.model.morning import NEVER, Morning
from domain.usecases.read_morning import CHOOSE_LANGUAGE, HoursAsked
from handlers.faces import face
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

HOURS_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class MorningDoor:
    """Today's content in the chat (tin hôm nay)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            "morning:open": self.open,
            Permission.MORNING_READ: self.mark_read,
            "morning:hours": self.ask_hour,
            "morning:at": self.choose,
            "morning:language": self.choose,
        }

    async def today(self, turn: Turn) -> None:
        """/homnay"""
        morning = await self.rooms.morning.show(turn.actor, turn.cause)
        card = self._card(turn, morning)
        await self.speak.show(turn, card.markup, card.buttons)

    async def open(self, turn: Turn, button: Button) -> None:
        """The bulletin alone, letter for letter as it was approved; then what to say about it."""
        line = await self.rooms.morning.open(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        page = line.text.in_language(line.language or turn.language)
        if line.files:
            await self.speak.show_files(turn, line.files, page)
        else:
            await self.speak.show(turn, page)
        if points := line.text.revision.talking_points:
            await self.speak.reply(turn, "morning.talking_points", points=points)

    async def mark_read(self, turn: Turn, button: Button) -> None:
        morning = await self.rooms.morning.mark_read(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "morning.read_noted", self._rows(turn, morning))

    async def ask_hour(self, turn: Turn, _: Button) -> None:
        asked = await self.rooms.morning.ask_hour(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        hour = asked.wish.hour
        key = "morning.ask_hour" if hour else "morning.ask_hour_never"
        shown = hour.strftime("%H:%M") if hour else ""
        await self.speak.reply(turn, key, self._choices(turn, asked), hour=shown)

    async def choose(self, turn: Turn, button: Button) -> None:
        await self.rooms.morning.choose(turn.actor, button, turn.cause)
        if button.action == CHOOSE_LANGUAGE:
            tongue = self.rooms.words.text(f"button.language_choose_{button.choice}")
            await self.speak.close_press(turn, "morning.language_chosen", tongue=tongue)
        elif button.choice == NEVER:
            await self.speak.close_press(turn, "morning.never_chosen")
        else:
            await self.speak.close_press(turn, "morning.hour_chosen", hour=button.choice)

    def _rows(self, turn: Turn, morning: Morning) -> ButtonRows:
        return self._card(turn, morning).buttons

    def _card(self, turn: Turn, morning: Morning) -> Payload:
        """In the language that its reader chose."""
        return self.rooms.letterhead.morning_card(morning, morning.language or turn.language)

    def _choices(self, turn: Turn, asked: HoursAsked) -> ButtonRows:
        """Hours three in a row, "none" alone, and the languages by their own names."""
        words, buttons = self.rooms.words, asked.buttons
        tongues = tuple(
            ButtonFace(words.text(f"button.language_choose_{b.choice}"), press=b.id)
            for b in buttons
            if b.action == CHOOSE_LANGUAGE
        )
        hours = [ButtonFace(b.choice, press=b.id) for b in buttons if ":" in b.choice]
        never = tuple(face(words, b, turn.language) for b in buttons if b.choice == NEVER)
        rows = [tuple(hours[n : n + HOURS_IN_A_ROW]) for n in range(0, len(hours), HOURS_IN_A_ROW)]
        return (*rows, never, tongues)
