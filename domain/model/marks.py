"""Formatting beside plain text: which stretch is bold, italic, quoted, or a link."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape
from itertools import pairwise
from typing import Any

from domain.model.text import normalised, utf16_units


class MarkKind(StrEnum):
    """What a stretch of text looks like (kiểu chữ); in the order in which tags enclose others."""

    QUOTE = "quote"
    LINK = "link"
    BOLD = "bold"
    ITALIC = "italic"


_TAGS = {
    MarkKind.QUOTE: "blockquote",
    MarkKind.LINK: "a",
    MarkKind.BOLD: "b",
    MarkKind.ITALIC: "i",
}
_OUTERMOST_FIRST = tuple(MarkKind)
# As Telegram calls them; whatever else it knows is left out.
_NAMES = {
    "bold": MarkKind.BOLD,
    "italic": MarkKind.ITALIC,
    "text_link": MarkKind.LINK,
    "blockquote": MarkKind.QUOTE,
    "expandable_blockquote": MarkKind.QUOTE,
}
_NO_FORMATTING = frozenset(
    {
        "url",
        "email",
        "phone_number",
        "bank_card",
        "date_time",
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
    }
)
"""What a client finds in plain text by itself: leaving it out loses nothing."""
SECURE = "https://"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One stretch of a text, in code points, and how it looks (định dạng)."""

    kind: MarkKind
    begin: int
    end: int
    url: str = ""
    """Where a link leads."""

    def form(self) -> dict[str, Any]:
        """Everything it says, in plain values that are written down and hashed."""
        plain = {"kind": self.kind.value, "begin": self.begin, "end": self.end}
        return {**plain, "url": self.url} if self.url else plain

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> "Mark":
        """Read back what `form` wrote."""
        return cls(MarkKind(form["kind"]), form["begin"], form["end"], form.get("url", ""))


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch as a chat client reports it, in UTF-16 units."""

    name: str
    offset: int
    length: int
    url: str = ""


def marks_of(text: str, entities: Iterable[Entity]) -> tuple[tuple[Mark, ...], tuple[str, ...]]:
    """What of a message's formatting is kept, and the names of what is not."""
    places = _units_to_points(text)
    kept, dropped = set(), set()
    for one in entities:
        kind = _NAMES.get(one.name)
        insecure = kind is MarkKind.LINK and not one.url.lower().startswith(SECURE)
        if kind is None or insecure:
            dropped.add("insecure_link" if insecure else one.name)
            continue
        begin, end = (_at(places, units) for units in (one.offset, one.offset + one.length))
        if begin < end:
            kept.add(Mark(kind, begin, end, one.url if kind is MarkKind.LINK else ""))
    return tuple(sorted(kept)), tuple(sorted(dropped - _NO_FORMATTING))


def tidied(text: str, marks: Iterable[Mark]) -> tuple[str, tuple[Mark, ...]]:
    """The text in the form in which it is kept, and its marks where they lie in that."""
    whole = unicodedata.normalize("NFC", text)
    kept = normalised(text)
    lead = len(whole) - len(whole.lstrip())

    def moved(place: int) -> int:
        before = len(unicodedata.normalize("NFC", text[: max(place, 0)]))
        return min(max(before - lead, 0), len(kept))

    shifted = {replace(one, begin=moved(one.begin), end=moved(one.end)) for one in marks}
    return kept, tuple(sorted(one for one in shifted if one.begin < one.end))


def within(marks: Iterable[Mark], begin: int, end: int) -> tuple[Mark, ...]:
    """What of the marks lies on this stretch, counted from its beginning."""
    cut = (
        replace(one, begin=max(one.begin, begin) - begin, end=min(one.end, end) - begin)
        for one in marks
    )
    return tuple(one for one in cut if one.begin < one.end)


def marked_up(text: str, marks: Sequence[Mark]) -> str:
    """The text in our few tags: escaped, every tag closed, none crossing another."""
    places = {min(max(edge, 0), len(text)) for one in marks for edge in (one.begin, one.end)}
    edges = sorted(places | {0, len(text)})
    written: list[str] = []
    opened: list[tuple[MarkKind, str]] = []
    for begin, end in pairwise(edges):
        wanted = _on(marks, begin, end)
        shared = _shared(opened, wanted)
        written += [f"</{_TAGS[kind]}>" for kind, _ in reversed(opened[shared:])]
        written += [_opening(kind, url) for kind, url in wanted[shared:]]
        written.append(escape(text[begin:end]))
        opened = wanted
    written += [f"</{_TAGS[kind]}>" for kind, _ in reversed(opened)]
    return "".join(written)


def _on(marks: Sequence[Mark], begin: int, end: int) -> list[tuple[MarkKind, str]]:
    """How a stretch looks, the outermost tag first; of two links on it the first counts."""
    found: dict[MarkKind, str] = {}
    for one in sorted(marks):
        if one.begin <= begin and end <= one.end:
            found.setdefault(one.kind, one.url)
    return [(kind, found[kind]) for kind in _OUTERMOST_FIRST if kind in found]


def _shared(opened: Sequence[object], wanted: Sequence[object]) -> int:
    """How many tags stay open from one stretch to the next."""
    count = 0
    for one, other in zip(opened, wanted, strict=False):
        if one != other:
            break
        count += 1
    return count


def _opening(kind: MarkKind, url: str) -> str:
    return f'<a href="{escape(url)}">' if kind is MarkKind.LINK else f"<{_TAGS[kind]}>"


def _units_to_points(text: str) -> list[int]:
    """For each UTF-16 unit the code point it belongs to."""
    places = []
    for place, sign in enumerate(text):
        places += [place] * utf16_units(sign)
    return [*places, len(text)]


def _at(places: Sequence[int], units: int) -> int:
    return places[min(max(units, 0), len(places) - 1)]
