"""What changed from one text to the next, passage by passage, short enough for one message."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup

from content.catalog import Words
from domain.model.bulletin import Revision
from handlers.faces import shortened

PASSAGES_SHOWN = 8
LONGEST_PASSAGE = 200
AROUND = 3
"""Words shown before and after a change."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that gave way, and those that came for them, with a few around."""

    old: str
    new: str


def changes(words: Words, old: Revision, new: Revision) -> Markup:
    """The changed passages, the first of them in full, and how many more there are."""
    passages = [
        passage
        for name in ("issuing_body", "text", "source")
        for passage in _passages(getattr(old, name), getattr(new, name))
    ]
    lines = [
        words.html(
            "correct.passage",
            old=shortened(one.old, LONGEST_PASSAGE) or "–",
            new=shortened(one.new, LONGEST_PASSAGE) or "–",
        )
        for one in passages[:PASSAGES_SHOWN]
    ]
    if left_out := len(passages) - len(lines):
        lines.append(words.html("correct.more_passages", count=left_out))
    return Markup("\n\n").join(lines)


def _passages(old: str, new: str) -> Iterator[Passage]:
    before, after = old.split(), new.split()
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND):
        (_, first_old, _, first_new, _), (_, _, last_old, _, last_new) = group[0], group[-1]
        yield Passage(" ".join(before[first_old:last_old]), " ".join(after[first_new:last_new]))
