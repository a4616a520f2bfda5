"""Whoever writes to a resident chooses a template, fills what it leaves open, sees the letter."""

from dataclasses import dataclass

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.button import Button, require_version
from domain.model.case_times import CaseTimes
from domain.model.dialog import Awaited, Dialog
from domain.model.letter_template import LetterTemplate, Slot
from domain.model.office_word import BY_KIND, Word
from domain.model.opinion import LetterKind, Opinion
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.one_answer import is_for_several
from domain.usecases.preview_letter import LetterPreview, PreviewLetter, acceptable, templates_for


@dataclass(frozen=True, slots=True)
class AskedBody:
    """A template that waits for what is typed into it (mẫu chờ nội dung)."""

    opinion: Opinion
    template: LetterTemplate


@dataclass(frozen=True, slots=True)
class UseTemplate:
    """Writing by a template (viết thư theo mẫu)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes

    async def choose(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> AskedBody | LetterPreview:
        """What leaves nothing open is shown as a letter at once."""
        word, template_id = _named(button.choice)
        async with self.memory.begin(cause) as work:
            opinion = await self._previews.letters.case(work, actor, button.subject, word)
            require_version(button.version, opinion.version)
            template = await _template(work, opinion, word, template_id)
            if Slot.BODY in template.slots:
                named = f"{word.kind}/{template.id}"
                await work.dialogs.open(Dialog(actor.id, Awaited.TEMPLATE_BODY, opinion.id, named))
                chosen: AskedBody | LetterPreview = AskedBody(opinion, template)
            else:
                chosen = await self._preview(work, actor, opinion, template, "")
            await work.commit()
        return chosen

    async def fill(
        self, actor: Actor, dialog: Dialog, typed: str, cause: Cause | None = None
    ) -> LetterPreview:
        """The whole letter, with these words in it; nothing is sent yet."""
        word, template_id = _named(dialog.note)
        async with self.memory.begin(cause) as work:
            opinion = await self._previews.letters.case(work, actor, dialog.subject, word)
            template = await _template(work, opinion, word, template_id)
            shown = await self._preview(work, actor, opinion, template, acceptable(typed))
            await work.commit()
        return shown

    async def _preview(
        self, work: Work, actor: Actor, opinion: Opinion, template: LetterTemplate, body: str
    ) -> LetterPreview:
        place = await work.units.get(opinion.unit_id)
        values = {
            Slot.DUE: f"{opinion.due_at.astimezone(LOCAL_ZONE):%d/%m/%Y}",
            Slot.OFFICE: place.issuing_body,
            Slot.BODY: body,
        }
        text = acceptable(template.filled(values))
        return await self._previews.show(work, actor, opinion, BY_KIND[template.kind], text)

    @property
    def _previews(self) -> PreviewLetter:
        return PreviewLetter(self.clock, self.ids, self.letterhead, self.times)


async def _template(work: Work, opinion: Opinion, word: Word, template_id: str) -> LetterTemplate:
    for one in await templates_for(work, opinion, word.kind):
        if one.id == template_id:
            one.require_fit(not word.is_question and await is_for_several(work, opinion))
            return one
    raise LostRace("letter_template.gone")


def _named(choice: str) -> tuple[Word, str]:
    """Kind of letter and template; before there were several kinds a template stood alone."""
    kind, _, template_id = choice.rpartition("/")
    return BY_KIND[LetterKind(kind or LetterKind.ANSWER)], template_id
