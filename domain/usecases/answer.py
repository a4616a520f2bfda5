"""The office answers a case: written, looked at as the resident will see it, then sent."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button, require_version
from domain.model.case_times import CaseTimes
from domain.model.delivery import Payload, require_in_doubt
from domain.model.dialog import Awaited, Dialog
from domain.model.letter_template import LetterTemplate
from domain.model.office_word import ANSWER
from domain.model.opinion import Opinion
from domain.model.text import has_words, normalised, units_over
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.approve_letter import ApproveLetter, needs_second
from domain.usecases.case_in_hand import case_buttons
from domain.usecases.send_letter import SendLetter

SEND, SUBMIT, REWRITE = "answer:send", "answer:submit", "answer:rewrite"
TEMPLATE = "answer:template"
"""Answered by use_template.py."""
LONGEST_ANSWER = 2500
"""UTF-16 units: what a letter, and later the case's status, can still show in one message."""


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """The letter as the resident will get it, with the buttons that send or change it."""

    opinion: Opinion
    letter: Payload
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class AnswerAsked:
    """A case that waits for an answer, typed or by one of the unit's templates."""

    opinion: Opinion
    templates: tuple[LetterTemplate, ...]
    buttons: tuple[Button, ...]


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
    ) -> AnswerAsked:
        """Take the staffer's next plain message as the answer, unless a template is chosen."""
        async with self.memory.begin(cause) as work:
            opinion = await self.case(work, actor, button.subject)
            await work.dialogs.open(Dialog(actor.id, Awaited.ANSWER_TEXT, opinion.id))
            lineage = await work.units.lineage(opinion.unit_id)
            templates = await work.templates.of(lineage.unit_ids)
            asked = [(TEMPLATE, one.id) for one in templates]
            buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
            await work.buttons.add(buttons)
            await work.commit()
        return AnswerAsked(opinion, templates, buttons)

    async def preview_answer(
        self, actor: Actor, opinion_id: str, text: str, cause: Cause | None = None
    ) -> LetterPreview:
        """Keep the text and show it as a letter; nothing is sent yet."""
        text = acceptable(text)
        async with self.memory.begin(cause) as work:
            opinion = await self.case(work, actor, opinion_id)
            preview = await self.preview(work, actor, opinion, text)
            await work.commit()
        return preview

    async def preview(self, work: Work, actor: Actor, opinion: Opinion, text: str) -> LetterPreview:
        """The same, inside a transaction."""
        seal = self.ids.new()
        await work.dialogs.open(Dialog(actor.id, Awaited.ANSWER_TEXT, opinion.id, text, seal))
        written = await self._letters.written(work, actor.id, opinion, ANSWER, text)
        send = SUBMIT if await needs_second(work, opinion, ANSWER) else SEND
        asked = [(send, seal), (REWRITE, "")]
        buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
        await work.buttons.add(buttons)
        return LetterPreview(opinion, self._letters.shown(opinion, written), buttons)

    async def case(self, work: Work, actor: Actor, opinion_id: str) -> Opinion:
        """The case, if this person may answer it now."""
        return await self._letters.case(work, actor, opinion_id, ANSWER)

    async def send_answer(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Opinion:
        """Answer the case with the text that was previewed, under the office's name.

        Where the unit demands two people it waits for the second, and the case stays in work.
        """
        async with self.memory.begin(cause) as work:
            was = await self._letters.case(work, actor, button.subject, ANSWER)
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
    def _letters(self) -> SendLetter:
        return SendLetter(self.clock, self.ids, self.letterhead, self.times)


def acceptable(text: str) -> str:
    """What can be written to a resident; Refusal if it says nothing, or too much."""
    if not has_words(text):
        raise Refusal("answer.nothing_written")
    kept = normalised(text)
    if over := units_over(kept, LONGEST_ANSWER):
        raise Refusal("answer.too_long", limit=LONGEST_ANSWER, over=over)
    return kept
