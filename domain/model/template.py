"""Emergency templates: approved words in which only choices from closed lists are left open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.errors import Refusal, Tampered
from domain.model.frozen import FrozenText
from domain.model.text import normalised, units_over
from domain.model.version import Version

MOST_SLOTS = 4
MOST_VALUES = 8
LONGEST_VALUE = 60
"""UTF-16 units, so that a value fits on its button."""
_SLOT = re.compile(r"\[([^\[\]:|]+):([^\[\]]+)\]")
# A value stands in the markup as it was typed: nothing in it may need escaping there.
_SIGNS = "< > & \" '"
_MARKUP = frozenset(_SIGNS.split())


@dataclass(frozen=True, slots=True)
class Slot:
    """One choice that a template leaves open (chỗ chọn)."""

    name: str
    values: tuple[str, ...]
    written: str
    """As it stands in the template, brackets included."""


def slots_of(text: str) -> tuple[Slot, ...]:
    """The choices in a template such as "Nước lên [mức: 1,8 m | 2,0 m]", in their order."""
    return tuple(
        Slot(
            normalised(found[1]),
            tuple(normalised(value) for value in found[2].split("|")),
            found[0],
        )
        for found in _SLOT.finditer(text)
    )


def require_template(text: str) -> None:
    """Refuse a template whose choices cannot be told apart, or fit on no button."""
    slots = slots_of(text)
    if re.search(r"[\[\]]", _SLOT.sub("", text)):
        raise Refusal("template.brackets")
    if len(slots) > MOST_SLOTS:
        raise Refusal("template.too_many", most=MOST_SLOTS)
    if len({slot.name for slot in slots}) < len(slots):
        raise Refusal("template.same_name")
    for slot in slots:
        _require_values(slot)


def require_same_slots(versions: Sequence[Version]) -> None:
    """Refuse titles that leave a choice, other choices in another language, a mark across one."""
    first = [slot.written for slot in slots_of(versions[0].text)]
    for version in versions:
        if re.search(r"[\[\]]", version.title):
            raise Refusal("template.title")
        if [slot.written for slot in slots_of(version.text)] != first:
            raise Refusal("template.other_slots")
        for found in _SLOT.finditer(version.text):
            inner = range(found.start() + 1, found.end())
            if any(one.begin in inner or one.end in inner for one in version.marks):
                raise Refusal("template.mark_in_slot", slot=found[0])


def filled(words: str, slots: Sequence[Slot], chosen: Sequence[str]) -> str:
    """The words with each choice made; Refusal if one is missing or not on its list."""
    if len(chosen) != len(slots):
        raise Refusal("template.not_chosen")
    for slot, value in zip(slots, chosen, strict=True):
        if value not in slot.values or slot.written not in words:
            raise Refusal("template.not_chosen")
        words = words.replace(slot.written, value, 1)
    return words


def with_choices(frozen: FrozenText, chosen: Sequence[str]) -> FrozenText:
    """A template as it is released; Tampered if it leaves no such choice. Others stay as is."""
    if not frozen.revision.is_template:
        return frozen
    slots = slots_of(frozen.revision.text)
    try:
        text = filled(frozen.revision.text, slots, chosen)
        rendered = {name: filled(page, slots, chosen) for name, page in frozen.rendered.items()}
    except Refusal:
        raise Tampered(frozen.revision.id) from None
    return replace(
        frozen, revision=replace(frozen.revision, text=text, marks=()), rendered=rendered
    )


def _require_values(slot: Slot) -> None:
    values = slot.values
    if not all(values) or len(set(values)) < len(values) or len(values) > MOST_VALUES:
        raise Refusal("template.values", name=slot.name, most=MOST_VALUES)
    if _MARKUP & set(slot.written):
        raise Refusal("template.signs", name=slot.name, signs=_SIGNS)
    if any(units_over(value, LONGEST_VALUE) for value in values):
        raise Refusal("template.value_too_long", name=slot.name, limit=LONGEST_VALUE)
