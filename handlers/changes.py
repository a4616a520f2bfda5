"""What changed from one revision to another, as an approver reads it: always within one message."""

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from content.catalog import Words
from domain.model.bulletin import Revision
from domain.model.difference import Fate, Piece, changes, difference
from domain.model.text import utf16_units, visible
from domain.model.version import FIRST_LANGUAGE
from handlers.faces import shortened
from handlers.schedules import span, when

ROOM = 2200
"""UTF-16 units for the changed passages; the rest of them are counted."""
MOST_MARKS = 80
"""Words struck out, underlined or bold: a channel shows a hundred in one message."""
LONGEST_PASSAGE = 400
LONGEST_CHANGE = 200
LONGEST_AROUND = 40
"""Of what stands before and after a change."""


def changed_lines(words: Words, old: Revision, new: Revision) -> list[Markup]:
    """What is said about each change: first the terms, then the passages, as many as have room."""
    lines = [*_terms(words, old, new)]
    passages = [
        words.html("changes.passage", what=_named(words, language, part), passage=passage)
        for (language, part), (was, now) in _both(old, new).items()
        for passage in _passages(was, now)
    ]
    room, marks = ROOM, MOST_MARKS
    for place, passage in enumerate(passages):
        room -= utf16_units(visible(passage))
        marks -= passage.count("</")
        if min(room, marks) < 0:
            lines.append(words.html("correct.more_passages", count=len(passages) - place))
            break
        lines.append(passage)
    return lines


def _terms(words: Words, old: Revision, new: Revision) -> Iterator[Markup]:
    """Class, field, time and what belongs to it: what was, struck out, and what is now."""
    before, after = _said(words, old), _said(words, new)
    for name, was in before.items():
        if was != after[name]:
            what = words.text(f"changes.{name}")
            yield words.html("changes.term", what=what, old=was, new=after[name])
    if _looks(old) != _looks(new):
        yield words.html("changes.looks")


def _both(old: Revision, new: Revision) -> dict[tuple[str, str], tuple[str, str]]:
    """What is compared word by word: by language and part, as it was and as it is."""
    before, after = _written(old), _written(new)
    names = dict.fromkeys([*after, *before])
    return {name: (before.get(name, ""), after.get(name, "")) for name in names}


def _written(one: Revision) -> dict[tuple[str, str], str]:
    """Every part by its language; "" stands for what is said in none."""
    said = {("", "issuing_body"): one.issuing_body}
    for version in one.versions:
        # Of a link only its words are in the text: where it leads is compared apart.
        links = [f"{version.text[mark.begin : mark.end]} → {mark.url}" for mark in version.marks]
        linked = "\n".join(
            link for link, mark in zip(links, version.marks, strict=True) if mark.url
        )
        parts = {"title": version.title, "text": version.text, "links": linked}
        said |= {(version.language, part): text for part, text in parts.items()}
    return said | {("", "source"): one.source, ("", "talking_points"): one.talking_points}


def _named(words: Words, language: str, part: str) -> str:
    what = words.text(f"changes.{part}")
    if language in ("", FIRST_LANGUAGE):
        return what
    return f"{what} ({words.text(f'language.{language}')})"


def _looks(one: Revision) -> list[tuple[str, object, str, str]]:
    """Which stretches of each language look otherwise than plain, and how."""
    return [
        (version.language, mark.kind, version.text[mark.begin : mark.end], mark.url)
        for version in one.versions
        for mark in version.marks
    ]


def _said(words: Words, one: Revision) -> dict[str, str]:
    said = {
        "bulletin_class": words.text(f"class.{one.bulletin_class}"),
        "field": words.text(f"field.{one.field}"),
        "good_for": span(words, one.good_for),
    }
    if not one.is_template:
        said |= {"send_at": when(words, one), "misfire": words.text(f"misfire.{one.misfire}")}
    return {"send_at": "–", "misfire": "–"} | said


def _passages(old: str, new: str) -> Iterator[Markup]:
    """Each changed place with a few words around it; places close together are one passage."""
    pieces = difference(old, new)
    for first, end in _joined(pieces):
        before = _tail(pieces[first - 1].text) if first else Markup("")
        after = _head(pieces[end].text) if end < len(pieces) else Markup("")
        yield before + Markup("").join(_shown(one) for one in pieces[first:end]) + after


def _joined(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """The changed places; those with few words between them together."""
    places = list(changes(pieces))
    while places:
        first, end = places.pop(0)
        long = _length(pieces[first:end])
        while places and len(pieces[end].text) <= LONGEST_AROUND and long < LONGEST_PASSAGE:
            end = places.pop(0)[1]
            long = _length(pieces[first:end])
        yield first, end


def _length(pieces: Sequence[Piece]) -> int:
    return sum(min(len(one.text), LONGEST_CHANGE) for one in pieces)


def _shown(piece: Piece) -> Markup:
    match piece.fate:
        case Fate.REMOVED:
            return Markup("<s>{}</s> ").format(_marked(piece.text))
        case Fate.ADDED:
            ends = " " if piece.text[-1].isspace() else ""
            return Markup("<u>{}</u>{}").format(_marked(piece.text), ends)
        case _:
            return Markup("{}").format(re.sub(r"\s+", " ", piece.text))


def _marked(text: str) -> str:
    """Changed words, short; a change of lines or spaces alone by a sign that can be seen."""
    return shortened(text, LONGEST_CHANGE) or ("⏎" if "\n" in text else "␣")


def _tail(text: str) -> Markup:
    """The last words before a change."""
    line = re.sub(r"\s+", " ", text).lstrip()
    if len(line) <= LONGEST_AROUND:
        return Markup("{}").format(line)
    kept = line[-LONGEST_AROUND:]
    return Markup("… {}").format(kept.partition(" ")[2] or kept)


def _head(text: str) -> Markup:
    """The first words after a change."""
    line = re.sub(r"\s+", " ", text).rstrip()
    if len(line) <= LONGEST_AROUND:
        return Markup("{}").format(line)
    kept = line[:LONGEST_AROUND]
    return Markup("{} …").format(kept.rpartition(" ")[0] or kept)
