"""The figures in the notice and in the promises are those of the rules."""

import re

import pytest

from content.catalog import LANGUAGES, Words, placeholders
from domain.model.case_times import CaseTimes
from domain.model.text import visible
from handlers.periods import periods

WORDS = Words.load()
PERIODS = periods(CaseTimes())
A_PHONE = 1500
"""Signs that are read without much turning."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["rights.privacy", "rights.promises"])
def test_no_figure_of_time_is_typed_into_the_sentence(key: str, language: str) -> None:
    sentence = WORDS.sentence(key, language)

    assert placeholders(sentence) <= PERIODS.keys() | {"body"}
    assert re.findall(r"\d+(?!\d*\. )", sentence) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_is_short_enough_for_a_phone(language: str) -> None:
    assert len(visible(WORDS.html("rights.privacy", language, body="UBND", **PERIODS))) < A_PHONE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "key", ["intake.receipt", "walk_in.slip", "poster.how", "console.promise_7_text"]
)
def test_the_days_until_an_answer_are_those_of_the_office(key: str, language: str) -> None:
    sentence = WORDS.sentence(key, language)

    assert "answer_days" in placeholders(sentence)
    assert "10" not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "figures"),
    [
        ("answer.letter", {"reopen_days"}),
        ("follow.closed", {"reopen_days"}),
        ("case_letter.refusal", {"reopen_days"}),
        ("case_letter.referral", {"reopen_days"}),
        ("case_letter.question", {"more_info_days"}),
        ("case_news.no_reply", {"more_info_days"}),
        ("sent_letter.question", {"more_info_days"}),
        ("console.promise_7_text", {"answer_days", "reopen_days"}),
        ("console.promise_8_text", {"address_days", "text_days"}),
    ],
)
def test_letters_and_pages_type_no_figure_of_time(
    key: str, figures: set[str], language: str
) -> None:
    sentence = WORDS.sentence(key, language)

    assert figures <= placeholders(sentence)
    assert re.findall(r"\d+", sentence) == []
