"""Words of time as people type them, whoever reads them: days of the week, dates, hours."""

import re
import unicodedata
from datetime import time

from domain.model.moment import meant_time
from domain.model.text import normalised

# What is looked through has neither capitals nor marks: "Thứ Hai" and "thu hai" are one.
DATE = r"(?:ngay )?(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?:[/-](?P<year>\d{4}))?(?![/\-\d])"
NAME = r"(?:[2-7]|hai|ba|tu|nam|sau|bay|cn)"
_TIME = re.compile(
    r"\b(?:(?:vao )?luc )?(?<![/-])(?P<hour>\d{1,2})"
    r"(?: ?[hg:](?![a-z])(?P<minute>\d{1,2})?| gio\b(?: (?P<spelt>\d{1,2})\b)?)"
)
PART = re.compile(r"\b(?:buoi )?(?P<part>sang|trua|chieu|toi|dem)\b")
NIGHT = frozenset({"toi", "dem"})
NOON = 12
SIESTA = 3
"""Until when in the afternoon people still say "trưa"."""
DAWN = 5
WEEKDAY = {name: n for n, name in enumerate(("hai", "ba", "tu", "nam", "sau", "bay", "cn"))}
WEEKDAY |= {str(n + 2): n for n in range(6)}
WEEKDAY_WORDS = {f"thu {name}": n for name, n in WEEKDAY.items() if name != "cn"}
WEEKDAY_WORDS |= {f"t{n + 2}": n for n in range(6)} | {"cn": 6}
"""One weekday and nothing more; Monday is 0."""


def folded(typed: str) -> str:
    """Lower case, without marks, one space between words, none before a comma."""
    letters = unicodedata.normalize("NFD", normalised(typed).lower().replace("đ", "d"))
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    plain = " ".join(re.sub(r"\bchua? nhat\b", "cn", plain).split())
    return re.sub(r"\bt (?=\d)", "t", plain.replace(" ,", ","))


def without_time(words: str, typed: str) -> tuple[str, time | None]:
    """The words without the time of day, and that time."""
    found = _TIME.search(words)
    if found is None:
        return words, None
    part = {"hour": found["hour"], "minute": found["minute"] or found["spelt"] or "0"}
    return cut(words, found), meant_time(part, typed)


def cut(words: str, found: re.Match[str]) -> str:
    """The words without what was found in them."""
    left = f"{words[: found.start()].rstrip(' ,')} {words[found.end() :].lstrip(' ,')}"
    return left.strip()


def in_part(at: time, part: str) -> time | None:
    """The hour that is meant in this part of a day: seven in the evening is nineteen.

    None past midnight ("1h đêm qua"): of which day, people do not agree.
    """
    if part in NIGHT and (at.hour < DAWN or at.hour == NOON):
        return None
    later = part in NIGHT or part == "chieu" or (part == "trua" and at.hour < SIESTA)
    return at.replace(hour=at.hour + NOON) if later and at.hour < NOON else at
