"""The office answers a case: written, looked at as the resident will see it, then sent."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button, require_version
from domain.model.case_times import CaseTimes
from domain.model.delivery import require_in_doubt
from domain.model.office_word import ANSWER
from domain.model.opinion import Opinion
from domain.ports import Cause, Letterhead, Memory
from domain.usecases.approve_letter import ApproveLetter
from domain.usecases.preview_letter import LetterAsked, LetterPreview, PreviewLetter, acceptable

SUBMIT, REWRITE = "answer:submit", "answer:rewrite"


@dataclass(frozen=True, slots=True)
class AnswerCase:
    """Answering (phản hồi)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes

    async def ask_answer(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> LetterAsked:
        """Take the staffer's next plain message as the answer, unless a template is chosen."""
        async with self.memory.begin(cause) as work:
            asked = await self._previews.ask(work, actor, button.subject, ANSWER)
            await work.commit()
        return asked

    async def preview_answer(
        self, actor: Actor, opinion_id: str, text: str, cause: Cause | None = None
    ) -> LetterPreview:
        """Keep the text and show it as a letter; nothing is sent yet."""
        text = acceptable(text)
        async with self.memory.begin(cause) as work:
            opinion = await self._previews.letters.case(work, actor, opinion_id, ANSWER)
            preview = await self._previews.show(work, actor, opinion, ANSWER, text)
            await work.commit()
        return preview

    async def send_answer(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Opinion:
        """Answer the case with the text that was previewed, under the office's name.

        Where the unit demands two people it waits for the second, and the case stays in work.
        """
        async with self.memory.begin(cause) as work:
            was = await self._previews.letters.case(work, actor, button.subject, ANSWER)
            require_version(button.version, was.version)
            dialog = await work.dialogs.of(actor.id)
            if dialog is None or dialog.subject != was.id or not dialog.note:
                raise LostRace("answer.text_gone")
            dialog.require_sealed(button.choice)
            rooms = (self.memory, self.clock, self.ids, self.letterhead, self.times)
            approving = ApproveLetter(*rooms)
            opinion = await approving.send_or_submit(work, actor, was, ANSWER, dialog.note)
            await work.dialogs.close(actor.id)
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return opinion

    async def settle_letter(self, actor: Actor, button: Button, cause: Cause | None) -> bool:
        """Staff's word on a letter that may not have arrived: True if it goes again."""
        again = button.choice == "again"
        async with self.memory.begin(cause) as work:
            entry = await work.outbox.get(button.subject)
            require_version(button.version, entry.attempt)
            opinion = await work.opinions.by_handle(entry.destination.removeprefix("handle:"))
            if opinion is None:
                raise LostRace("answer.letter_gone")
            lineage = await work.units.lineage(opinion.unit_id)
            actor.require(Permission.OPINION_ANSWER, lineage)
            require_in_doubt(entry)
            if again and not await work.outbox.send_again(entry.id):
                raise LostRace("button.used")
            now = self.clock.now()
            event = AuditEvent(now, actor.id, Permission.DELIVERY_SETTLE, entry.id, button.choice)
            await work.audit.append(event)
            await work.buttons.use(button.id, now)
            await work.commit()
        return again

    @property
    def _previews(self) -> PreviewLetter:
        return PreviewLetter(self.clock, self.ids, self.letterhead, self.times)
