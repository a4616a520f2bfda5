"""Stored buttons as a reader sees them: the label comes from the catalogue, never from the row."""

from collections import Counter
from collections.abc import Iterable, Sequence

from content.catalog import Words
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.text import units_over
from domain.model.unit import Unit

WIDEST_HALF = 18
"""Characters of a label that a phone still shows whole beside another button."""


def label(words: Words, button: Button, language: str = "vi") -> str:
    """What a button says: by its action, and by its choice where the choice is a word of ours."""
    key = _key(button.action)
    chosen = f"{key}_{button.choice}"
    page = int(button.choice) + 1 if button.choice.isdecimal() else ""
    return words.text(chosen if chosen in words.keys else key, language, page=page)


def named(words: Words, action: str, language: str = "vi") -> str:
    """An act as the button calls it that does it, for where other words speak of it."""
    return words.text(_key(action), language)


def _key(action: str) -> str:
    return f"button.{action.replace(':', '_')}"


def face(words: Words, button: Button, language: str = "vi") -> ButtonFace:
    return ButtonFace(label(words, button, language), press=button.id)


def capitalised(words: str) -> str:
    """With a capital first letter, as a button or a line that stands alone begins."""
    return words[:1].upper() + words[1:]


def shortened(text: str, longest: int) -> str:
    """The first words on one line, a stroke where one ended, in at most so many UTF-16 units."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    line = " / ".join(line for line in lines if line)
    if not units_over(line, longest):
        return line
    kept = line.encode("utf-16-le")[: 2 * (longest - 1)].decode("utf-16-le", "ignore")
    return kept.rstrip() + "…"


def one_a_row(words: Words, buttons: Iterable[Button], language: str = "vi") -> ButtonRows:
    """Buttons below each other, as a thumb finds them best."""
    return tuple((face(words, button, language),) for button in buttons)


def paired(faces: Iterable[ButtonFace]) -> ButtonRows:
    """Two by two in their order; one too long to share a row has its own."""
    rows: list[tuple[ButtonFace, ...]] = []
    for one in faces:
        if rows and len(rows[-1]) == 1 and _is_narrow(rows[-1][0]) and _is_narrow(one):
            rows[-1] = (rows[-1][0], one)
        else:
            rows.append((one,))
    return tuple(rows)


def _is_narrow(one: ButtonFace) -> bool:
    return len(one.label) <= WIDEST_HALF


def told_apart(places: Sequence[Unit]) -> dict[str, str]:
    """A name for each place, with the place above it where others have the same name."""
    alike = Counter(unit.name for unit in places)
    known = {unit.id: unit.name for unit in places}
    return {
        unit.id: f"{unit.name}, {above}"
        if alike[unit.name] > 1 and (above := known.get(unit.parent_id or ""))
        else unit.name
        for unit in places
    }
