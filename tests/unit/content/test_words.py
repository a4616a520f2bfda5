"""The catalogues and the code agree: every key exists, is used, and is filled the same way."""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest

from content.catalog import FIRST_LANGUAGE, LANGUAGES, LOCALES, Words, placeholders
from content.records import Reason
from domain.model.access import Role
from domain.model.bulletin import BulletinClass, BulletinState, Field, Misfire
from domain.model.case_news import CaseNews
from domain.model.conference import ConferenceKind, ConferenceState, Notice
from domain.model.delivery import EntryState
from domain.model.form import Assessment, Audience, Gathering, Mode, Scale, Spoken
from domain.model.heard import Bearing, Interest, Spread
from domain.model.matter import Hindrance
from domain.model.objection import Objection
from domain.model.opinion import LetterKind, OpinionState
from domain.model.recurrence import Cadence, HolidayRule
from domain.model.session import SessionState
from domain.model.session_oddity import Oddity
from domain.model.unit import UnitKind
from domain.model.withdrawal import Removal
from handlers.periods import office_words
from tests.unit.content import word_usage

ROOT = Path(__file__).parents[3]
ROOMS = ("bot.py", "handlers", "domain", "storage", "channels", "content")

FAMILIES: dict[str, type[StrEnum] | None] = {
    "field": Field,
    "class": BulletinClass,
    "kind": None,
    "role": Role,
    "unit_kind": UnitKind,
    "ask_letter": LetterKind,
    "case_letter": None,
    "case_news": CaseNews,
    "case_state": OpinionState,
    "letter_said": LetterKind,
    "objection": Objection,
    "opinion_state": OpinionState,
    "sent_letter": None,
    "bulletin_state": BulletinState,
    "delivery_state": EntryState,
    "cadence": Cadence,
    "holiday_rule": HolidayRule,
    "misfire": Misfire,
    "bearing": Bearing,
    "spread": Spread,
    "interest": Interest,
    "span": None,
    "removal": Removal,
    "session_state": SessionState,
    "session_mode": Mode,
    "session_form": Gathering,
    "session_scale": Scale,
    "session_audience": Audience,
    "self_assessment": Assessment,
    "spoken": Spoken,
    "conference_kind": ConferenceKind,
    "conference_state": ConferenceState,
    "conference_notice": Notice,
    "conference_audience": None,
    "conference_reply": None,
    "oddity": Oddity,
    "hindrance": Hindrance,
}
"""Keys composed as `family.value`, beside the enum whose values they name."""

VIETNAMESE_ONLY = ("cli.", "settings.")
"""What only whoever runs the machine reads, at a terminal that speaks Vietnamese."""
LONGEST_ALERT = 200
"""Characters, without tags, that Telegram shows in answer to a press."""
TRANSLATIONS = tuple(language for language in LANGUAGES if language != FIRST_LANGUAGE)


@pytest.fixture(scope="module")
def words() -> Words:
    return office_words()


@pytest.fixture(scope="module")
def usages() -> list[word_usage.Usage]:
    return word_usage.of_tree(ROOT, ROOMS)


@cache
def own_keys(language: str) -> dict[str, str]:
    """Keys and sentences the language's own files hold, without what falls back to Vietnamese."""
    words = office_words()
    text = "".join(p.read_text(encoding="utf-8") for p in (LOCALES / language).glob("*.po"))
    keys = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    return {key: words.sentences[language].get(key, "") for key in keys}


def test_every_key_asked_for_is_in_the_catalogue(
    words: Words, usages: list[word_usage.Usage]
) -> None:
    assert word_usage.unknown_keys(words, usages) == []


def test_every_place_in_a_sentence_gets_its_value(
    words: Words, usages: list[word_usage.Usage]
) -> None:
    assert word_usage.missing_values(words, usages) == []


def test_no_key_is_left_unused(words: Words, usages: list[word_usage.Usage]) -> None:
    assert word_usage.unused_keys(words, usages, tuple(FAMILIES)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_has_a_key_that_vietnamese_lacks(language: str) -> None:
    assert own_keys(language).keys() - own_keys("vi").keys() == set()


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_sentence_people_see_is_translated(language: str) -> None:
    assert word_usage.untranslated(LOCALES, language, VIETNAMESE_ONLY) == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_tags_and_commands_are_the_same_as_in_vietnamese(words: Words, language: str) -> None:
    differing = [
        key
        for key, sentence in words.sentences[language].items()
        if word_usage.marks(sentence) != word_usage.marks(words.sentence(key))
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_fits_the_small_window_of_a_press(
    words: Words, usages: list[word_usage.Usage], language: str
) -> None:
    refused = frozenset().union(*(usage.refused for usage in usages)) & words.keys
    shown = {key: words.sentence(key, language) for key in refused}
    assert shown
    assert [key for key, text in shown.items() if len(text) > LONGEST_ALERT or "<" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same_as_in_vietnamese(words: Words, language: str) -> None:
    differing = [
        key
        for key, sentence in words.sentences[language].items()
        if placeholders(sentence) != placeholders(words.sentence(key))
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_composed_unicode(words: Words, language: str) -> None:
    own = words.sentences[language].items()
    assert [key for key, text in own if not unicodedata.is_normalized("NFC", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES)
def test_names_of_values_are_translated_into_every_language(family: str, language: str) -> None:
    named = {key for key in own_keys("vi") if key.startswith(f"{family}.")}
    assert named
    assert named <= own_keys(language).keys()


@pytest.mark.parametrize(
    ("family", "enum"), [("flaw", Reason), *((f, e) for f, e in FAMILIES.items() if e)]
)
def test_every_value_of_an_enum_has_a_name(words: Words, family: str, enum: type[StrEnum]) -> None:
    assert {f"{family}.{member.value}" for member in enum} <= words.keys
