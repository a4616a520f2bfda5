"""Whoever answers a case chooses a template, types what it leaves open, and sees the letter."""

from dataclasses import dataclass

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.button import Button, require_version
from domain.model.case_times import CaseTimes
from domain.model.dialog import Awaited, Dialog
from domain.model.letter_template import LetterTemplate, Slot
from domain.model.opinion import Opinion
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.answer import AnswerCase, LetterPreview, acceptable
from domain.usecases.one_answer import is_for_several


@dataclass(frozen=True, slots=True)
class AskedBody:
    """A template that waits for what is typed into it (mẫu chờ nội dung)."""

    opinion: Opinion
    template: LetterTemplate


@dataclass(frozen=True, slots=True)
class UseTemplate:
    """Answering by a template (trả lời theo mẫu)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes

    async def choose(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> AskedBody | LetterPreview:
        """What leaves nothing open is shown as a letter at once."""
        async with self.memory.begin(cause) as work:
            opinion = await self._answering.case(work, actor, button.subject)
            require_version(button.version, opinion.version)
            template = await self._template(work, opinion, button.choice)
            if Slot.BODY in template.slots:
                asked = Dialog(actor.id, Awaited.TEMPLATE_BODY, opinion.id, template.id)
                await work.dialogs.open(asked)
                chosen: AskedBody | LetterPreview = AskedBody(opinion, template)
            else:
                chosen = await self._preview(work, actor, opinion, template, "")
            await work.commit()
        return chosen

    async def fill(
        self, actor: Actor, dialog: Dialog, typed: str, cause: Cause | None = None
    ) -> LetterPreview:
        """The whole letter, with these words in it; nothing is sent yet."""
        async with self.memory.begin(cause) as work:
            opinion = await self._answering.case(work, actor, dialog.subject)
            template = await self._template(work, opinion, dialog.note)
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
        return await self._answering.preview(work, actor, opinion, text)

    async def _template(self, work: Work, opinion: Opinion, template_id: str) -> LetterTemplate:
        lineage = await work.units.lineage(opinion.unit_id)
        for one in await work.templates.of(lineage.unit_ids):
            if one.id == template_id:
                one.require_fit(await is_for_several(work, opinion))
                return one
        raise LostRace("letter_template.gone")

    @property
    def _answering(self) -> AnswerCase:
        return AnswerCase(self.memory, self.clock, self.ids, self.letterhead, self.times)
