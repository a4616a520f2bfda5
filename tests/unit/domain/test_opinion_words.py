"""What an opinion is found by: its words as written, without marks and by ear, and no numbers."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from domain.model.opinion_words import LONGEST_TOKEN, Level, Sought, tokens_of
from domain.model.search import _WORD, words_of
from domain.model.text import _NUMBER, without_numbers

ROADS = "Đường sá xuống cấp, trẻ em đi học rất khó."
KHMER = "ផ្លូវនេះខូចណាស់"
SYLLABLES = [
    "đường",
    "sá",
    "xa",
    "gì",
    "ghi",
    "gi",
    "chợ",
    "trợ",
    "nghỉ",
    "nghĩ",
    "phở",
    "quả",
    "cả",
    "kỹ",
    "ký",
    "lá",
    "ná",
    "rau",
    "dâu",
    "giàu",
    "yên",
    "ប៊ុន",
    "ផ្លូវ",
]
TEXTS = st.lists(
    st.one_of(st.sampled_from(SYLLABLES), st.text(max_size=8)), min_size=1, max_size=12
).map(" ".join)


def is_named(sought: Sought, text: str) -> bool:
    """Whether the index would hand this text out."""
    tokens = tokens_of(text)
    return bool(sought.needed) and all(tokens.intersection(group) for group in sought.needed)


def test_words_typed_without_marks_find_those_with_marks() -> None:
    assert is_named(Sought.of("duong sa"), ROADS)
    assert Sought.of("duong sa").is_in(ROADS)


def test_a_word_that_begins_as_another_sounds_is_not_taken_for_it() -> None:
    assert Sought.of("ghi", Level.SOUNDED).is_in("ghi")
    assert not is_named(Sought.of("ghi", Level.SOUNDED), "gì")


def test_words_typed_by_ear_find_it_on_the_widest_level() -> None:
    assert not is_named(Sought.of("duong xa"), ROADS)
    assert is_named(Sought.of("duong xa", Level.SOUNDED), ROADS)


def test_marks_are_meant() -> None:
    assert Sought.of("đường").level is Level.EXACT
    assert not Sought.of("dưỡng").is_in(ROADS)


def test_a_phrase_has_to_stand_together() -> None:
    assert is_named(Sought.of('"tre em"'), ROADS)
    assert Sought.of('"tre em"').is_in(ROADS)
    assert not is_named(Sought.of('"em tre"'), ROADS)
    assert not Sought.of('"tre hoc"').is_in(ROADS)


def test_of_words_side_by_side_by_ear_the_pair_tells_all() -> None:
    by_ear = Sought.of('"tre em" hoc', Level.SOUNDED)

    assert by_ear.needed == (("~hoc", "hoc"), ("che_em",))
    assert by_ear.is_told_by_tokens
    assert not Sought.of('"tre em" hoc').is_told_by_tokens
    assert not Sought.of('"tre em di"', Level.SOUNDED).is_told_by_tokens
    assert not Sought.of('"ផ្លូវ ខូច"', Level.SOUNDED).is_told_by_tokens


def test_a_run_of_khmer_is_found_by_a_part_of_it() -> None:
    assert is_named(Sought.of("ផ្លូវ"), KHMER)
    assert Sought.of("ផ្លូវ").is_in(KHMER)
    assert not Sought.of("ផ្លូវ").is_in("ទឹកស្អាត")


def test_phone_and_identity_numbers_are_not_kept_to_be_found_by() -> None:
    tokens = tokens_of("Gọi tôi 0912 345 678, căn cước 092088001234.")

    assert not any(part in token for token in tokens for part in ("0912", "345", "0920", "001234"))


def test_looking_for_a_phone_number_finds_nobody() -> None:
    text = "Gọi tôi 0912345678."

    assert not is_named(Sought.of("0912345678"), text)
    assert not Sought.of("0912345678").is_in(text)


def test_a_word_without_end_is_cut() -> None:
    assert max(map(len, tokens_of("a" * 5000 + " " + "b" * 5000))) <= 2 * LONGEST_TOKEN + 2


@given(TEXTS, st.lists(st.integers(0, 20), max_size=3))
def test_what_is_in_a_text_is_always_named_by_the_index(text: str, at: list[int]) -> None:
    words = text.split()
    query = " ".join(words[n % len(words)] for n in at if words)
    for level in Level:
        sought = Sought.of(query, level)
        if sought.needed and sought.is_in(text):
            assert is_named(sought, text)


@given(TEXTS, st.integers(0, 20), st.booleans())
def test_a_phrase_of_a_text_is_named_and_what_tokens_tell_is_there(
    text: str, at: int, is_turned: bool
) -> None:
    words = text.split()
    pair = [words[(at + n) % len(words)] for n in range(2)] if words else []
    for level in Level:
        sought = Sought.of(f'"{" ".join(pair[::-1] if is_turned else pair)}"', level)
        if sought.needed and sought.is_in(text):
            assert is_named(sought, text)
        if sought.is_told_by_tokens and is_named(sought, text):
            assert sought.is_in(text)


@given(TEXTS, st.lists(st.integers(0, 20), max_size=3), st.sampled_from(SYLLABLES))
def test_what_the_tokens_tell_is_in_the_text(text: str, at: list[int], other: str) -> None:
    words = text.split()
    query = " ".join([words[n % len(words)] for n in at if words] or [other])
    for level in Level:
        sought = Sought.of(query, level)
        if sought.is_told_by_tokens and is_named(sought, text):
            assert sought.is_in(text)


def test_tokens_do_not_tell_of_marks_phrases_runs_of_khmer_and_words_that_were_cut() -> None:
    for typed in ("đường sá", '"duong sa"', "ផ្លូវ", "a" * LONGEST_TOKEN):
        assert not Sought.of(typed).is_told_by_tokens
    assert Sought.of("duong sa").is_told_by_tokens


@given(st.one_of(TEXTS, st.text(max_size=60), st.text("0123456789 .-)+a_ạ\u0301ក", max_size=60)))
def test_the_quick_ways_through_a_text_find_what_the_thorough_ones_find(text: str) -> None:
    small = unicodedata.normalize("NFC", text).casefold()

    assert words_of(text) == tuple(_WORD.findall(small))
    assert without_numbers(text) == _NUMBER.sub(" ", text)
