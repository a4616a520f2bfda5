"""What staff note on a case for each other; it is in no letter, and stays as long as the words."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import Refusal
from domain.model.text import has_words, normalised, units_over

LONGEST_NOTE = 500
"""UTF-16 units."""
MOST_NOTES = 6
"""On one case: as many as one message shows whole, with who wrote them and when."""


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A note on a case (ghi chú nội bộ)."""

    id: str
    opinion_id: str
    author_id: str
    text: str
    noted_at: datetime


def acceptable_note(typed: str, present: int) -> str:
    """The note as it is kept; Refusal if it says nothing, too much, or one too many."""
    if not has_words(typed):
        raise Refusal("case_note.nothing_written")
    kept = normalised(typed)
    if over := units_over(kept, LONGEST_NOTE):
        raise Refusal("case_note.too_long", over=over, limit=LONGEST_NOTE)
    if present >= MOST_NOTES:
        raise Refusal("case_note.too_many", most=MOST_NOTES)
    return kept
