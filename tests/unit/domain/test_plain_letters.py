"""The quick look for words says yes only where the thorough one does."""

import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.model import opinion_words
from domain.model.opinion_words import Level, Sought
from domain.model.plain_letters import plainly
from domain.model.search import folded

SYLLABLES = ["đường", "duong", "sá", "xa", "a", "ạ", "lá", "12", "ផ្លូវ", "ë", "Ş"]
BETWEEN = [" ", "  ", "\n", ", ", "-", "_", "?", "\u0301", "\u0301 ", "\u200b", "😀", "", " 0901 "]
FORMS = ["NFC", "NFD"]


def joined(parts: list[tuple[str, str]], form: str) -> str:
    text = "".join(f"{between}{word}" for word, between in parts)
    return unicodedata.normalize("NFD" if form == "NFD" else "NFC", text)


TEXTS = st.builds(
    joined,
    st.lists(st.tuples(st.sampled_from(SYLLABLES), st.sampled_from(BETWEEN)), max_size=8),
    st.sampled_from(FORMS),
)
QUERIES = st.lists(st.sampled_from([*SYLLABLES, "duong sa"]), min_size=1, max_size=3)


@settings(max_examples=1_000)
@example("ëduong sa", ["duong", "sa"], False, Level.FOLDED)
@example("2\u0301sa ạ", ["sa"], False, Level.EXACT)
@example("sa\u0301 ạ", ["sa"], False, Level.EXACT)
@example("duong ផ្លូវsa", ["duong", "sa"], False, Level.FOLDED)
@example("duong, sa", ["duong sa"], True, Level.FOLDED)
@given(TEXTS, QUERIES, st.booleans(), st.sampled_from(Level))
def test_what_is_plainly_in_a_text_is_in_it(
    text: str, words: list[str], is_quoted: bool, level: Level
) -> None:
    query = " ".join(words)
    sought = Sought.of(f'"{query}"' if is_quoted else query, level)
    with patch.object(opinion_words, "plain_runs", lambda *_: ()):
        thoroughly = sought.is_in(text)

    assert sought.is_in(text) == thoroughly


@pytest.mark.parametrize("level", [Level.EXACT, Level.FOLDED])
def test_what_stands_as_typed_is_plainly_there(level: Level) -> None:
    text = "Hẻm tối quá: đường sá xuống cấp, đèn hỏng."

    assert Sought.of('"đường sá"', level)._is_plainly_in(text)
    assert Sought.of("đèn đường", level)._is_plainly_in(text)


def test_marks_count_only_where_they_are_looked_for() -> None:
    text = "Đường sá xuống cấp."

    assert Sought.of("duong sa", Level.FOLDED)._is_plainly_in(text)
    assert not Sought.of("duong sa", Level.EXACT).is_in(text)


def test_part_of_a_phone_number_is_not_plainly_there() -> None:
    sought = Sought(("nhà", "12"), (("nhà", "12"),), Level.EXACT)

    assert not sought.is_in("nhà 12 345 6789")
    assert sought.is_in("nhà 12 ở cuối hẻm")


@given(st.text(max_size=3))
def test_a_word_in_other_letters_is_never_taken_for_one_in_ours(letters: str) -> None:
    there = plainly(letters, is_folded=True).split()

    for word in there:
        if word.isalpha():
            assert word.decode() in folded(unicodedata.normalize("NFC", letters)).casefold()
