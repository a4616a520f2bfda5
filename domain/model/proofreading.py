"""What is looked for before anybody else sees a bulletin: what was forgotten, or looks wrong."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.model.links import (
    LONGEST_URL,
    MOST_LINKS,
    Link,
    is_plain,
    is_secure,
    links_in,
    says_another,
)
from domain.model.text import INVISIBLE, shown_short
from domain.model.typed_dates import dates_in
from domain.model.version import FIRST_LANGUAGE, Version

KHMER = "km"


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


_FORGOTTEN = re.compile(
    r"\{[^{}\n]{0,60}\}|\b[xX]{1,4}(?:/[xX]{1,4})+\b|_{3,}|(?:…|\.{2,})\s*/\s*(?:…|\.{2,})"
    r"|…{2,}|\.{4,}"
)
_BRACKETS = re.compile(r"\[[^\[\]\n]{0,60}\]")
_STEERS_EMOJI = "\u200d"
_STEER_KHMER = frozenset("\u200b\u200c\u200d")
_TAGS = range(0xE0020, 0xE0080)
_AROUND = 12


def proofread(
    versions: Sequence[Version],
    today: date,
    is_template: bool = False,
    beside: Sequence[str] = (),
) -> tuple[Misprint, ...]:
    """All that looks wrong, version by version; of the texts beside them what deceives."""
    found = [one for version in versions for one in _proofread(version, today, is_template)]
    for text in beside:
        found += hidden_signs(text, FIRST_LANGUAGE)
    links = all_links(versions, beside)
    found += [one for language, link in links for one in _link(link, language)]
    if len(links) > MOST_LINKS:
        found.append(Misprint(MisprintKind.TOO_MANY_LINKS, FIRST_LANGUAGE, "", str(MOST_LINKS)))
    return tuple(found)


def all_links(versions: Sequence[Version], beside: Sequence[str] = ()) -> list[tuple[str, Link]]:
    """Every link with the language of the text in which it comes first."""
    texts = [*versions, *(Version(FIRST_LANGUAGE, "", text) for text in beside)]
    found: dict[Link, str] = {}
    for version in texts:
        for link in links_in(version):
            found.setdefault(link, version.language)
    return [(language, link) for link, language in found.items()]


def hidden_signs(text: str, language: str) -> Iterator[Misprint]:
    """Each sign that nobody sees and that changes how others read; by its name."""
    for place, sign in enumerate(text):
        if _is_hidden(sign) and not _belongs(text, place, language):
            before, after = text[max(place - _AROUND, 0) : place], text[place + 1 :][:_AROUND]
            code = f"U+{ord(sign):04X}"
            passage = shown_short(f"{_seen(before)}‹{code}›{_seen(after)}")
            name = f"{code} {unicodedata.name(sign, '')}".rstrip()
            yield Misprint(MisprintKind.HIDDEN_SIGN, language, passage, name)


def _proofread(version: Version, today: date, is_template: bool) -> Iterator[Misprint]:
    for text in (version.title, version.text):
        yield from hidden_signs(text, version.language)
        yield from _placeholders(text, version.language, is_template)
        yield from _dates(text, version.language, today)


def _placeholders(text: str, language: str, is_template: bool) -> Iterator[Misprint]:
    patterns = (_FORGOTTEN,) if is_template else (_FORGOTTEN, _BRACKETS)
    for pattern in patterns:
        for found in pattern.finditer(text):
            yield Misprint(MisprintKind.PLACEHOLDER, language, shown_short(found[0]))


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
    elif not is_plain(link.url) or len(link.url) > LONGEST_URL:
        yield Misprint(MisprintKind.ODD_LINK, language, shown, shown_short(link.url))
    elif says_another(link):
        yield Misprint(MisprintKind.OTHER_TARGET, language, shown, link.host)


def _is_hidden(sign: str) -> bool:
    control = unicodedata.category(sign) == "Cc" and sign not in "\n\t"
    return control or unicodedata.category(sign) in (INVISIBLE, "Co", "Cn", "Zl", "Zp")


def _belongs(text: str, place: int, language: str) -> bool:
    """Whether it joins the parts of one emoji, or words as Khmer is written."""
    sign = text[place]
    if language == KHMER and sign in _STEER_KHMER:
        return True
    before = text[:place].rstrip("\ufe0f🏻🏼🏽🏾🏿")
    drawn = bool(before) and (unicodedata.category(before[-1]) == "So" or ord(before[-1]) in _TAGS)
    if ord(sign) in _TAGS or ord(sign) == _TAGS[-1]:
        return drawn
    after = text[place + 1 : place + 2]
    return sign == _STEERS_EMOJI and drawn and bool(after) and unicodedata.category(after) == "So"


def _seen(text: str) -> str:
    return "".join(sign for sign in text if not _is_hidden(sign))
