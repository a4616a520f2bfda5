"""Stored buttons as a reader sees them: the label comes from the catalogue, never from the row."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from content.catalog import Words
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows


def label(words: Words, button: Button, language: str = "vi") -> str:
    """What a button says: by its action, and by its choice where the choice is a word of ours."""
    key = f"button.{button.action.replace(':', '_')}"
    chosen = f"{key}_{button.choice}"
    page = int(button.choice) + 1 if button.choice.isdecimal() else ""
    return words.text(chosen if chosen in words.keys else key, language, page=page)


def face(words: Words, button: Button, language: str = "vi") -> ButtonFace:
    return ButtonFace(label(words, button, language), press=button.id)


def shortened(text: str, longest: int) -> str:
    """The first words on one line, in at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def one_a_row(words: Words, buttons: Iterable[Button], language: str = "vi") -> ButtonRows:
    """Buttons below each other, as a thumb finds them best."""
    return tuple((face(words, button, language),) for button in buttons)


def row_a_subject(words: Words, buttons: Sequence[Button], language: str = "vi") -> ButtonRows:
    """Buttons about the same thing side by side."""
    return tuple(
        tuple(face(words, button, language) for button in group)
        for _, group in groupby(buttons, key=lambda button: button.subject)
    )
