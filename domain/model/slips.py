"""What slips into words that are meant for everybody: blanks, days that are none, hidden signs."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

LEAP_YEAR = 2024
"""What a day without a year is tried in: the 29th of February is one."""
MONTHS = range(1, 13)
DAYS = range(1, 32)
JOINERS = "\u200b\u200c\u200d"
"""Khmer is typed with them, and emoji are made of them; between other signs they hide something."""
BLANK = "\u115f\u1160\u3164\uffa0\u2800"
"""Signs of which nothing is drawn, although they count as letters."""
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
_PLACEHOLDER = re.compile(
    r"\{[^{}\n]*\}"
    r"|\[(?!\d+\])[^\[\]\n]*\]"
    r"|(?<!\w)(?:…|\.{3,})|(?:…|\.{3,})(?=[/\-\w])"
    r"|_{3,}"
    r"|\b(?:[xX]{1,2}|\d{1,2})/[xX]{1,2}(?:/(?:\d{4}|[xX]{2,4}))?\b"
    r"|\b[xX]{3,}\b"
)
_DATE = re.compile(
    r"(?P<named>ngày )?(?<![\d/\-.,])(?P<day>\d{1,2})(?P<sign>[/-])(?P<month>\d{1,2})"
    r"(?:(?P=sign)(?P<year>\d{4}))?(?![\d/\-\w])"
)
_SPELT = re.compile(
    r"(?P<named>ngày )(?P<day>\d{1,2}) tháng (?P<month>\d{1,2})(?: năm (?P<year>\d{4}))?(?!\d)"
)
_OTHER_SCHEME = re.compile(
    r"\b(?:http|ftp|file|tg|ton|tonsite|intent|market|blob)://\S*"
    r"|\b(?:javascript|vbscript|data|mailto|tel|sms):(?=\S)\S+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://)?(?P<host>[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,})\b")


class SlipKind(StrEnum):
    """What is wrong; the catalogue has a sentence for each."""

    HIDDEN_SIGN = "hidden_sign"
    PLACEHOLDER = "placeholder"
    NO_SUCH_DATE = "no_such_date"
    LINK_SCHEME = "link_scheme"
    LINK_DISGUISED = "link_disguised"
    """The words are one address, and it leads to another."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that nobody can have meant (chỗ sót)."""

    kind: SlipKind
    begin: int
    """Where in the text it stands."""
    shown: str
    leads_to: str = ""


def slips_in(text: str) -> tuple[Slip, ...]:
    """All that slipped into a text, in the order in which it stands there."""
    found = [*_hidden(text), *_placeholders(text), *_no_dates(text), *_bare_links(text)]
    return tuple(sorted(found, key=lambda slip: slip.begin))


def slips_of_link(words: str, url: str, begin: int = 0) -> tuple[Slip, ...]:
    """What is wrong with a link under these words: it leads elsewhere than one would think."""
    host = _host(url)
    if not host:
        return (Slip(SlipKind.LINK_SCHEME, begin, url),)
    named = _ADDRESS.search(words)
    if named and _plain(named["host"]) != _plain(host):
        return (Slip(SlipKind.LINK_DISGUISED, begin, words, url),)
    return ()


def sign_name(sign: str) -> str:
    """A sign by its number and its name, for it cannot be shown: "U+202E RIGHT-TO-LEFT …"."""
    name = unicodedata.name(sign, "")
    return f"U+{ord(sign):04X} {name}".rstrip()


def _hidden(text: str) -> Iterator[Slip]:
    for at, sign in enumerate(text):
        unseen = unicodedata.category(sign) in UNSEEN or sign in BLANK
        if unseen and sign != "\n" and not (sign in JOINERS and _joins(text, at)):
            yield Slip(SlipKind.HIDDEN_SIGN, at, sign_name(sign))


def _joins(text: str, at: int) -> bool:
    """Whether the sign stands where its script wants it: beside Khmer, or inside an emoji."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or not after:
        return False
    if _is_khmer(before) or _is_khmer(after):
        return True
    drawn = ("So", "Sk", "Mn", "Me")
    return all(unicodedata.category(one) in drawn for one in (before, after))


def _is_khmer(sign: str) -> bool:
    return "\u1780" <= sign <= "\u17ff" or "\u19e0" <= sign <= "\u19ff"


def _placeholders(text: str) -> Iterator[Slip]:
    for found in _PLACEHOLDER.finditer(text):
        yield Slip(SlipKind.PLACEHOLDER, found.start(), found[0])


def _no_dates(text: str) -> Iterator[Slip]:
    for form in (_DATE, _SPELT):
        for found in form.finditer(text):
            if not _is_date(found):
                begin = found.start("day")
                yield Slip(SlipKind.NO_SUCH_DATE, begin, text[begin : found.end()])


def _is_date(found: re.Match[str]) -> bool:
    """Whether there is such a day; two numbers that do not claim to be one are left alone."""
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    claims = bool(found["named"] or year) or (month in MONTHS and day in DAYS)
    if not claims:
        return True
    try:
        date(int(year or LEAP_YEAR), month, day)
    except ValueError:
        return False
    return True


def _bare_links(text: str) -> Iterator[Slip]:
    for found in _OTHER_SCHEME.finditer(text):
        yield Slip(SlipKind.LINK_SCHEME, found.start(), found[0])


def _host(url: str) -> str:
    """Where a link leads, if it is https and hides nothing; else nothing."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - reading it finds what is no number
    except ValueError:
        return ""
    honest = parts.scheme == "https" and "@" not in parts.netloc and "." in host
    return host if honest and url.isascii() and url.isprintable() and " " not in url else ""


def _plain(host: str) -> str:
    return host.lower().removeprefix("www.")
