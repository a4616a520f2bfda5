"""A letter to a resident before it is sent: asked for, and looked at as they will read it."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.button import Button
from domain.model.case_times import CaseTimes
from domain.model.delivery import Payload
from domain.model.dialog import Dialog
from domain.model.letter_template import LetterTemplate
from domain.model.office_word import ANSWER, Word
from domain.model.opinion import LetterKind, Opinion
from domain.model.text import has_words, normalised, units_over
from domain.ports import Letterhead, Work
from domain.usecases.approve_letter import needs_second
from domain.usecases.case_in_hand import case_buttons
from domain.usecases.send_letter import SendLetter

TEMPLATE = "answer:template"
"""A template for a letter of any kind; answered by use_template.py."""
LONGEST_LETTER = 2500
"""UTF-16 units: what a letter, and later the case's status, can still show in one message."""


@dataclass(frozen=True, slots=True)
class LetterAsked:
    """A case that waits for a letter's words, typed or by one of the unit's templates."""

    opinion: Opinion
    kind: LetterKind
    templates: tuple[LetterTemplate, ...]
    buttons: tuple[Button, ...]
    """One for each of them, in their order."""


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """The letter as the resident will get it, with the buttons that send or change it."""

    opinion: Opinion
    letter: Payload
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class PreviewLetter:
    """Letters of every kind up to the press that sends them (xem trước thư)."""

    clock: Clock
    ids: Ids
    letterhead: Letterhead
    times: CaseTimes

    async def ask(self, work: Work, actor: Actor, opinion_id: str, word: Word) -> LetterAsked:
        """Take the staffer's next plain message as the letter, unless a template is chosen."""
        opinion = await self.letters.case(work, actor, opinion_id, word)
        await work.dialogs.open(Dialog(actor.id, word.awaited, opinion.id))
        templates = await templates_for(work, opinion, word.kind)
        asked = [(TEMPLATE, f"{word.kind}/{one.id}") for one in templates]
        buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
        await work.buttons.add(buttons)
        return LetterAsked(opinion, word.kind, templates, buttons)

    async def show(
        self, work: Work, actor: Actor, opinion: Opinion, word: Word, text: str
    ) -> LetterPreview:
        """Keep the text and show it as a letter; nothing is sent yet."""
        seal = self.ids.new()
        await work.dialogs.open(Dialog(actor.id, word.awaited, opinion.id, text, seal))
        written = await self.letters.written(work, actor.id, opinion, word, text)
        send = "submit" if await needs_second(work, opinion, word) else "send"
        asked = [(f"case_letter:{send}", seal), ("case_letter:rewrite", str(word.permission))]
        if word is ANSWER:
            asked = [(f"answer:{send}", seal), ("answer:rewrite", "")]
        buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
        await work.buttons.add(buttons)
        return LetterPreview(opinion, self.letters.shown(opinion, written), buttons)

    @property
    def letters(self) -> SendLetter:
        return SendLetter(self.clock, self.ids, self.letterhead, self.times)


async def templates_for(
    work: Work, opinion: Opinion, kind: LetterKind
) -> tuple[LetterTemplate, ...]:
    """What the case's unit, and those above it, keep for letters of this kind."""
    lineage = await work.units.lineage(opinion.unit_id)
    return tuple(one for one in await work.templates.of(lineage.unit_ids) if one.kind is kind)


def acceptable(text: str) -> str:
    """What can be written to a resident; Refusal if it says nothing, or too much."""
    if not has_words(text):
        raise Refusal("answer.nothing_written")
    kept = normalised(text)
    if over := units_over(kept, LONGEST_LETTER):
        raise Refusal("answer.too_long", limit=LONGEST_LETTER, over=over)
    return kept
