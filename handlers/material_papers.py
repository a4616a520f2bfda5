"""Cards about material: they name its title, and hold nothing of what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from content.catalog import Words
from domain.model.access import Person
from domain.model.button import Button
from domain.model.delivery import Payload
from domain.model.material import MaterialRevision
from handlers.faces import one_a_row


@dataclass(frozen=True)  # parts with slots of their own cannot be put together
class MaterialPapers:
    """The part of the letterhead that is about material (tài liệu tuyên truyền)."""

    words: Words

    def material_review_card(
        self, revision: MaterialRevision, author: Person, buttons: Sequence[Button]
    ) -> Payload:
        """Who asks, and the way to see it whole."""
        kind = self.words.text(f"material_kind.{revision.body.kind}")
        title = revision.body.title
        card = self.words.html("material.review_card", name=author.name, kind=kind, title=title)
        return Payload(card, one_a_row(self.words, buttons))

    def approved_material_card(self, revision: MaterialRevision, approver: Person) -> Payload:
        title = revision.body.title
        return Payload(self.words.html("material.approved", name=approver.name, title=title))

    def returned_material_card(
        self, revision: MaterialRevision, approver: Person, reason: str, buttons: Sequence[Button]
    ) -> Payload:
        card = self.words.html(
            "material.returned", name=approver.name, title=revision.body.title, reason=reason
        )
        return Payload(card, one_a_row(self.words, buttons))

    def withdrawn_material_card(self, revision: MaterialRevision, person: Person) -> Payload:
        title = revision.body.title
        return Payload(self.words.html("material.withdrawn", name=person.name, title=title))
