"""The office answers a case: written, looked at as the resident will see it, then sent."""

from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import GOOD_FOR, Button, offer, require_version
from domain.model.deadline import CLOSES_AFTER_ANSWER
from domain.model.delivery import Payload, letter, require_in_doubt, to_handle, to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.frozen import fingerprint
from domain.model.opinion import Answer, Opinion, OpinionSource, OpinionState
from domain.model.text import has_words, normalised, units_over
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.raise_questions import RaiseQuestions

HIDDEN_CODE = "HC-•••••-•••••"
"""What the staffer sees in the preview: the resident's key to the case is not theirs to know."""
LONGEST_ANSWER = 2500
"""UTF-16 units: what a letter, and later the case's status, can still show in one message."""


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """The letter as the resident will get it, with the buttons that send or change it."""

    opinion: Opinion
    letter: Payload
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class AnswerCase:
    """Answering (phản hồi)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def ask_answer(self, actor: Actor, button: Button, cause: Cause | None = None) -> Opinion:
        """Take the staffer's next plain message as the answer to this case."""
        async with self.memory.begin(cause) as work:
            opinion = await self._answerable(work, actor, button.subject)
            await work.dialogs.open(Dialog(actor.id, Awaited.ANSWER_TEXT, opinion.id))
            await work.commit()
        return opinion

    async def preview_answer(
        self, actor: Actor, opinion_id: str, text: str, cause: Cause | None = None
    ) -> LetterPreview:
        """Keep the text and show it as a letter; nothing is sent yet."""
        text = _acceptable(text)
        async with self.memory.begin(cause) as work:
            opinion = await self._answerable(work, actor, opinion_id)
            await work.dialogs.open(Dialog(actor.id, Awaited.ANSWER_TEXT, opinion.id, text))
            answer = await self._answer(work, actor, opinion, text)
            buttons = self._preview_buttons(actor, opinion, text)
            await work.buttons.add(buttons)
            await work.commit()
        shown = replace(opinion, code=HIDDEN_CODE)
        return LetterPreview(opinion, self.letterhead.answer_letter(shown, answer, ()), buttons)

    async def send_answer(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> Opinion:
        """Answer the case with the text that was previewed, under the office's name."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            was = await self._answerable(work, actor, button.subject)
            require_version(button.version, was.version)
            dialog = await work.dialogs.of(actor.id)
            if dialog is None or dialog.subject != was.id or not dialog.note:
                raise LostRace("answer.text_gone")
            if fingerprint(dialog.note) != button.choice:
                raise LostRace("button.stale")
            opinion = was.moved_to(OpinionState.ANSWERED, now)
            answer = await self._answer(work, actor, opinion, dialog.note)
            await work.opinions.save(opinion, was)
            await work.opinions.add_answer(answer)
            await self._owe_letter(work, opinion, answer)
            await work.dialogs.close(actor.id)
            await work.buttons.use(button.id, now)
            event = AuditEvent(now, actor.id, Permission.OPINION_ANSWER, opinion.id)
            await work.audit.append(event)
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

    async def _answerable(self, work: Work, actor: Actor, opinion_id: str) -> Opinion:
        opinion = await work.opinions.get(opinion_id)
        lineage = await work.units.lineage(opinion.unit_id)
        actor.require(Permission.OPINION_ANSWER, lineage)
        if opinion.owner_id not in (None, actor.id):
            raise LostRace("triage.taken_by_another", code=opinion.number)
        if opinion.state is not OpinionState.IN_PROGRESS:
            raise LostRace("opinion.moved_on", code=opinion.number)
        return opinion

    async def _answer(self, work: Work, actor: Actor, opinion: Opinion, text: str) -> Answer:
        unit = await work.units.get(opinion.unit_id)
        now = self.clock.now()
        return Answer(self.ids.new(), opinion.id, actor.id, unit.issuing_body, text, now)

    async def _owe_letter(self, work: Work, opinion: Opinion, answer: Answer) -> None:
        if opinion.source is OpinionSource.SESSION:
            raising = RaiseQuestions(self.clock, self.ids, self.letterhead)
            await raising.carry_back(work, opinion, answer)
        if opinion.handle is None:
            return
        now = self.clock.now()
        buttons = offer(
            self.ids,
            [("opinion:settle", "solved"), ("opinion:settle", "not_solved")],
            subject=opinion.id,
            version=opinion.version,
            holder=to_handle(opinion.handle),
            expires_at=now + CLOSES_AFTER_ANSWER,
        )
        await work.buttons.add(buttons)
        payload = self.letterhead.answer_letter(opinion, answer, buttons)
        about = f"answer:{answer.id}"
        await work.outbox.add([letter(self.ids.new(), about, opinion.handle, payload)])

    def _preview_buttons(self, actor: Actor, opinion: Opinion, text: str) -> tuple[Button, ...]:
        """Sending is bound to the text that stands above the button."""
        return offer(
            self.ids,
            [("answer:send", fingerprint(text)), ("answer:rewrite", "")],
            subject=opinion.id,
            version=opinion.version,
            holder=to_person(actor.id),
            expires_at=self.clock.now() + GOOD_FOR,
        )


def _acceptable(text: str) -> str:
    if not has_words(text):
        raise Refusal("answer.nothing_written")
    kept = normalised(text)
    if over := units_over(kept, LONGEST_ANSWER):
        raise Refusal("answer.too_long", limit=LONGEST_ANSWER, over=over)
    return kept
