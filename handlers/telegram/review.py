"""The approver's door: approve, or send back with a reason."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.model.access import Permission
from domain.model.button import Button
from domain.model.delivery import Payload, SendOutcome, Sent
from domain.model.dialog import Dialog
from domain.usecases.decisions import ReviewCards
from domain.usecases.note_review import ASK
from domain.usecases.remind_approvers import OPEN
from handlers.telegram.presses import Route
from handlers.telegram.review_material import ReviewMaterialDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class ReviewDoor:
    """Approving in the chat (phê duyệt)."""

    rooms: Rooms
    speak: Speak
    materials: ReviewMaterialDoor

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            Permission.BULLETIN_APPROVE: self.approve,
            Permission.BULLETIN_RETURN: self.ask_reason,
            ASK: self.ask_note,
            OPEN: self.open,
        }

    async def waiting(self, turn: Turn) -> None:
        """/duyet"""
        cards = await self.rooms.review.list_waiting(turn.actor, turn.cause)
        for one in cards:
            await self._show(turn, one)
        if not await self.materials.waiting(turn) and not cards:
            await self.speak.reply(turn, "review.nothing_waits")

    async def open(self, turn: Turn, button: Button) -> None:
        """What a reminder was about"""
        cards = await self.rooms.review.show_waiting(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, cards)

    async def _show(self, turn: Turn, cards: ReviewCards) -> None:
        """All that is to be read, the files too; nobody can agree to what did not arrive."""
        outcomes = [await self._put(turn, payload) for payload in cards.read]
        is_whole = all(isinstance(outcome, Sent) for outcome in outcomes)
        if not is_whole:
            await self.speak.reply(turn, "review.not_shown_whole")
        last = cards.decide if is_whole else cards.unread
        await self.speak.show(turn, last.markup, last.buttons)

    async def _put(self, turn: Turn, payload: Payload) -> SendOutcome | None:
        """What came of it; None where there is no file to be shown that was handed over."""
        if not payload.shows:
            return await self.speak.show(turn, payload.markup, payload.buttons)
        try:
            files = await self.rooms.open_files.of_revision(turn.actor, payload.shows)
        except Refusal as refusal:
            await self.speak.refuse(turn, refusal)
            return None
        return await self.speak.show_files(turn, files, payload.markup)

    async def ask_note(self, turn: Turn, button: Button) -> None:
        await self.rooms.note_review.ask_note(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "review_note.ask")

    async def take_note(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message: the note itself."""
        add = self.rooms.note_review.add_note
        await add(turn.actor, dialog.subject, turn.text, turn.cause)
        await self.speak.reply(turn, "review_note.kept")

    async def approve(self, turn: Turn, button: Button) -> None:
        agreed = await self.rooms.review.approve_bulletin(turn.actor, button, turn.cause)
        if agreed.waits_for_another:
            await self.speak.close_press(turn, "review.half_note")
        elif agreed.broadcast is None:
            await self.speak.close_press(turn, "emergency.approved_note")
        else:
            when = self.rooms.words.moment(agreed.broadcast.planned_at)
            await self.speak.close_press(turn, "review.approved_note", when=when)

    async def ask_reason(self, turn: Turn, button: Button) -> None:
        await self.rooms.review.ask_reason(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "review.ask_reason")

    async def take_reason(self, turn: Turn, dialog: Dialog) -> None:
        await self.rooms.review.return_bulletin(turn.actor, dialog.subject, turn.text, turn.cause)
        await self.speak.reply(turn, "review.returned_note")
