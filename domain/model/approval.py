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
