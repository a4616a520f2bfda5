"""Good words on paper: the card that brings one, and a line for each that stands."""

from dataclasses import dataclass

from markupsafe import Markup

from content.catalog import Words
from domain.model.access import Person
from domain.model.commendation import Commendation
from domain.model.delivery import Payload
from domain.model.own_sessions import Thanks
from domain.model.text import masked
from domain.model.unit import Unit


@dataclass(frozen=True)  # parts with slots of their own cannot be put together
class CommendationPapers:
    """The part of the letterhead that is about commendations (lời khen)."""

    words: Words

    def commendation_card(
        self, given: Commendation, author: Person, unit: Unit, language: str
    ) -> Payload:
        said = {"author": author.name, "unit": unit.name, "text": masked(given.text)}
        return Payload(self.words.html("commendation.card", language, **said))


def thanks_line(words: Words, one: Thanks, language: str) -> Markup:
    """The words whole, who gave them and when."""
    return words.html(
        "commendation.line",
        language,
        text=masked(one.given.text),
        author=one.author,
        day=words.date(one.given.given_at, language),
    )
