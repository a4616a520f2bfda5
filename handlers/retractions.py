"""Cards about what was stopped, taken back or corrected after it had been approved."""

from dataclasses import dataclass

from content.catalog import Words
from domain.model.access import Person
from domain.model.bulletin import FrozenText
from domain.model.delivery import Payload
from handlers.faces import shortened

EXCERPT = 120


@dataclass(frozen=True, slots=True)
class RetractionCards:
    """The part of the letterhead that is about second thoughts (dừng, thu hồi, đính chính)."""

    words: Words

    def halted_card(self, frozen: FrozenText, person: Person, goes_on: bool) -> Payload:
        key = "retract.other_resumed" if goes_on else "retract.other_stopped"
        excerpt = shortened(frozen.revision.text, EXCERPT)
        return Payload(self.words.html(key, name=person.name, excerpt=excerpt))
