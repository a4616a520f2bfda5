"""The door of whoever handles cases: the queue, reading, taking, answering, closing."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.access import Permission
from domain.model.button import Button
from domain.model.delivery import ButtonFace
from domain.model.dialog import Dialog
from domain.model.opinion import Opinion
from handlers.faces import one_a_row
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class TriageDoor:
    """Handling cases in the chat (xử lý ý kiến)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            "opinion:numbers": self.show_numbers,
            Permission.OPINION_TAKE: self.take,
            Permission.OPINION_ANSWER: self.ask_answer,
            Permission.OPINION_CLOSE: self.close,
            "answer:rewrite": self.ask_answer,
            "answer:send": self.send_answer,
            "letter:settle": self.settle_letter,
        }

    async def queue(self, turn: Turn) -> None:
        """/hangdoi"""
        waiting = await self.rooms.triage.list_queue(turn.actor)
        if not waiting:
            await self.speak.reply(turn, "triage.empty_queue")
            return
        lines = Markup("\n").join(self._line(opinion) for opinion in waiting)
        links = tuple((self._link(opinion),) for opinion in waiting)
        await self.speak.reply(turn, "triage.queue", links, count=len(waiting), lines=lines)

    async def open(self, turn: Turn, opinion_id: str) -> None:
        """The card's link: the text comes to the private chat through the outbox."""
        await self.rooms.triage.open_case(turn.actor, opinion_id, turn.cause)

    async def show_numbers(self, turn: Turn, button: Button) -> None:
        await self.rooms.triage.open_case(
            turn.actor, button.subject, turn.cause, numbers_shown=True
        )
        await self.speak.replace_pressed(turn)

    async def take(self, turn: Turn, button: Button) -> None:
        await self.rooms.triage.take_case(turn.actor, button, turn.cause)
        await self.speak.replace_pressed(turn)

    async def close(self, turn: Turn, button: Button) -> None:
        opinion = await self.rooms.triage.close_case(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "triage.closed", code=opinion.number)

    async def ask_answer(self, turn: Turn, button: Button) -> None:
        opinion = await self.rooms.answer.ask_answer(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "answer.ask", code=opinion.number)

    async def take_answer(self, turn: Turn, dialog: Dialog) -> None:
        preview = await self.rooms.answer.preview_answer(
            turn.actor, dialog.subject, turn.text, turn.cause
        )
        rows = one_a_row(self.rooms.words, preview.buttons)
        letter = Markup(preview.letter.markup)  # noqa: S704 - rendered and escaped by the letterhead
        await self.speak.reply(turn, "answer.preview", rows, letter=letter)

    async def send_answer(self, turn: Turn, button: Button) -> None:
        opinion = await self.rooms.answer.send_answer(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "answer.sent", code=opinion.number)

    async def settle_letter(self, turn: Turn, button: Button) -> None:
        again = await self.rooms.answer.settle_letter(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "answer.sent_again" if again else "answer.left")

    def _line(self, opinion: Opinion) -> Markup:
        words = self.rooms.words
        overdue = opinion.due_at < self.rooms.clock.now()
        return words.html(
            "triage.line_overdue" if overdue else "triage.line",
            code=opinion.number,
            due=words.date(opinion.due_at),
            state=words.text(f"opinion_state.{opinion.state}"),
        )

    def _link(self, opinion: Opinion) -> ButtonFace:
        link = self.rooms.gateway.deep_link(f"case_{opinion.id}")
        return ButtonFace(self.rooms.words.text("triage.read", code=opinion.number), url=link)
