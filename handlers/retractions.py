"""Cards about what was stopped, taken back or corrected after it had been approved."""

from dataclasses import dataclass

from markupsafe import Markup

from content.catalog import Words
from domain.model.access import Person
from domain.model.bulletin import Revision
from domain.model.correction import OLD_MESSAGE
from domain.model.delivery import Payload
from domain.model.frozen import FrozenText
from domain.model.withdrawal import Recalled
from handlers.changes import changed_lines
from handlers.faces import shortened
from handlers.rosters import remains

EXCERPT = 120


@dataclass(frozen=True)  # two parts with slots of their own cannot be put together
class RetractionCards:
    """The part of the letterhead that is about second thoughts (dừng, thu hồi, đính chính)."""

    words: Words

    def halted_card(self, frozen: FrozenText, person: Person, goes_on: bool) -> Payload:
        how = "resumed" if goes_on else "stopped"
        is_template = frozen.revision.is_template
        key = f"retract.template_{how}" if is_template else f"retract.other_{how}"
        excerpt = shortened(frozen.revision.heading, EXCERPT)
        return Payload(self.words.html(key, name=person.name, excerpt=excerpt))

    def withdrawn_card(
        self, text: FrozenText | None, person: Person, recalled: Recalled
    ) -> Payload:
        """Where it still stands comes by name, with a link, so that somebody can go and see."""
        left = recalled.left
        card = self.words.html(
            "retract.withdrawn",
            name=person.name,
            excerpt=shortened(text.revision.heading, EXCERPT) if text else "…",
            gone=recalled.gone,
            total=recalled.groups,
            lines=remains(self.words, recalled),
            note=self.words.html("retract.go_and_see") if left else "",
        )
        return Payload(card.rstrip())

    def correction_head(self, revision: Revision, language: str) -> Markup:
        """What stands above a correction: that it is one, and of what."""
        if revision.corrects is None or revision.corrected_at is None:
            return Markup("")
        when = self.words.moment(revision.corrected_at, language)
        return self.words.html("correct.head", language, old=OLD_MESSAGE, when=when) + "\n\n"

    def changes_card(self, old: FrozenText, new: FrozenText) -> Payload:
        lines = changed_lines(self.words, old.revision, new.revision)
        card = self.words.html("correct.changes", lines=Markup("\n\n").join(lines))
        if old.revision.recurrence is not None:
            card += "\n\n" + self.words.html("correct.last_time_only")
        return Payload(card)
