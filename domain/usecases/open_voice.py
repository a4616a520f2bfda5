"""Staff listen to the recording of a case; every listening is on the record."""

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
class OpenVoice:
    """Listening to what was said (nghe ghi âm kèm ý kiến)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def open_voice(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Owe it to the staffer's private chat, from which it goes as the words do."""
        listen = Permission.OPINION_LISTEN
        async with self.memory.begin(cause) as work:
            opinion = await case_for(work, self.clock, actor, button.subject, listen)
            if not opinion.voice:
                raise Refusal("triage.voice_gone", code=opinion.number)
            payload = self.letterhead.voice_view(opinion)
            await work.outbox.add(
                [view(self.ids.new(), opinion.id, actor.id, payload, STAYS_IN_CHAT)]
            )
            await put_on_record(work, self.clock, actor, listen, opinion)
            await work.commit()
