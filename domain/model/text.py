"""Measuring and masking text: what a channel counts, and what a screen should not show."""

import re
import unicodedata
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_OPENING = re.compile(r"<[a-z]")
# A phone (9-11 digits), an identity number (9 or 12 digits) or longer, however it was grouped.
_NUMBER = re.compile(r"(?<!\d)\+?\d(?:(?:\) ?|[ \u00a0.\-])?\d){8,}(?!\d)")
_NINE_DIGITS = re.compile(r"(?:\d\D{0,2}){9}")
"""Whatever has none has no such number; to look for this alone takes less time."""
_SHOWN_DIGITS = 2
# Letters and signs by their category, and yet nothing is drawn: Hangul fillers, blank Braille.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")

INVISIBLE = "Cf"
"""The category of signs that only steer how others are set, such as a space of no width."""


def normalised(text: str) -> str:
    """Text in NFC without surrounding white space: the form in which everything is kept."""
    return unicodedata.normalize("NFC", text).strip()


def one_line(text: str) -> str:
    """The same on one line, each stretch of white space as one space."""
    return " ".join(normalised(text).split())


def folded_name(name: str) -> str:
    """A name for comparing, whatever its case, form of marks, spaces and signs that nobody sees;
    the marks count.
    """
    seen = "".join(c for c in name if unicodedata.category(c) != INVISIBLE)
    return " ".join(unicodedata.normalize("NFC", seen).split()).casefold()


def name_order(name: str) -> tuple[tuple[int, str], ...]:
    """By which names are sorted: "Khu vực 2" comes before "Khu vực 10"."""
    parts = re.findall(r"\d+|\D+", folded_name(name))
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)


def has_words(text: str) -> bool:
    """Whether a reader would see anything: not only spaces, marks and invisible characters."""
    return any(unicodedata.category(c)[0] not in "ZCM" and c not in _BLANK for c in text)


def has_letters(text: str) -> bool:
    """Whether anything in it can be read out: not only emoji and signs."""
    return any(unicodedata.category(c)[0] in "LN" and c not in _BLANK for c in text)


def utf16_units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units, so that most emoji count two."""
    return len(text.encode("utf-16-le")) // 2


def units_over(text: str, limit: int) -> int:
    """By how many units a text is too long; 0 if it fits."""
    return max(0, utf16_units(text) - limit)


def visible(markup: str) -> str:
    """What a reader sees of text with our few HTML tags."""
    return unescape(_TAG.sub("", markup))


MOST_STRETCHES = 100
"""Of one message that a channel shows formatted; it drops what is beyond, without a word."""


def stretches(markup: str) -> int:
    """How many stretches of a page are formatted, each of several kinds as often as it is."""
    return len(_OPENING.findall(markup))


def masked(text: str) -> str:
    """Text with phone and identity numbers hidden but for the last two digits."""

    def hide(found: re.Match[str]) -> str:
        digits = [c for c in found.group() if c.isdigit()]
        return "•" * (len(digits) - _SHOWN_DIGITS) + "".join(digits[-_SHOWN_DIGITS:])

    return _NUMBER.sub(hide, text)


def without_numbers(text: str) -> str:
    """Text with nothing left of phone and identity numbers, for what is looked for in it."""
    return _NUMBER.sub(" ", text) if _NINE_DIGITS.search(text) else text


LONGEST_SHOWN = 40


def shown_short(typed: str) -> str:
    """What somebody typed, short enough to be quoted in one sentence."""
    line = one_line(typed)
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1].rstrip() + "…"
