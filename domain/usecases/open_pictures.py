"""Staff look at the pictures of a case; every look is on the record."""

from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button
from domain.model.delivery import view
from domain.ports import Cause, Letterhead, Memory
from domain.usecases.case_in_hand import STAYS_IN_CHAT, case_for, put_on_record


@dataclass(frozen=True, slots=True)
class OpenPictures:
    """Looking at what came with the words (xem ảnh kèm ý kiến)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def open_pictures(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Owe them to the staffer's private chat, from which they go as the words do."""
        async with self.memory.begin(cause) as work:
            opinion = await case_for(
                work, self.clock, actor, button.subject, Permission.OPINION_OPEN
            )
            if not opinion.pictures:
                raise Refusal("triage.pictures_gone", code=opinion.number)
            payload = self.letterhead.pictures_view(opinion)
            entry = view(self.ids.new(), opinion.id, actor.id, payload, STAYS_IN_CHAT)
            await work.outbox.add([replace(entry, messages=opinion.pictures)])
            await put_on_record(
                work, self.clock, actor, Permission.OPINION_OPEN, opinion, "pictures"
            )
            await work.commit()
