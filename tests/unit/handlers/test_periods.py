"""The figures in the notice and in the promises are those of the rules."""

import re

import pytest

from content.catalog import LANGUAGES, placeholders
from domain.model.case_times import CaseTimes
from domain.model.text import visible
from handlers.periods import FIXED, office_words, periods

WORDS = office_words()
PERIODS = periods(CaseTimes())
NUMBER = {
    "vi": r"\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm",
    "km": r"[\d០-៩]+|ពីរ|បី|បួន|ប្រាំ\w*|ដប់",
    "en": r"\d+|two|three|four|five|six|seven|eight|nine|ten|fourteen|thirty|sixty|ninety|hundred",
}
UNIT = {
    "vi": r"ngày|giờ|tiếng|phút|giây|tuần|tháng|năm",
    "km": r"ថ្ងៃ|ម៉ោង|នាទី|វិនាទី|សប្តាហ៍|ខែ|ឆ្នាំ",
    "en": r"(?:working )?(?:day|hour|minute|second|week|month|year)s?",
}
TYPED = {
    language: re.compile(
        rf"(?<![\w/:.])(?:{NUMBER[language]})(?:\s|-|</?\w+>)*(?:{UNIT[language]})", re.IGNORECASE
    )
    for language in LANGUAGES
}
TYPED_BY_RIGHT = {
    "what somebody might type, shown to them as an example": {
        "bind.ask_decision",
        "cli.bulletins_closes",
        "compose.ask_good_for",
        "compose.ask_poll",
        "conference.ends_before",
        "conference.length_not_understood",
        "conference.minutes_range",
        "conference_ask.minutes",
        "deputy.ask_term",
        "deputy.not_understood",
        "expiry.before_due",
        "expiry.hours_wanted",
        "expiry.too_long",
        "poll.time_not_understood",
    },
    "the choice that the button itself is": {
        "button.compose_poll_open_1",
        "button.compose_poll_open_3",
        "button.compose_poll_open_7",
        "button.plan_week_earlier",
        "button.plan_week_later",
    },
    "the law's own time for what is not taken in here": {"formal.khieu_nai"},
    "an hour of the day": {"moment.no_such_time", "schedule.usual_time"},
}
A_PHONE = 1500
"""Signs that are read without much turning."""


def typed_figures() -> dict[str, list[str]]:
    """By key, every figure of time that stands in one of its sentences as it was typed."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for key in WORDS.keys:
            typed = TYPED[language].findall(WORDS.sentence(key, language))
            if typed:
                found.setdefault(key, []).extend(typed)
    return found


def test_no_sentence_of_any_catalogue_types_a_figure_of_time() -> None:
    by_right = frozenset().union(*TYPED_BY_RIGHT.values())
    found = typed_figures()

    assert {key: typed for key, typed in found.items() if key not in by_right} == {}
    assert by_right - found.keys() == set()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "chờ tối đa 60 phút"),
        ("vi", "trong vòng sáu tháng"),
        ("km", "លើសពី ៣០ ថ្ងៃ"),
        ("km", "ក្រោយ 24 ម៉ោង"),
        ("en", "within <b>14</b> days"),
        ("en", "after ten working days"),
    ],
)
def test_a_typed_figure_is_found_in_every_language(language: str, sentence: str) -> None:
    assert TYPED[language].search(sentence)


def test_every_fixed_figure_is_named_by_a_sentence_and_stands_before_a_plural() -> None:
    named = frozenset().union(*(placeholders(WORDS.sentence(key)) for key in WORDS.keys))

    assert FIXED.keys() - named == set()
    assert [name for name, figure in FIXED.items() if figure < 2] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["rights.privacy", "rights.promises"])
def test_no_figure_of_time_is_typed_into_the_sentence(key: str, language: str) -> None:
    sentence = WORDS.sentence(key, language)

    assert placeholders(sentence) <= PERIODS.keys() | FIXED.keys() | {"body"}
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
        ("answer.letter", {"until"}),
        ("follow.closed", {"until"}),
        ("case_letter.refusal", {"until"}),
        ("case_letter.referral", {"until"}),
        ("case_letter.question", {"until"}),
        ("sent_letter.question", {"until"}),
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
