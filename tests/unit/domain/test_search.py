"""Words are found as people type them: with marks, without, by ear, and in Khmer."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.search import (
    EXACT,
    FOLDED,
    SOUNDED,
    Searchable,
    Weight,
    folded,
    score,
    sounded,
    words_of,
)

SYLLABLES = words_of(
    "đường sá sạt lở nghiêng nghĩa trường chuyện giữ gìn gì rác dạy quốc cuốc kỷ niệm lúa nước "
    "phường xã nghe gánh ghi kỹ hộ ấp thẻ bảo hiểm y tế khỏe"
)
SAME_BY_EAR = [
    ("sá", "xa"),
    ("trường", "chuong"),
    ("giữ", "du"),
    ("rác", "dac"),
    ("lúa", "nua"),
    ("cuốc", "kuoc"),
    ("quốc", "cuoc"),
    ("nghề", "nge"),
    ("kỹ", "ki"),
    ("giếng", "dieng"),
]
ANY_TEXT = st.text(max_size=40)
vietnamese = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=8).map(" ".join)


def found(query: str, text: str) -> int:
    return score(query, [(Weight.TEXT, Searchable.of([text]))])


@pytest.mark.parametrize(
    ("typed", "worth"),
    [("đường sá", 2 * EXACT), ("duong sa", 2 * FOLDED), ("duong xa", FOLDED + SOUNDED)],
)
def test_a_road_is_found_however_it_is_typed(typed: str, worth: int) -> None:
    assert found(typed, "Sửa đường sá trước Tết") == worth


def test_capitals_and_the_form_of_marks_do_not_matter() -> None:
    assert found(unicodedata.normalize("NFD", "BẢO HIỂM"), "bảo hiểm y tế") == 2 * EXACT


@pytest.mark.parametrize(("written", "typed"), SAME_BY_EAR)
def test_what_sounds_alike_is_found(written: str, typed: str) -> None:
    assert found(typed, written) == SOUNDED


def test_a_word_of_two_letters_is_found() -> None:
    assert found("y te", "Bảo hiểm y tế") == EXACT + FOLDED


def test_every_word_of_a_query_must_be_there() -> None:
    assert found("bảo hiểm xe", "Bảo hiểm y tế") == 0


def test_a_query_without_words_finds_nothing() -> None:
    assert found(" ?! ", "Bảo hiểm y tế") == 0


def test_a_title_counts_more_than_the_text_below_it() -> None:
    title, text = Searchable.of(["Sốt xuất huyết"]), Searchable.of(["Bảo hiểm"])

    in_title = score("sốt", [(Weight.TITLE, title), (Weight.TEXT, text)])
    assert in_title > score("bảo", [(Weight.TITLE, title), (Weight.TEXT, text)])


def test_khmer_is_found_inside_a_run_of_signs() -> None:
    assert found("សុខាភិបាល", "ធានារ៉ាប់រងសុខាភិបាលសម្រាប់គ្រួសារ") == EXACT


def test_khmer_is_found_with_one_sign_wrong() -> None:
    assert found("សុខាភិបាន", "ធានារ៉ាប់រងសុខាភិបាល") == SOUNDED
    assert found("ទឹកជំនន់", "ធានារ៉ាប់រងសុខាភិបាល") == 0


def test_khmer_keeps_its_marks_when_marks_are_dropped() -> None:
    assert folded("ជំងឺ") == "ជំងឺ"


@given(vietnamese)
def test_words_typed_without_marks_are_always_found(text: str) -> None:
    assert found(folded(text), text) >= FOLDED * len(words_of(text)[:12])


@given(ANY_TEXT)
def test_whatever_is_written_is_found_by_its_own_words(text: str) -> None:
    words = words_of(text)[:12]

    assert found(text, text) == EXACT * len(words)


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(ANY_TEXT, ANY_TEXT)
def test_what_is_folded_alike_sounds_alike(one: str, other: str) -> None:
    if folded(one) == folded(other):
        assert sounded(one) == sounded(other)


@given(st.text(min_size=1, max_size=30), st.text(max_size=60))
def test_marks_never_find_more_than_their_bare_letters(query: str, text: str) -> None:
    bare = " ".join(folded(word) for word in words_of(query))

    assert bool(found(bare, text)) >= bool(found(query, text)) or any(
        ord(c) in range(0x1780, 0x1800) for c in query
    )
