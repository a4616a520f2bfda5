"""What was erased, by names that tell nothing: so that no backup brings it back."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

BACKUP_KEPT = timedelta(days=90)
"""How old a backup may be that is restored: for so long it is remembered what was erased."""


class ErasedKind(StrEnum):
    """What a name in the journal of erasures is a name of."""

    ADDRESS = "address"
    """The handle of a sealed address."""
    DRAFT = "draft"
    """The handle of an opinion that was not filed."""
    RESIDENT = "resident"
    """The blind index of a consent."""
    CASE = "case"
    """The random id of an opinion."""
    MEDIA = "media"
    """The random id of a photo or a voice note."""


@dataclass(frozen=True, slots=True)
class Erased:
    """The names of what was erased in the last months (đã xóa)."""

    addresses: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    residents: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
