"""What proofreading found, on paper: for the author while writing, for the approver below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from content.catalog import Words
from domain.model.bulletin import Draft, Revision
from domain.model.delivery import Payload
from domain.model.links import LONGEST_HOST, LONGEST_URL, MOST_LINKS, Link
from domain.model.material import MaterialBody
from domain.model.proofreading import (
    Misprint,
    all_links,
    words_beside,
    words_beside_material,
    words_of_material,
)
from domain.model.version import FIRST_LANGUAGE
from handlers.faces import shortened

SHOWN = 12
LONGEST_WORDS = 60


@dataclass(frozen=True)  # parts with slots of their own cannot be put together
class ProofPapers:
    """The part of the letterhead that is about proofreading (soát tin)."""

    words: Words

    def proof_cards(
        self, one: Draft | Revision, misprints: Sequence[Misprint]
    ) -> tuple[Payload, ...]:
        """What looks wrong, then every link in full; nothing where there is neither."""
        return self._cards(all_links(one.versions, words_beside(one)), misprints)

    def material_proof_cards(
        self, body: MaterialBody, misprints: Sequence[Misprint]
    ) -> tuple[Payload, ...]:
        links = all_links(words_of_material(body), words_beside_material(body))
        return self._cards(links, misprints)

    def _cards(
        self, links: Sequence[tuple[str, Link]], misprints: Sequence[Misprint]
    ) -> tuple[Payload, ...]:
        cards = []
        if misprints:
            lines = [self._misprint(each) for each in misprints[:SHOWN]]
            if left_out := len(misprints) - len(lines):
                lines.append(self.words.html("proof.more", count=left_out))
            cards.append(self.words.html("proof.card", lines=Markup("\n").join(lines)))
        if links:
            # No more can be submitted, so that whoever approves sees all of them.
            lines = [self._link(link) for _, link in links[:MOST_LINKS]]
            if left_out := len(links) - len(lines):
                lines.append(self.words.html("proof.more", count=left_out))
            cards.append(self.words.html("proof.links", lines=Markup("\n").join(lines)))
        return tuple(Payload(card) for card in cards)

    def _misprint(self, one: Misprint) -> Markup:
        day = self.words.weekday(one.day) if one.day else ""
        key, sign = f"proof.{one.kind}", "⛔" if one.is_refused else "⚠️"
        line = self.words.html(key, passage=one.passage, detail=one.detail, day=day)
        if one.language == FIRST_LANGUAGE:
            return Markup("{} {}").format(sign, line)
        return Markup("{} {}: {}").format(sign, self.words.text(f"language.{one.language}"), line)

    def _link(self, link: Link) -> Markup:
        url, host = shortened(link.url, LONGEST_URL), shortened(link.host, LONGEST_HOST)
        if link.words == link.url:
            return self.words.html("proof.link", host=host, url=url)
        said = shortened(link.words, LONGEST_WORDS)
        return self.words.html("proof.named_link", words=said, host=host, url=url)
