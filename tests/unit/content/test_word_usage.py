"""The check of the words can fail: each planted defect is found."""

from pathlib import Path

import pytest

from content.catalog import Words
from tests.unit.content.word_usage import (
    Usage,
    in_python,
    in_template,
    marks,
    missing_values,
    unknown_keys,
    untranslated,
    unused_keys,
)

WORDS = Words({"vi": {"review.done": "Xong {code}", "field.khac": "Khác"}})


def python(source: str) -> list[Usage]:
    return [in_python(source, "planted.py")]


def template(source: str) -> list[Usage]:
    return [in_template(source, "planted.html")]


@pytest.mark.parametrize(
    "source", ['words.text("review.gone")', 'w.html("review.gone", "km")', 't("review.gone")']
)
def test_a_key_nobody_wrote_is_found_in_code(source: str) -> None:
    assert unknown_keys(WORDS, python(source)) == ["planted.py:1: review.gone"]


def test_a_refusal_with_a_key_nobody_wrote_is_found() -> None:
    planted = python('raise Forbidden("review.gone")')
    assert unknown_keys(WORDS, planted) == ["planted.py:1: review.gone"]


def test_a_refusal_is_told_apart_from_other_sentences() -> None:
    (usage,) = python('w.text("field.khac")\nraise Forbidden("review.gone")')
    assert usage.refused == {"review.gone"}


def test_a_key_nobody_wrote_is_found_in_a_template() -> None:
    planted = template('<p>\n{{ t("review.gone") }}</p>')
    assert unknown_keys(WORDS, planted) == ["planted.html:2: review.gone"]


@pytest.mark.parametrize(
    "planted", [python('w.text("review.done")'), template('{{ t("review.done") }}')]
)
def test_a_forgotten_value_is_found(planted: list[Usage]) -> None:
    assert len(missing_values(WORDS, planted)) == 1


@pytest.mark.parametrize(
    "planted",
    [python('w.text("review.done", code=1)'), template('{{ t("review.done", code=1) }}')],
)
def test_a_given_value_is_not_reported(planted: list[Usage]) -> None:
    assert missing_values(WORDS, planted) == []


def test_an_unused_key_is_found() -> None:
    planted = python('w.text("review.done", code=1)')
    assert unused_keys(WORDS, planted, families=()) == ["field.khac"]


@pytest.mark.parametrize(
    "composed",
    [python('w.text(f"field.{value}")'), template('{{ t("field." ~ value) }}')],
)
def test_a_composed_key_counts_as_use_of_its_family(composed: list[Usage]) -> None:
    assert unused_keys(WORDS, composed, families=("review",)) == []


def test_an_ordinary_phrase_is_not_taken_for_the_start_of_a_key() -> None:
    planted = python('name = f"{code}"; path = f"fi{code}"')
    assert unused_keys(WORDS, planted, families=("review",)) == ["field.khac"]


def translation(folder: Path, entry: str) -> Path:
    """A Vietnamese catalogue of one key, and this entry beside it in Khmer."""
    texts = {"vi": 'msgid "review.done"\nmsgstr "Xong"\n', "km": entry}
    for language, text in texts.items():
        (folder / language).mkdir()
        (folder / language / "review.po").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "entry",
    [
        "",
        'msgid "review.gone"\nmsgstr "រួច"\n',
        'msgid "review.done"\nmsgstr ""\n',
        'msgid "review.done"\nmsgstr " "\n',
        '#, fuzzy\nmsgid "review.done"\nmsgstr "រួច"\n',
    ],
    ids=["no file", "another key", "empty", "blank", "fuzzy"],
)
def test_a_sentence_without_translation_is_found(tmp_path: Path, entry: str) -> None:
    assert untranslated(translation(tmp_path, entry), "km") == ["review.done"]


def test_a_translated_sentence_is_not_reported(tmp_path: Path) -> None:
    entry = 'msgid "review.done"\nmsgstr "រួច"\n'
    assert untranslated(translation(tmp_path, entry), "km") == []


def test_an_exempt_family_needs_no_translation(tmp_path: Path) -> None:
    assert untranslated(translation(tmp_path, ""), "km", ("review.",)) == []


@pytest.mark.parametrize("altered", ["<b>Done</b>: see", "<b>Done: see /lich", "Done</b>: /lich"])
def test_a_tag_or_a_command_that_got_lost_is_found(altered: str) -> None:
    assert marks(altered) != marks("<b>Xong</b>: xem /lich")
