"""The door for second thoughts: letting go on what was stopped, and taking back what was sent."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.errors import LostRace
from domain.model.access import Permission
from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.usecases.list_doubts import DoubtLine
from handlers.faces import label, one_a_row, shortened
from handlers.rosters import linked
from handlers.telegram.compose import ComposeDoor
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

EXCERPT = 120
DOUBT_EXCERPT = 30


@dataclass(frozen=True, slots=True)
class RetractDoor:
    """Second thoughts in the chat (gửi tiếp, thu hồi)."""

    rooms: Rooms
    speak: Speak
    compose: ComposeDoor

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            Permission.BULLETIN_RESUME: self.resume,
            "doubts:open": self.show_doubts,
            "correct:start": self.correct,
            "withdraw:ask": self.ask_withdrawal,
            Permission.BULLETIN_WITHDRAW: self.withdraw,
        }

    async def resume(self, turn: Turn, button: Button) -> None:
        try:
            count = await self.rooms.resume.resume_bulletin(turn.actor, button.subject, turn.cause)
        except LostRace as lost:
            # Taken back or corrected since: the button that is still shown leads nowhere.
            await self.speak.close_press(turn, lost.key, (), **lost.values)
        else:
            await self.speak.close_press(turn, "release.resumed", count=count)

    async def ask_withdrawal(self, turn: Turn, button: Button) -> None:
        asked = await self.rooms.withdraw.ask(turn.actor, button.subject, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        words = self.rooms.words
        note = words.html("retract.correction_stays", turn.language) if asked.is_corrected else ""
        await self.speak.reply(
            turn,
            "retract.ask",
            one_a_row(self.rooms.words, asked.buttons),
            excerpt=shortened(asked.text.revision.heading, EXCERPT) if asked.text else "…",
            count=asked.groups,
            note=note,
        )

    async def withdraw(self, turn: Turn, button: Button) -> None:
        await self.rooms.withdraw.withdraw_bulletin(turn.actor, button.subject, turn.cause)
        await self.speak.close_press(turn, "retract.withdrawing")

    async def correct(self, turn: Turn, button: Button) -> None:
        draft = await self.rooms.correct.start_correction(turn.actor, button.subject, turn.cause)
        preview = await self.rooms.compose.preview_bulletin(turn.actor, draft)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "correct.started")
        await self.compose.show(turn, preview)

    async def show_doubts(self, turn: Turn, _button: Button) -> None:
        lines = await self.rooms.doubts.show(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        if not lines:
            await self.speak.reply(turn, "doubts.none")
            return
        named = [self._doubt(n, line) for n, line in enumerate(lines, start=1)]
        rows = tuple(
            tuple(self._numbered(n, one) for one in line.buttons)
            for n, line in enumerate(lines, start=1)
        )
        await self.speak.reply(turn, "doubts.list", rows, lines=Markup("\n").join(named))

    def _doubt(self, number: int, line: DoubtLine) -> Markup:
        text = line.text.revision.heading if line.text else "…"
        return self.rooms.words.html(
            "doubts.line",
            n=number,
            group=linked(line.doubt.chat_title, line.doubt.link),
            when=self.rooms.words.moment(line.doubt.broadcast.planned_at),
            excerpt=shortened(text, DOUBT_EXCERPT),
        )

    def _numbered(self, number: int, button: Button) -> ButtonFace:
        return ButtonFace(f"{number}. {label(self.rooms.words, button)}", press=button.id)
