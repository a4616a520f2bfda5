"""A topic in several parts, each a bulletin of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.errors import Refusal
from domain.model.text import has_words, one_line, shown_short, units_over

LONGEST_NAME = 80
"""UTF-16 units."""
FEWEST_PARTS, MOST_PARTS = 2, 20


@dataclass(frozen=True, slots=True)
class Series:
    """Which part of which topic a bulletin is (loạt bài)."""

    name: str
    part: int
    parts: int

    @property
    def is_last(self) -> bool:
        return self.part == self.parts

    def following(self) -> "Series":
        """The part after this one; a series that was meant to end here grows by it."""
        if self.part >= MOST_PARTS:
            raise Refusal("series.too_many", limit=MOST_PARTS)
        return replace(self, part=self.part + 1, parts=max(self.parts, self.part + 1))

    def form(self) -> dict[str, Any]:
        """As it is stored and frozen."""
        return {"name": self.name, "part": self.part, "parts": self.parts}

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> "Series":
        return cls(form["name"], form["part"], form["parts"])


def read_series(typed: str) -> Series:
    """What somebody typed, as in "Phòng chống sốt xuất huyết 2/5"; Refusal says what is wrong."""
    name, _, last = one_line(typed).rpartition(" ")
    part, slash, parts = last.partition("/")
    if not slash or not (part.isdecimal() and parts.isdecimal()) or len(last) > len("20/20"):
        raise Refusal("series.unread", typed=shown_short(typed))
    series = Series(name.strip(" ,:-–"), int(part), int(parts))
    if not 1 <= series.part <= series.parts or not FEWEST_PARTS <= series.parts <= MOST_PARTS:
        raise Refusal("series.bad_part", typed=shown_short(last), limit=MOST_PARTS)
    if not has_words(series.name) or units_over(series.name, LONGEST_NAME):
        raise Refusal("series.bad_name", limit=LONGEST_NAME)
    return series
