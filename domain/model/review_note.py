"""What an approver says about a bulletin that is in review, without sending it back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import Refusal
from domain.model.bulletin import Draft, Revision
from domain.model.text import has_words, normalised, units_over

LONGEST_NOTE = 500
LONGEST_QUOTE = 150
"""UTF-16 units, so that several notes fit in one message."""
MOST_NOTES = 5
"""Of all approvers on one revision."""
Written = Draft | Revision
QUOTES = ">"
"""With it begins a line that is taken from the bulletin."""


class Since(StrEnum):
    """What became of a quoted passage in a later revision (chỗ được góp ý)."""

    SAME = "same"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """An approver's note on one revision (ghi chú khi duyệt)."""

    revision_id: str
    number: int
    """Counts the notes on one revision."""
    reviewer_id: str
    quote: str
    """The passage that it is about, as it stands in the revision; '' if it is about the whole."""
    text: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note as it is read beside a draft or at the next review."""

    note: ReviewNote
    reviewer: str
    """Their name."""
    since: Since
    """Whether what it is about has changed since."""


def read_note(typed: str, revision: Written) -> tuple[str, str]:
    """The quoted passage and the note; Refusal if there is none, or it quotes something else.

    Lines that begin with > are the passage; however it is broken into lines, it must stand in the
    bulletin.
    """
    lines = normalised(typed).splitlines()
    quoted = [line.removeprefix(QUOTES) for line in lines if line.startswith(QUOTES)]
    said = normalised("\n".join(line for line in lines if not line.startswith(QUOTES)))
    quote = _flat(" ".join(quoted))
    if not has_words(said):
        raise Refusal("review_note.nothing_written")
    if over := units_over(said, LONGEST_NOTE):
        raise Refusal("review_note.too_long", over=over, limit=LONGEST_NOTE)
    if over := units_over(quote, LONGEST_QUOTE):
        raise Refusal("review_note.quote_too_long", over=over, limit=LONGEST_QUOTE)
    if quote and not _stands_in(quote, revision):
        raise Refusal("review_note.not_in_text")
    return quote, said


def what_became_of(note: ReviewNote, noted: Written, now: Written) -> Since:
    """Whether the passage still stands word for word; of a note on the whole, whether all does."""
    if note.quote:
        same = _stands_in(note.quote, now)
    else:
        same = [_flat(part) for part in _parts(noted)] == [_flat(part) for part in _parts(now)]
    return Since.SAME if same else Since.CHANGED


def _stands_in(quote: str, one: Written) -> bool:
    return any(quote in _flat(part) for part in _parts(one))


def _parts(one: Written) -> tuple[str, ...]:
    written = [part for version in one.versions for part in (version.title, version.text)]
    return (*written, one.issuing_body, one.source, one.talking_points)


def _flat(text: str) -> str:
    return " ".join(normalised(text).split())
