"""What should stand in no words for everybody: blanks, days that are none, hidden signs, links."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.model.hidden_signs import is_unseen, sign_name
from domain.model.links import LONGEST_URL, Link, addresses_in, is_plain, is_secure, says_another
from domain.model.typed_dates import dates_in

JOINERS = "\u200b\u200c\u200d"
"""Khmer is typed with them, and emoji are made of the last; between other signs they hide."""
_TAGS = range(0xE0020, 0xE0080)
_PLACEHOLDER = re.compile(
    r"\{[^{}\n]*\}"
    r"|_{3,}"
    r"|\b(?:[xX]{1,4}|\d{1,2})(?:/[xX]{1,4})+(?:/\d{4})?\b"
    r"|\b[xX]{3,}\b"
    r"|(?:…|\.{2,})\s*/\s*(?:…|\.{2,})"
    r"|(?:…|\.{3,})(?=[/\-]\w)|(?<=\w[/\-])(?:…|\.{3,})"
    r"|…{2,}|…\.+|\.{4,}"
    r"|(?<=\bngày )(?:…|\.{3,})|(?<=\bsố )(?:…|\.{3,})|(?<=\blúc )(?:…|\.{3,})"
)
_BRACKETS = re.compile(r"\[(?!\d+\])[^\[\]\n]*\]")
"""A number in brackets is a note; in a template all brackets are choices."""


class FindingKind(StrEnum):
    """What is wrong; the catalogue has a sentence for each."""

    HIDDEN_SIGN = "hidden_sign"
    PLACEHOLDER = "placeholder"
    NO_SUCH_DATE = "no_such_date"
    LINK_SCHEME = "link_scheme"
    """It leads elsewhere than to a site that can be read for what it is."""
    LINK_DISGUISED = "link_disguised"
    """The words are one address, and it leads to another."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that nobody can have meant (chỗ sót)."""

    kind: FindingKind
    begin: int
    """Where in the text it stands."""
    shown: str
    leads_to: str = ""


def findings_in(text: str) -> tuple[Finding, ...]:
    """All that slipped into a text, in the order in which it stands there."""
    found = [*hidden_signs(text), *placeholders(text), *_no_dates(text), *_bare_links(text)]
    return tuple(sorted(found, key=lambda one: one.begin))


def findings_of_link(words: str, url: str, begin: int = 0) -> tuple[Finding, ...]:
    """What is wrong with a link under these words: it leads elsewhere than one would think."""
    if not leads_to_a_site(url):
        return (Finding(FindingKind.LINK_SCHEME, begin, url),)
    if says_another(Link(words, url)):
        return (Finding(FindingKind.LINK_DISGUISED, begin, words, url),)
    return ()


def leads_to_a_site(url: str) -> bool:
    """Whether it leads to a site over https, by an address that can be read for what it is."""
    return is_secure(url) and is_plain(url) and len(url) <= LONGEST_URL


def hidden_signs(text: str) -> Iterator[Finding]:
    """Each sign that nobody sees and that changes how others read; by its name."""
    for at, sign in enumerate(text):
        if is_hidden(sign) and not _belongs(text, at):
            yield Finding(FindingKind.HIDDEN_SIGN, at, sign_name(sign))


def is_hidden(sign: str) -> bool:
    """A tabulator is seen."""
    return sign != "\t" and is_unseen(sign)


def placeholders(text: str, is_template: bool = False) -> Iterator[Finding]:
    """What was to be filled in; the choices of a template are none of it."""
    for pattern in (_PLACEHOLDER,) if is_template else (_PLACEHOLDER, _BRACKETS):
        for found in pattern.finditer(text):
            yield Finding(FindingKind.PLACEHOLDER, found.start(), found[0])


def _no_dates(text: str) -> Iterator[Finding]:
    for one in dates_in(text):
        if not one.is_possible:
            yield Finding(FindingKind.NO_SUCH_DATE, one.begin, one.written)


def _bare_links(text: str) -> Iterator[Finding]:
    for begin, url in addresses_in(text):
        if not leads_to_a_site(url):
            yield Finding(FindingKind.LINK_SCHEME, begin, url)


def _belongs(text: str, at: int) -> bool:
    """Whether it joins the parts of one emoji, or words as Khmer is written."""
    sign, after = text[at], text[at + 1 : at + 2]
    if sign in JOINERS and at > 0 and after and (_is_khmer(text[at - 1]) or _is_khmer(after)):
        return True
    before = text[:at].rstrip("\ufe0f🏻🏼🏽🏾🏿")
    drawn = bool(before) and (unicodedata.category(before[-1]) == "So" or ord(before[-1]) in _TAGS)
    if ord(sign) in _TAGS:
        return drawn
    return sign == JOINERS[-1] and drawn and bool(after) and unicodedata.category(after) == "So"


def _is_khmer(sign: str) -> bool:
    return "\u1780" <= sign <= "\u17ff" or "\u19e0" <= sign <= "\u19ff"
