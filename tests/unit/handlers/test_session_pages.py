"""A session's pages, whatever stands in them, fit in one message."""

from dataclasses import replace

import pytest

from channels.telegram.gateway import TelegramGateway
from content.catalog import LANGUAGES
from domain.model.form import (
    FIRST_FORM,
    LONGEST_CHOICE,
    LONGEST_LABEL,
    MOST_OWN_FIELDS,
    FieldKind,
    Form,
)
from domain.model.session import SessionState, Value
from domain.model.session_answers import LONGEST_WORDS, MOST_PEOPLE
from domain.model.text import utf16_units, visible
from domain.usecases.confirm_sessions import LONGEST_NOTE
from domain.usecases.session_screen import Screen
from handlers.periods import office_words
from handlers.session_pages import question, summary
from tests.integration.storage.cast import NOW, WARD
from tests.unit.domain.test_session import DRAFT

WORDS = office_words()
LIMIT = TelegramGateway.capabilities.text_limit
SIGN = "<"
"""HTML writes it longer than a reader sees it."""


def fullest_form() -> Form:
    form = FIRST_FORM
    for n in range(MOST_OWN_FIELDS):
        choices = [f"{one}{SIGN * (LONGEST_CHOICE - 1)}" for one in range(2)] if n % 2 else []
        form = form.with_own(dict.fromkeys(LANGUAGES, SIGN * LONGEST_LABEL), choices)
    return form


def fullest(form: Form) -> dict[str, Value]:
    by_kind: dict[FieldKind, Value] = {
        FieldKind.MOMENT: NOW,
        FieldKind.MINUTES: 600,
        FieldKind.NUMBER: MOST_PEOPLE,
        FieldKind.TEXT: SIGN * LONGEST_WORDS,
        FieldKind.PLACE: SIGN * LONGEST_WORDS,
        FieldKind.BULLETIN: "b1",
    }
    answers = {one.key: by_kind[one.kind] for one in form.fields if one.kind in by_kind}
    for one in form.fields:
        if one.kind is FieldKind.CHOICES:
            answers[one.key] = one.choices
        if one.kind is FieldKind.CHOICE:
            answers[one.key] = max(one.choices, key=len)
    return answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_summary_fits(language: str) -> None:
    form = fullest_form()
    session = replace(
        DRAFT, answers=fullest(form), state=SessionState.RETURNED, note=SIGN * LONGEST_NOTE
    )
    screen = Screen(session, form, WARD, None, is_older_form=True)

    assert utf16_units(visible(summary(WORDS, screen, language))) <= LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_its_question_in_every_language(language: str) -> None:
    form = fullest_form()
    screen = Screen(DRAFT, form, WARD, None)

    assert all(question(WORDS, screen, one, language) for one in form.fields)
