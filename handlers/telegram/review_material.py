"""The approver's door to material: all of it, its file too, before anything can be decided."""

from dataclasses import dataclass

from domain.model.access import Permission
from domain.model.button import Button
from domain.model.delivery import Sent
from domain.model.dialog import Dialog
from domain.usecases.review_material import REVIEW, MaterialReview
from handlers.faces import face, one_a_row, paired
from handlers.material_pages import material_page, material_pairs
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class ReviewMaterialDoor:
    """Approving material in the chat (duyệt tài liệu)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            REVIEW: self.open,
            Permission.MATERIAL_APPROVE: self.approve,
            Permission.MATERIAL_RETURN: self.ask_reason,
        }

    async def waiting(self, turn: Turn) -> bool:
        """The cards of what waits for this approver; whether there were any."""
        cards = await self.rooms.review_material.list_waiting(turn.actor)
        for payload in cards:
            await self.speak.show(turn, payload.markup, payload.buttons)
        return bool(cards)

    async def open(self, turn: Turn, button: Button) -> None:
        """The page as its readers will see it, every answer, the file; then the buttons."""
        review = await self.rooms.review_material.open(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        words, language = self.rooms.words, turn.language
        if not await self._shown_whole(turn, review):
            back = [b for b in review.buttons if b.action == Permission.MATERIAL_RETURN]
            await self.speak.reply(
                turn, "material.not_shown_whole", one_a_row(words, back, language)
            )
            return
        rows = paired(face(words, b, language) for b in review.buttons)
        about = {"name": review.author, "audience": review.audience.name}
        await self.speak.reply(turn, "material.decide", rows, **about)

    async def _shown_whole(self, turn: Turn, review: MaterialReview) -> bool:
        """Every page and the file; whether all of it surely arrived."""
        words, body, language = self.rooms.words, review.revision.body, turn.language
        limit = self.rooms.gateway.capabilities.text_limit
        proofs = self.rooms.letterhead.material_proof_cards(body, review.misprints)
        pages = (
            material_page(words, body, language),
            *material_pairs(words, body.pairs, language, limit),
            *(proof.markup for proof in proofs),
        )
        outcomes = [await self.speak.show(turn, page, is_guarded=True) for page in pages]
        if review.file:
            about = {"title": body.title, "body": body.issuing_body}
            key = "material.file_shown"
            outcomes.append(await self.speak.show_file(turn, review.file, key, **about))
        return all(isinstance(outcome, Sent) for outcome in outcomes)

    async def approve(self, turn: Turn, button: Button) -> None:
        await self.rooms.review_material.approve(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "material.approved_note")

    async def ask_reason(self, turn: Turn, button: Button) -> None:
        await self.rooms.review_material.ask_reason(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self.speak.reply(turn, "review.ask_reason")

    async def take_reason(self, turn: Turn, dialog: Dialog) -> None:
        send_back = self.rooms.review_material.send_back
        await send_back(turn.actor, dialog.subject, turn.text, turn.cause)
        await self.speak.reply(turn, "review.returned_note")
