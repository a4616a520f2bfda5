"""The office asks back, declines or refers: written, looked at as a letter, then sent."""

from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.button import Button, require_version
from domain.model.case_times import CaseTimes
from domain.model.dialog import Dialog
from domain.model.office_word import BY_AWAITED, BY_PERMISSION, Word
from domain.model.opinion import LetterKind, Opinion
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.answer import LetterPreview, acceptable
from domain.usecases.approve_letter import ApproveLetter, needs_second
from domain.usecases.case_in_hand import case_buttons
from domain.usecases.send_letter import SendLetter

SEND, SUBMIT = "case_letter:send", "case_letter:submit"
REWRITE = "case_letter:rewrite"


@dataclass(frozen=True, slots=True)
class WriteBack:
    """Asking back, declining, referring (hỏi thêm, không tiếp nhận, chuyển ra ngoài)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes

    async def ask_words(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Opinion, LetterKind]:
        """Take the staffer's next plain message as the text of this letter."""
        word = BY_PERMISSION[button.choice if button.action == REWRITE else button.action]
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, button.subject, word)
            await work.dialogs.open(Dialog(actor.id, word.awaited, opinion.id))
            await work.commit()
        return opinion, word.kind

    async def preview(
        self, actor: Actor, dialog: Dialog, text: str, cause: Cause | None = None
    ) -> LetterPreview:
        """Keep the text and show it as a letter; nothing is sent yet."""
        text, word = acceptable(text), BY_AWAITED[dialog.awaited]
        async with self.memory.begin(cause) as work:
            opinion = await self._case(work, actor, dialog.subject, word)
            seal = self.ids.new()
            await work.dialogs.open(replace(dialog, note=text, seal=seal))
            written = await self._letters.written(work, actor.id, opinion, word, text)
            send = SUBMIT if await needs_second(work, opinion, word) else SEND
            asked = [(send, seal), (REWRITE, str(word.permission))]
            buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
            await work.buttons.add(buttons)
            await work.commit()
        return LetterPreview(opinion, self._letters.shown(opinion, written), buttons)

    async def send(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Opinion, LetterKind]:
        """Send what was previewed, under the office's name; the case moves with it.

        Where the unit demands two people it waits for the second, and the case stays in work.
        """
        async with self.memory.begin(cause) as work:
            dialog = await work.dialogs.of(actor.id)
            if dialog is None or dialog.subject != button.subject or not dialog.note:
                raise LostRace("answer.text_gone")
            word = BY_AWAITED.get(dialog.awaited)
            if word is None:
                raise LostRace("button.stale")
            dialog.require_sealed(button.choice)
            was = await self._case(work, actor, button.subject, word)
            require_version(button.version, was.version)
            rooms = (self.memory, self.clock, self.ids, self.letterhead, self.times)
            approving = ApproveLetter(*rooms)
            opinion = await approving.send_or_submit(work, actor, was, word, dialog.note)
            await work.dialogs.close(actor.id)
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return opinion, word.kind

    async def _case(self, work: Work, actor: Actor, opinion_id: str, word: Word) -> Opinion:
        opinion = await self._letters.case(work, actor, opinion_id, word)
        if word.is_question and opinion.handle is None:
            raise Refusal("moves.nobody_to_ask", code=opinion.number)
        return opinion

    @property
    def _letters(self) -> SendLetter:
        return SendLetter(self.clock, self.ids, self.letterhead, self.times)
