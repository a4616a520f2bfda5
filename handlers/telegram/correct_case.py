"""The door to a resident's correction of a case: /sua with its code, or the link below it."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.ids import read_code
from handlers.telegram.residents import ResidentsDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class CorrectCaseDoor:
    """Correcting what one wrote (sửa, bổ sung ý kiến đã gửi)."""

    rooms: Rooms
    residents: ResidentsDoor

    async def correct(self, turn: Turn) -> None:
        """/sua CODE, perhaps with the words in the same message"""
        first, _, rest = turn.arguments.partition(" ")
        if not first:
            raise Refusal("correction.code_missing")
        # Somebody may write a code in two or three pieces; then all of it is the code.
        code, words = (first, rest.strip()) if read_code(first) else (turn.arguments, "")
        status = await self.rooms.open_by_code.look_up(turn.who, code, turn.handle)
        written = turn.written(words)
        intake = await self.rooms.reply.correct(turn.visit, status.opinion.id, written)
        await self.residents.show(turn, intake)
