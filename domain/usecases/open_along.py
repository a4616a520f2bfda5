"""Staff look at what came along with a case, or listen to it; every look is on the record."""

from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button
from domain.model.delivery import Payload, view
from domain.model.opinion import Opinion
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.case_in_hand import STAYS_IN_CHAT, case_for, put_on_record


@dataclass(frozen=True, slots=True)
class OpenAlong:
    """Pictures, the place, the recording (xem ảnh, vị trí, nghe ghi âm kèm ý kiến).

    Each is owed to the staffer's private chat and goes from there as the words do; what it holds
    is read only as it is sent.
    """

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def open_pictures(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """All of them at once, as one album."""
        look = Permission.OPINION_OPEN
        async with self.memory.begin(cause) as work:
            opinion = await case_for(work, self.clock, actor, button.subject, look)
            if not opinion.pictures:
                raise Refusal("triage.pictures_gone", code=opinion.number)
            shown = self.letterhead.pictures_view(opinion)
            await self._owe(work, actor, opinion, shown, messages=opinion.pictures)
            await put_on_record(work, self.clock, actor, look, opinion, "pictures")
            await work.commit()

    async def open_point(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Where it is."""
        look = Permission.OPINION_OPEN
        async with self.memory.begin(cause) as work:
            opinion = await case_for(work, self.clock, actor, button.subject, look)
            if not opinion.has_point:
                raise Refusal("triage.point_gone", code=opinion.number)
            await self._owe(work, actor, opinion, self.letterhead.point_view(opinion))
            await put_on_record(work, self.clock, actor, look, opinion, "point")
            await work.commit()

    async def open_voice(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """What was said, by a right of its own: a voice can give its speaker away."""
        listen = Permission.OPINION_LISTEN
        async with self.memory.begin(cause) as work:
            opinion = await case_for(work, self.clock, actor, button.subject, listen)
            if not opinion.voice:
                raise Refusal("triage.voice_gone", code=opinion.number)
            await self._owe(work, actor, opinion, self.letterhead.voice_view(opinion))
            await put_on_record(work, self.clock, actor, listen, opinion)
            await work.commit()

    async def _owe(
        self, work: Work, actor: Actor, opinion: Opinion, shown: Payload, messages: int = 1
    ) -> None:
        entry = view(self.ids.new(), opinion.id, actor.id, shown, STAYS_IN_CHAT)
        await work.outbox.add([replace(entry, messages=messages)])
