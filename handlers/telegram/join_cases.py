"""The door of whoever joins cases about the same, and takes them apart again."""

from dataclasses import dataclass

from markupsafe import Markup

from domain.model.access import Permission
from domain.model.button import Button
from domain.model.opinion import Opinion
from domain.usecases.join_cases import JOIN
from handlers.faces import face
from handlers.telegram.case_link import case_link
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class JoinCasesDoor:
    """Joining cases in the chat (gộp ý kiến trùng)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            Permission.OPINION_MERGE: self.list_alike,
            JOIN: self.join,
            Permission.OPINION_SET_APART: self.set_apart,
        }

    async def list_alike(self, turn: Turn, button: Button) -> None:
        """Numbers only: whoever wants to read another case opens it, which is on record."""
        alike = await self.rooms.join_cases.list_alike(turn.actor, button, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        if not alike.found:
            await self.speak.reply(turn, "duplicates.none", code=alike.opinion.number)
            return
        rooms = self.rooms
        rows = tuple(
            (case_link(rooms, one.id, one.number, turn.language), face(rooms.words, asked))
            for one, asked in zip(alike.found, alike.buttons, strict=True)
        )
        lines = Markup("\n").join(self._line(one) for one in alike.found)
        code = alike.opinion.number
        await self.speak.reply(turn, "duplicates.found", rows, code=code, lines=lines)

    async def join(self, turn: Turn, button: Button) -> None:
        opinion, master = await self.rooms.join_cases.join(turn.actor, button, turn.cause)
        code, into = opinion.number, master.number
        await self.speak.close_press(turn, "duplicates.joined", code=code, master=into)

    async def set_apart(self, turn: Turn, button: Button) -> None:
        opinion = await self.rooms.join_cases.set_apart(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "duplicates.apart", code=opinion.number)

    def _line(self, opinion: Opinion) -> Markup:
        words = self.rooms.words
        filed, state = words.date(opinion.filed_at), words.text(f"opinion_state.{opinion.state}")
        return words.html("duplicates.line", code=opinion.number, filed=filed, state=state)
