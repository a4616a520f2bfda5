"""What changed from one text to the next, word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_KHMER = "[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*"
# Khmer has no spaces: its syllables are told apart instead. A number stays whole, its points too;
# so does a row of one sign, such as the dots of a form: told apart, they are compared each with
# each, for many seconds on two full texts.
_WORD = re.compile(rf"\s+|{_KHMER}|\w+(?:[.,:/-]\w+)*|(?P<sign>.)(?P=sign)*", re.DOTALL)


class Fate(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that belong together, and what became of them (đoạn)."""

    fate: Fate
    text: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of which both texts are made, in their order; what gave way before what came."""
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=False)
    pieces: list[Piece] = []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Fate.KEPT, "".join(before[i:i_end])))
            continue
        pieces.append(Piece(Fate.REMOVED, "".join(before[i:i_end])))
        pieces.append(Piece(Fate.ADDED, "".join(after[j:j_end])))
    return tuple(_whole([one for one in pieces if one.text]))


def before(pieces: Iterable[Piece]) -> str:
    """The text as it was."""
    return "".join(one.text for one in pieces if one.fate is not Fate.ADDED)


def after(pieces: Iterable[Piece]) -> str:
    """The text as it is now."""
    return "".join(one.text for one in pieces if one.fate is not Fate.REMOVED)


def changes(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Where something changed: from which piece to before which, each place once."""
    first: int | None = None
    for place, piece in enumerate(pieces):
        if piece.fate is Fate.KEPT:
            if first is not None:
                yield first, place
            first = None
        elif first is None:
            first = place
    if first is not None:
        yield first, len(pieces)


def _words(text: str) -> list[str]:
    return [found.group() for found in _WORD.finditer(text)]


def _whole(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Changes between which only a space was kept, as one: whole phrases are easier to read."""
    removed, added = "", ""
    for place, piece in enumerate(pieces):
        match piece.fate:
            case Fate.REMOVED:
                removed += piece.text
            case Fate.ADDED:
                added += piece.text
            case Fate.KEPT:
                inside = (removed or added) and place + 1 < len(pieces)
                if inside and piece.text.isspace():
                    removed, added = removed + piece.text, added + piece.text
                    continue
                yield from _change(removed, added)
                yield piece
                removed, added = "", ""
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Fate.REMOVED, removed)
    if added:
        yield Piece(Fate.ADDED, added)
