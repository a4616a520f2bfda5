"""The office asks back, declines or refers: written, looked at as a letter, then sent."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.button import Button, require_version
from domain.model.case_times import CaseTimes
from domain.model.dialog import Dialog
from domain.model.office_word import BY_AWAITED, BY_PERMISSION
from domain.model.opinion import LetterKind, Opinion
from domain.ports import Cause, Letterhead, Memory
from domain.usecases.approve_letter import ApproveLetter
from domain.usecases.preview_letter import LetterAsked, LetterPreview, PreviewLetter, acceptable

SUBMIT, REWRITE = "case_letter:submit", "case_letter:rewrite"


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
    ) -> LetterAsked:
        """Take the staffer's next plain message as this letter, unless a template is chosen."""
        word = BY_PERMISSION[button.choice if button.action == REWRITE else button.action]
        async with self.memory.begin(cause) as work:
            asked = await self._previews.ask(work, actor, button.subject, word)
            await work.commit()
        return asked

    async def preview(
        self, actor: Actor, dialog: Dialog, text: str, cause: Cause | None = None
    ) -> LetterPreview:
        """Keep the text and show it as a letter; nothing is sent yet."""
        text, word = acceptable(text), BY_AWAITED[dialog.awaited]
        async with self.memory.begin(cause) as work:
            opinion = await self._previews.letters.case(work, actor, dialog.subject, word)
            preview = await self._previews.show(work, actor, opinion, word, text)
            await work.commit()
        return preview

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
            was = await self._previews.letters.case(work, actor, button.subject, word)
            require_version(button.version, was.version)
            rooms = (self.memory, self.clock, self.ids, self.letterhead, self.times)
            approving = ApproveLetter(*rooms)
            opinion = await approving.send_or_submit(work, actor, was, word, dialog.note)
            await work.dialogs.close(actor.id)
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return opinion, word.kind

    @property
    def _previews(self) -> PreviewLetter:
        return PreviewLetter(self.clock, self.ids, self.letterhead, self.times)
