"""Staff look at the place that came with a case; every look is on the record."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button
from domain.model.delivery import view
from domain.ports import Cause, Letterhead, Memory
from domain.usecases.case_in_hand import STAYS_IN_CHAT, case_for, put_on_record


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Looking at where it is (xem vị trí kèm ý kiến)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def open_point(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Owe it to the staffer's private chat; where it is, is read as it is sent."""
        async with self.memory.begin(cause) as work:
            opinion = await case_for(
                work, self.clock, actor, button.subject, Permission.OPINION_OPEN
            )
            if not opinion.has_point:
                raise Refusal("triage.point_gone", code=opinion.number)
            payload = self.letterhead.point_view(opinion)
            entry = view(self.ids.new(), opinion.id, actor.id, payload, STAYS_IN_CHAT)
            await work.outbox.add([entry])
            await put_on_record(work, self.clock, actor, Permission.OPINION_OPEN, opinion, "point")
            await work.commit()
