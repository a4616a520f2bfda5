"""Addresses in a bulletin: where each leads, and whether its words say so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from domain.model.marks import SECURE, MarkKind
from domain.model.version import Version

LONGEST_URL = 200
LONGEST_HOST = 80
MOST_LINKS = 10
"""So that whoever approves sees all of them, in full."""
_ENDINGS = "vn|com|net|org|info|gov|edu|io|me|asia|app|site|online|top|xyz|link|shop|ly|kh|th|cn|la"
_OTHER = "javascript|vbscript|data|mailto|tel|sms"
"""Schemes that are written without strokes."""
_ADDRESS = re.compile(
    rf"(?:(?P<scheme>[a-z][a-z0-9+.\-]*)://\S+|\b(?:{_OTHER}):(?=\S)\S+|(?<![\w@.])(?:[a-z0-9\-]+\.)+(?:{_ENDINGS})\b(?:[/?#]\S*)?)",
    re.IGNORECASE,
)
_OTHER_SCHEME = re.compile(rf"(?:{_OTHER}):", re.IGNORECASE)
_CLOSING = ".,;:!?)]}”\"'"


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a reader can open (liên kết)."""

    words: str
    """What is shown for it; the address itself where it stands openly."""
    url: str

    @property
    def host(self) -> str:
        """The name of the site; empty if there is none."""
        return host_of(self.url)


def links_in(version: Version) -> tuple[Link, ...]:
    """All addresses of a version, each once, in the order in which they come."""
    marked = [
        (one.begin, Link(version.text[one.begin : one.end], one.url))
        for one in version.marks
        if one.kind is MarkKind.LINK
    ]
    covered = [(one.begin, one.end) for one in version.marks if one.kind is MarkKind.LINK]
    plain = [
        (begin, Link(url, url))
        for begin, url in addresses_in(version.text)
        if not any(first <= begin < last for first, last in covered)
    ]
    titled = [(-1, Link(url, url)) for _, url in addresses_in(version.title)]
    found = sorted([*titled, *marked, *plain], key=lambda placed: placed[0])
    return tuple(dict.fromkeys(link for _, link in found))


def addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """What a chat client makes a link of by itself, and where it begins."""
    for found in _ADDRESS.finditer(text):
        yield found.start(), found[0].rstrip(_CLOSING)


def host_of(url: str) -> str:
    """The site's name in small letters, without "www."; empty if there is none to be told."""
    try:
        host = urlsplit(url if "://" in url else SECURE + url).hostname
    except ValueError:
        return ""
    return (host or "").removeprefix("www.")


def is_secure(url: str) -> bool:
    """Whether it is https, or names no scheme at all, as people write a site's name."""
    if url.lower().startswith(SECURE):
        return True
    return "://" not in url and not _OTHER_SCHEME.match(url)


def is_plain(url: str) -> bool:
    """Whether its host can be read for what it is: no name before it, only plain letters."""
    try:
        parts = urlsplit(url if "://" in url else SECURE + url)
        parts.port  # noqa: B018 - reading it finds what is no number
    except ValueError:
        return False
    host = parts.hostname or ""
    readable = "." in host and "xn--" not in host and len(host) <= LONGEST_HOST
    seen = url.isascii() and url.isprintable() and " " not in url
    return readable and seen and "@" not in parts.netloc


def says_another(link: Link) -> bool:
    """Whether its words look like an address that is not the one it leads to."""
    return any(host_of(said) != link.host for _, said in addresses_in(link.words))


def spelled_out(version: Version) -> str:
    """Its text where no link can be marked: each address stands behind the words it was under."""
    text = version.text
    linked = [one for one in version.marks if one.kind is MarkKind.LINK]
    for one in sorted(linked, key=lambda mark: mark.end, reverse=True):
        text = f"{text[: one.end]} ({one.url}){text[one.end :]}"
    return text
