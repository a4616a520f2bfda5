"""What a unit often writes to residents, with slots that are filled from the case at hand."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import Refusal
from domain.model.opinion import LetterKind
from domain.model.text import (
    folded_name,
    has_words,
    normalised,
    one_line,
    shown_short,
    units_over,
)

MOST_TEMPLATES = 6
"""Of one unit and for one kind of letter: a list that is read at a glance."""
LONGEST_NAME = 40
"""UTF-16 units, so that it fits on its button."""
LONGEST_TEMPLATE = 1500
"""UTF-16 units: leaves room in the letter for what is typed into it."""
# A bracket that stands alone is found as well: it was meant as a slot.
_SLOT = re.compile(r"\[[^\[\]]*\]|[\[\]]")


class Slot(StrEnum):
    """What can stand in square brackets; none of it says who wrote in (chỗ điền).

    No code: it is the resident's alone, so that staff could not be shown what they send. The
    head of every letter names the case by it, put in on the way out. Nor the number that staff
    call a case by: its resident has never seen it.
    """

    DUE = "hạn"
    OFFICE = "cơ quan"
    BODY = "nội dung"


OF_ONE_CASE = frozenset({Slot.DUE})
"""Would be wrong in a letter that several people get."""
LAST_WORDS = frozenset({LetterKind.REFUSAL, LetterKind.REFERRAL})
"""After these the office owes no answer any more, so that none of them can name its day."""


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """A template for letters of one kind (mẫu thư)."""

    id: str
    unit_id: str
    name: str
    text: str
    kept_by: str
    kept_at: datetime
    kind: LetterKind = LetterKind.ANSWER

    @property
    def slots(self) -> frozenset[Slot]:
        return frozenset(_slot(found[0]) for found in _SLOT.finditer(self.text))

    def filled(self, values: Mapping[Slot, str]) -> str:
        """The letter; what is filled in is never itself read as a slot."""
        return _SLOT.sub(lambda found: values[_slot(found[0])], self.text)

    def require_fit(self, shared: bool) -> None:
        """Refuse what is about one case in an answer to several."""
        if shared and self.slots & OF_ONE_CASE:
            raise Refusal("letter_template.for_one", name=self.name)


def read_template(typed: str, kind: LetterKind) -> tuple[str, str]:
    """Name and text of what was typed: the first line, and the rest; Refusal says what is wrong."""
    head, _, rest = normalised(typed).partition("\n")
    name, text = one_line(head), normalised(rest)
    if not has_words(name) or not has_words(text):
        raise Refusal("letter_template.two_parts")
    if over := units_over(name, LONGEST_NAME):
        raise Refusal("letter_template.name_too_long", limit=LONGEST_NAME, over=over)
    if over := units_over(text, LONGEST_TEMPLATE):
        raise Refusal("letter_template.too_long", limit=LONGEST_TEMPLATE, over=over)
    slots = {_slot(found[0]) for found in _SLOT.finditer(text)}
    if kind in LAST_WORDS and Slot.DUE in slots:
        raise Refusal("letter_template.no_day")
    return name, text


def require_room(name: str, others: Iterable[LetterTemplate]) -> None:
    """Refuse one too many among those of a unit and kind, or two that nobody can tell apart."""
    names = [folded_name(one.name) for one in others]
    if folded_name(name) in names:
        raise Refusal("letter_template.same_name", name=name)
    if len(names) >= MOST_TEMPLATES:
        raise Refusal("letter_template.too_many", most=MOST_TEMPLATES)


def going_along(
    own: Iterable[LetterTemplate], there: Sequence[LetterTemplate]
) -> tuple[LetterTemplate, ...]:
    """Which of a unit's own its successor takes over: the newest first, while there is room.

    The successor's own names stand; what is called alike goes along under a number.
    """
    along: list[LetterTemplate] = []
    for one in sorted(own, key=lambda each: (each.kept_at, each.id), reverse=True):
        others = [other for other in (*there, *along) if other.kind is one.kind]
        names = {folded_name(other.name) for other in others}
        is_there = folded_name(one.name) in names and _says_the_same(one, others)
        if len(others) < MOST_TEMPLATES and not is_there:
            along.append(replace(one, name=_free_name(one.name, names)))
    return tuple(along)


def left_behind(
    own: Iterable[LetterTemplate],
    there: Sequence[LetterTemplate],
    along: Collection[LetterTemplate],
) -> tuple[LetterTemplate, ...]:
    """Those for which there was no room; of what its successor has word for word nothing is."""
    taken = {one.id for one in along}
    left = (one for one in own if one.id not in taken and not _says_the_same(one, (*there, *along)))
    return tuple(sorted(left, key=lambda one: one.name))


def _says_the_same(one: LetterTemplate, others: Iterable[LetterTemplate]) -> bool:
    """Whether one of them has these very words, whatever it is called."""
    return any((other.kind, other.text) == (one.kind, one.text) for other in others)


def _free_name(name: str, taken: Collection[str]) -> str:
    number, free = 1, name
    while folded_name(free) in taken:
        number += 1
        mark, kept = f" ({number})", name
        while units_over(kept + mark, LONGEST_NAME):
            kept = kept[:-1].rstrip()
        free = kept + mark
    return free


def _slot(written: str) -> Slot:
    name = one_line(written.strip("[]")).lower()
    if name not in tuple(Slot):
        raise Refusal("letter_template.unknown_slot", slot=shown_short(written))
    return Slot(name)
