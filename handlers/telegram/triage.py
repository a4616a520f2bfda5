"""The door of whoever handles cases: the queue, reading, taking, answering, closing."""

from dataclasses import dataclass

from domain.model.access import Permission
from domain.model.button import Button
from domain.model.dialog import Awaited, Dialog
from domain.model.opinion import OpinionState
from domain.usecases.answer import REWRITE, SUBMIT
from handlers.telegram.approve_letter import ApproveLetterDoor
from handlers.telegram.case_moves import CaseMovesDoor
from handlers.telegram.join_cases import JoinCasesDoor
from handlers.telegram.label_case import LabelCaseDoor
from handlers.telegram.letter_preview import show_preview
from handlers.telegram.mute import MuteDoor
from handlers.telegram.note_case import NoteCaseDoor
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn
from handlers.telegram.use_template import UseTemplateDoor


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
            REWRITE: self.ask_answer,
            "answer:send": self.send_answer,
            SUBMIT: self.send_answer,
            "letter:settle": self.settle_letter,
            **CaseMovesDoor(self.rooms, self.speak).presses(),
            **ApproveLetterDoor(self.rooms, self.speak).presses(),
            **NoteCaseDoor(self.rooms, self.speak).presses(),
            **LabelCaseDoor(self.rooms, self.speak).presses(),
            **UseTemplateDoor(self.rooms, self.speak).presses(),
            **MuteDoor(self.rooms, self.speak).presses(),
            **JoinCasesDoor(self.rooms, self.speak).presses(),
        }

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
        asked = await self.rooms.answer.ask_answer(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await UseTemplateDoor(self.rooms, self.speak).ask(turn, asked)

    async def take_words(self, turn: Turn, dialog: Dialog) -> None:
        """The text of a letter to a resident, of whatever kind, why one is returned, or a note."""
        match dialog.awaited:
            case Awaited.LETTER_REASON:
                await ApproveLetterDoor(self.rooms, self.speak).take_reason(turn, dialog)
            case Awaited.CASE_NOTE:
                await NoteCaseDoor(self.rooms, self.speak).take(turn, dialog)
            case Awaited.TEMPLATE_BODY:
                await UseTemplateDoor(self.rooms, self.speak).take_body(turn, dialog)
            case Awaited.ANSWER_TEXT:
                await self.take_answer(turn, dialog)
            case _:
                await CaseMovesDoor(self.rooms, self.speak).take_words(turn, dialog)

    async def take_answer(self, turn: Turn, dialog: Dialog) -> None:
        preview = await self.rooms.answer.preview_answer(
            turn.actor, dialog.subject, turn.text, turn.cause
        )
        await show_preview(self.rooms, self.speak, turn, preview)

    async def send_answer(self, turn: Turn, button: Button) -> None:
        opinion = await self.rooms.answer.send_answer(turn.actor, button, turn.cause)
        key = "walk_in.answered" if opinion.is_by_code else "answer.sent"
        if opinion.state is OpinionState.IN_PROGRESS:
            key = "letter.submitted"
        await self.speak.close_press(turn, key, code=opinion.number)

    async def settle_letter(self, turn: Turn, button: Button) -> None:
        again = await self.rooms.answer.settle_letter(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "answer.sent_again" if again else "answer.left")
