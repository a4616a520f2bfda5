"""The morning's content on paper: the same page in a card and in answer to /homnay."""

from dataclasses import dataclass

from markupsafe import Markup

from content.catalog import Words
from domain.model.button import Button
from domain.model.delivery import ButtonFace, Payload
from domain.model.morning import FEWEST_TOLD, Morning, MorningLine
from handlers.faces import face, paired, shortened

EXCERPT = 90


@dataclass(frozen=True)  # parts with slots of their own cannot be put together
class MorningPapers:
    """The part of the letterhead that is about mornings (tin buổi sáng)."""

    words: Words

    def morning_card(self, morning: Morning, language: str) -> Payload:
        """The day, a line for each bulletin, and the ways to read them whole."""
        words = self.words
        lines = [
            self._morning_line(n, line, language) for n, line in enumerate(morning.lines, start=1)
        ]
        if morning.left_out:
            lines.append(words.html("morning.more", language, count=morning.left_out))
        page = words.html(
            "morning.page" if lines else "morning.empty",
            language,
            day=words.weekday(morning.day, language),
            lines=Markup("\n\n").join(lines),
        )
        opened = [b for b in morning.buttons if b.action == "morning:open"]
        others = [b for b in morning.buttons if b.action != "morning:open"]
        return Payload(
            page + self._readers(morning, language),
            (
                *paired(self._numbered(morning, button, language) for button in opened),
                *paired(face(words, button, language) for button in others),
            ),
        )

    def _morning_line(self, number: int, line: MorningLine, language: str) -> Markup:
        return self.words.html(
            "morning.line",
            language,
            n=number,
            at=self.words.clock(line.broadcast.planned_at, language),
            unit=line.audience.name,
            state=self.words.text(f"broadcast_state.{line.broadcast.state}", language),
            excerpt=shortened(line.text.revision.in_language(language).heading, EXCERPT),
        )

    def _numbered(self, morning: Morning, button: Button, language: str) -> ButtonFace:
        number = morning.number_of(button.subject)
        return ButtonFace(
            self.words.text("button.morning_open", language, n=number), press=button.id
        )

    def _readers(self, morning: Morning, language: str) -> Markup:
        if morning.readers is None:
            return Markup("")
        few = morning.readers < FEWEST_TOLD
        key = "morning.few_readers" if few else "morning.readers"
        count = FEWEST_TOLD if few else morning.readers
        return Markup("\n\n") + self.words.html(key, language, count=count)
