"""What main remembers of material for communicators."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from domain.model.access import Person
from domain.model.approval import Approval
from domain.model.button import Button
from domain.model.delivery import Payload
from domain.model.handout import Handout
from domain.model.material import (
    ApprovedMaterial,
    Material,
    MaterialBody,
    MaterialDraft,
    MaterialRevision,
)
from domain.model.proofreading import Misprint


class Materials(Protocol):
    """Material, its drafts, files, frozen revisions and approvals."""

    async def add(self, material: Material, draft: MaterialDraft, now: datetime) -> None: ...
    async def get(self, material_id: str) -> Material: ...
    async def draft(self, material_id: str) -> MaterialDraft: ...
    async def save_draft(self, draft: MaterialDraft) -> None:
        """Also removes the files that neither the draft nor any revision names any more."""
        ...

    async def unfinished(self, author_id: str, limit: int) -> tuple[MaterialDraft, ...]:
        """This author's drafts that have a title, the newest first."""
        ...

    async def save(self, material: Material, was: Material) -> None:
        """Compare and set on state and revision; LostRace("material.moved_on") when it is late."""
        ...

    async def add_file(
        self, material_id: str, file: Handout, content: bytes, now: datetime
    ) -> None: ...
    async def content(self, file: Handout) -> bytes:
        """Its bytes; Tampered unless they are those that were taken in."""
        ...

    async def add_revision(self, revision: MaterialRevision, now: datetime) -> None: ...
    async def revision(self, revision_id: str) -> MaterialRevision:
        """Tampered unless it is what was submitted."""
        ...

    async def newest_revision(self, material_id: str) -> MaterialRevision: ...
    async def add_approval(self, approval: Approval) -> None: ...
    async def approval(self, revision_id: str) -> Approval | None: ...
    async def in_review(self, unit_ids: Sequence[str]) -> tuple[MaterialRevision, ...]:
        """What waits for a decision in these units' subtrees, oldest first."""
        ...

    async def shown(
        self, unit_ids: Sequence[str], day: date, material_id: str = ""
    ) -> tuple[ApprovedMaterial, ...]:
        """What is approved, not over on this day, and for somebody above, at or below these units.

        All of it, or the one of this id; what was tampered with is left out.
        """
        ...


class MaterialCards(Protocol):
    """Cards about it. Of material only the title: what it says is shown, and owed to nobody."""

    def material_review_card(
        self, revision: MaterialRevision, author: Person, buttons: Sequence[Button]
    ) -> Payload: ...
    def approved_material_card(self, revision: MaterialRevision, approver: Person) -> Payload: ...
    def returned_material_card(
        self, revision: MaterialRevision, approver: Person, reason: str, buttons: Sequence[Button]
    ) -> Payload: ...
    def withdrawn_material_card(self, revision: MaterialRevision, person: Person) -> Payload: ...
    def material_proof_cards(
        self, body: MaterialBody, misprints: Sequence[Misprint]
    ) -> tuple[Payload, ...]:
        """What looks wrong in it, and all links in full; shown, and never owed."""
        ...
