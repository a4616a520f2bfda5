"""The door to a person's rights: what is kept, erasing it, taking consent back, the language."""

from dataclasses import dataclass

from domain.errors import Refusal
from handlers.faces import face
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class RightsDoor:
    """Privacy and its rights (quyền riêng tư)."""

    rooms: Rooms
    speak: Speak

    async def privacy(self, turn: Turn) -> None:
        """/quyenriengtu"""
        root = await self.rooms.memory.root()
        body = root.issuing_body if root else ""
        await self.speak.reply(turn, "rights.privacy", body=body)

    async def languages(self, turn: Turn) -> None:
        """/ngonngu"""
        buttons = await self.rooms.receive.offer_languages(turn.visit)
        rows = (tuple(face(self.rooms.words, button) for button in buttons),)
        await self.speak.reply(turn, "rights.choose_language", rows)

    async def view(self, turn: Turn) -> None:
        """/xem"""
        kept = await self.rooms.rights.view_kept(turn.who)
        language = self.rooms.words.text(f"language.{turn.language}", turn.language)
        consent = "rights.consented" if kept.has_consented else "rights.not_consented"
        draft = "rights.has_draft" if kept.has_draft else "rights.no_draft"
        await self.speak.reply(
            turn,
            "rights.kept",
            tongue=language,
            consent=self.rooms.words.text(consent, turn.language),
            draft=self.rooms.words.text(draft, turn.language),
        )

    async def erase(self, turn: Turn) -> None:
        """/xoa CODE"""
        if not turn.arguments:
            raise Refusal("follow.code_missing")
        opinion = await self.rooms.follow.erase_case(turn.arguments, turn.cause)
        await self.speak.reply(turn, "rights.erased", code=opinion.code)

    async def withdraw(self, turn: Turn) -> None:
        """/rutdongy"""
        await self.rooms.rights.withdraw_consent(turn.who, turn.cause)
        await self.speak.reply(turn, "rights.withdrawn")
