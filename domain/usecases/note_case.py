"""Staff note something on a case; whoever opens it there reads it."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import Button
from domain.model.case_note import CaseNote, acceptable_note
from domain.model.delivery import view
from domain.model.dialog import Awaited, Dialog
from domain.model.opinion import Opinion
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.case_in_hand import STAYS_IN_CHAT, case_for, put_on_record

NOTE = Permission.OPINION_NOTE


@dataclass(frozen=True, slots=True)
class NoteCase:
    """Noting something on a case (ghi chú nội bộ)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def ask_note(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """Take the staffer's next plain message as a note."""
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, button.subject)
            await work.dialogs.open(Dialog(actor.id, Awaited.CASE_NOTE, opinion.id))
            await work.commit()
        return opinion

    async def add_note(
        self, actor: Actor, opinion_id: str, text: str, cause: Cause | None = None
    ) -> Opinion:
        """Keep it beside the case, for as long as that has its words; nobody is told."""
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, opinion_id)
            kept = acceptable_note(text, len(await work.notes.on(opinion.id)))
            note = CaseNote(self.ids.new(), opinion.id, actor.id, kept, self.clock.now())
            await work.notes.add(note)
            await work.dialogs.close(actor.id)
            await put_on_record(work, self.clock, actor, NOTE, opinion)
            await work.commit()
        return opinion

    async def _case(self, work: Work, actor: Actor, opinion_id: str) -> Opinion:
        """Notes go with the words: after these nothing would ever take them away."""
        opinion = await case_for(work, self.clock, actor, opinion_id, NOTE)
        if not opinion.text:
            raise LostRace("case_note.too_late", code=opinion.number)
        return opinion


async def show_notes(
    work: Work, ids: Ids, letterhead: Letterhead, actor: Actor, opinion: Opinion
) -> None:
    """Owe whoever reads the case what was noted on it, in one message."""
    notes = await work.notes.on(opinion.id)
    if notes:
        names = [(await work.people.get(note.author_id)).name for note in notes]
        payload = letterhead.notes_view(opinion, tuple(zip(names, notes, strict=True)))
        await work.outbox.add([view(ids.new(), opinion.id, actor.id, payload, STAYS_IN_CHAT)])
