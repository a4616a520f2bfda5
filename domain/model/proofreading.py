"""What is looked for before anybody else sees a bulletin: what was forgotten, or looks wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import Refusal
from domain.model.bulletin import Draft, Revision
from domain.model.findings import hidden_signs, is_hidden, leads_to_a_site, placeholders
from domain.model.links import (
    MOST_LINKS,
    Link,
    is_secure,
    links_in,
    says_another,
)
from domain.model.material import MaterialBody
from domain.model.text import shown_short
from domain.model.typed_dates import dates_in
from domain.model.version import FIRST_LANGUAGE, Version


class MisprintKind(StrEnum):
    """What may be wrong with a text."""

    PLACEHOLDER = "placeholder"
    IMPOSSIBLE_DATE = "impossible_date"
    WRONG_WEEKDAY = "wrong_weekday"
    PAST_DATE = "past_date"
    HIDDEN_SIGN = "hidden_sign"
    INSECURE_LINK = "insecure_link"
    ODD_LINK = "odd_link"
    """Its site cannot be read for what it is, or it is too long to be read at all."""
    OTHER_TARGET = "other_target"
    TOO_MANY_LINKS = "too_many_links"
    LEFT_BEHIND = "left_behind"
    """It still says what it said before the Vietnamese was put right."""


REFUSED = frozenset(
    {
        MisprintKind.HIDDEN_SIGN,
        MisprintKind.INSECURE_LINK,
        MisprintKind.ODD_LINK,
        MisprintKind.OTHER_TARGET,
        MisprintKind.TOO_MANY_LINKS,
    }
)
"""What deceives a reader is refused; the rest may be meant, and is only shown."""


@dataclass(frozen=True, slots=True)
class Misprint:
    """One passage that should be looked at again (chỗ cần soát)."""

    kind: MisprintKind
    language: str
    passage: str
    detail: str = ""
    """The sign's name, or where the link leads."""
    day: date | None = None
    """The day that the passage names."""

    @property
    def is_refused(self) -> bool:
        return self.kind in REFUSED


_AROUND = 12


def proofread(
    versions: Sequence[Version],
    today: date,
    is_template: bool = False,
    beside: Sequence[Version] = (),
) -> tuple[Misprint, ...]:
    """All that looks wrong, version by version; of the texts beside them what deceives."""
    found = [one for version in versions for one in _proofread(version, today, is_template)]
    for one in beside:
        found += _hidden(one.text, one.language)
    links = all_links(versions, beside)
    found += [one for language, link in links for one in _link(link, language)]
    if len(links) > MOST_LINKS:
        found.append(Misprint(MisprintKind.TOO_MANY_LINKS, FIRST_LANGUAGE, "", str(MOST_LINKS)))
    return tuple(found)


def words_beside(one: Draft | Revision) -> tuple[Version, ...]:
    """What else somebody reads of it: who says so and on what ground, what is said of its files,
    its question with the answers.
    """
    said = (one.issuing_body, one.source, one.talking_points, *(a.alt for a in one.attachments))
    asked = one.poll.words if one.poll else {}
    return (
        *(Version(FIRST_LANGUAGE, "", text) for text in said),
        *(
            Version(language, "", text)
            for language, words in asked.items()
            for text in (words.question, *words.options, words.explanation)
        ),
    )


def words_of_material(body: MaterialBody) -> tuple[Version, ...]:
    """All that those who go among people read of it, in its order."""
    return (
        Version(FIRST_LANGUAGE, body.title, body.text),
        Version(FIRST_LANGUAGE, "", body.points),
        *(Version(FIRST_LANGUAGE, pair.question, pair.answer) for pair in body.pairs),
    )


def words_beside_material(body: MaterialBody) -> tuple[Version, ...]:
    """Who says so and on what ground, and what its file is called."""
    said = (body.issuing_body, body.source, body.handout.name if body.handout else "")
    return tuple(Version(FIRST_LANGUAGE, "", text) for text in said)


def proofread_material(body: MaterialBody, today: date) -> tuple[Misprint, ...]:
    """The same for material for communicators: it is read out to people word for word."""
    return proofread(words_of_material(body), today, beside=words_beside_material(body))


def require_honest(misprints: Sequence[Misprint]) -> None:
    """Refuse words that would deceive a reader."""
    for one in misprints:
        if one.is_refused:
            raise Refusal(f"proof.{one.kind}", passage=one.passage, detail=one.detail)


def all_links(
    versions: Sequence[Version], beside: Sequence[Version] = ()
) -> list[tuple[str, Link]]:
    """Every link with the language of the text in which it comes first."""
    found: dict[Link, str] = {}
    for version in (*versions, *beside):
        for link in links_in(version):
            found.setdefault(link, version.language)
    return [(language, link) for link, language in found.items()]


def _hidden(text: str, language: str) -> Iterator[Misprint]:
    """Each hidden sign by its name, with the words around it."""
    for one in hidden_signs(text):
        place = one.begin
        before, after = text[max(place - _AROUND, 0) : place], text[place + 1 :][:_AROUND]
        passage = shown_short(f"{_seen(before)}‹U+{ord(text[place]):04X}›{_seen(after)}")
        yield Misprint(MisprintKind.HIDDEN_SIGN, language, passage, one.shown)


def _proofread(version: Version, today: date, is_template: bool) -> Iterator[Misprint]:
    for text in (version.title, version.text):
        yield from _hidden(text, version.language)
        yield from _placeholders(text, version.language, is_template)
        yield from _dates(text, version.language, today)


def _placeholders(text: str, language: str, is_template: bool) -> Iterator[Misprint]:
    for one in placeholders(text, is_template):
        yield Misprint(MisprintKind.PLACEHOLDER, language, shown_short(one.shown))


def left_behind(old: Sequence[Version], new: Sequence[Version]) -> tuple[Misprint, ...]:
    """Languages in which a correction corrects nothing, though its Vietnamese says other words."""
    before = {version.language: version for version in old}
    stayed = {one.language for one in new if before.get(one.language) == one}
    if FIRST_LANGUAGE in stayed:
        return ()
    return tuple(Misprint(MisprintKind.LEFT_BEHIND, language, "") for language in sorted(stayed))


def _dates(text: str, language: str, today: date) -> Iterator[Misprint]:
    for one in dates_in(text):
        day = one.on(today)
        if not one.is_possible or (one.year and day is None):
            yield Misprint(MisprintKind.IMPOSSIBLE_DATE, language, one.written)
        elif day and one.weekday is not None and one.weekday != day.weekday():
            yield Misprint(MisprintKind.WRONG_WEEKDAY, language, one.written, day=day)
        elif day and one.year and day < today and not one.is_since:
            yield Misprint(MisprintKind.PAST_DATE, language, one.written, day=day)


def _link(link: Link, language: str) -> Iterator[Misprint]:
    shown = shown_short(_seen(link.words))
    if not is_secure(link.url):
        yield Misprint(MisprintKind.INSECURE_LINK, language, shown, shown_short(link.url))
    elif not leads_to_a_site(link.url):
        yield Misprint(MisprintKind.ODD_LINK, language, shown, shown_short(link.url))
    elif says_another(link):
        yield Misprint(MisprintKind.OTHER_TARGET, language, shown, link.host)


def _seen(text: str) -> str:
    return "".join(sign for sign in text if not is_hidden(sign))
