"""A bulletin's words in one language: a title, plain text, and how stretches of it look."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.model.marks import Mark, tidied, within
from domain.model.text import one_line, units_over

FIRST_LANGUAGE = "vi"
TRANSLATIONS = ("km", "en")
"""In which a bulletin may stand beside its Vietnamese, in their order."""
LONGEST_TITLE = 120
"""UTF-16 units."""
_BULLET = re.compile(r"^[-*–] ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Version:
    """What a bulletin says in one language (bản ngôn ngữ)."""

    language: str
    title: str
    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def heading(self) -> str:
        """By what a list calls it: its title, or the text of one that has none."""
        return self.title or self.text

    def form(self) -> dict[str, Any]:
        """Everything it says, in plain values that are written down and hashed."""
        return {
            "language": self.language,
            "title": self.title,
            "text": self.text,
            "marks": [mark.form() for mark in self.marks],
        }

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> "Version":
        """Read back what `form` wrote."""
        marks = tuple(Mark.of(one) for one in form["marks"])
        return cls(form["language"], form["title"], form["text"], marks)


class Worded:
    """What a draft and a revision have in common: words, in one or several languages."""

    __slots__ = ()
    title: str
    text: str
    marks: tuple[Mark, ...]
    translations: tuple[Version, ...]

    @property
    def versions(self) -> tuple[Version, ...]:
        """What it says in each of its languages, Vietnamese first."""
        first = Version(FIRST_LANGUAGE, self.title, self.text, self.marks)
        return (first, *self.translations)

    @property
    def heading(self) -> str:
        """By what lists and cards call it."""
        return self.versions[0].heading

    def in_language(self, language: str) -> Version:
        """What it says to readers of a language, in Vietnamese where it was not written."""
        written = {version.language: version for version in self.versions}
        return written.get(language) or written[FIRST_LANGUAGE]


def read_version(language: str, typed: str, marks: tuple[Mark, ...] = ()) -> Version:
    """One message as a version: its first line is the title, if others follow and it fits.

    Lines that begin with a stroke or a star become a list.
    """
    text, kept = tidied(_BULLET.sub("• ", typed), marks)
    first, _, rest = text.partition("\n")
    if not rest.strip() or units_over(one_line(first), LONGEST_TITLE):
        return Version(language, "", text, kept)
    begin = len(first) + 1
    text, kept = tidied(rest, within(kept, begin, begin + len(rest)))
    return Version(language, one_line(first), text, kept)
