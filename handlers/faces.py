"""Stored buttons as a reader sees them: the label comes from the catalogue, never from the row."""

from collections.abc import Iterable

from content.catalog import Words
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.text import units_over


def label(words: Words, button: Button, language: str = "vi") -> str:
    """What a button says: by its action, and by its choice where the choice is a word of ours."""
    key = f"button.{button.action.replace(':', '_')}"
    chosen = f"{key}_{button.choice}"
    page = int(button.choice) + 1 if button.choice.isdecimal() else ""
    return words.text(chosen if chosen in words.keys else key, language, page=page)


def face(words: Words, button: Button, language: str = "vi") -> ButtonFace:
    return ButtonFace(label(words, button, language), press=button.id)


def shortened(text: str, longest: int) -> str:
    """The first words on one line, in at most so many UTF-16 units."""
    line = " ".join(text.split())
    if not units_over(line, longest):
        return line
    kept = line.encode("utf-16-le")[: 2 * (longest - 1)].decode("utf-16-le", "ignore")
    return kept.rstrip() + "…"


def one_a_row(words: Words, buttons: Iterable[Button], language: str = "vi") -> ButtonRows:
    """Buttons below each other, as a thumb finds them best."""
    return tuple((face(words, button, language),) for button in buttons)
