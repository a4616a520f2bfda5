"""A second person's agreement to what one person wrote."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's agreement to another person's revision, bound to its hash (phê duyệt)."""

    id: str
    revision_id: str
    revision_hash: str
    author_id: str
    approver_id: str
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class FirstApproval(Approval):
    """The first of two, which stands although the right to it ends later that day."""

    deputy_of: str | None = None
    """In whose place it was given; None if by a right of one's own."""

    @property
    def spends(self) -> frozenset[str]:
        """Whoever has had their say by it."""
        return frozenset({self.approver_id, self.deputy_of or self.approver_id})


def in_whose_place(actor_id: str, rights: AbstractSet[str], spent: AbstractSet[str]) -> str | None:
    """By whose right somebody agrees: None for their own, and nobody's who has had their say."""
    return None if actor_id in rights else min(rights - spent, default=None)


def require_other_people(author_id: str, first: Approval | None, approver_id: str) -> None:
    """No role is exempt: nobody approves what they wrote, and nobody approves twice."""
    if author_id == approver_id:
        raise Refusal("review.self_approval")
    if first is not None and first.approver_id == approver_id:
        raise Refusal("review.approved_already")


def require_other_right(rights: AbstractSet[str], spent: AbstractSet[str]) -> None:
    """Whoever stands in for its author, or for the first to agree, does not agree in their place.

    `rights` are all whose right the approver has, `spent` those who have had their say.
    """
    if rights and rights <= spent:
        raise Refusal("review.in_their_stead")
