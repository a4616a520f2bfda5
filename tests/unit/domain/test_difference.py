"""A difference holds both texts whole, and nothing where nothing changed."""

from hypothesis import given
from hypothesis import strategies as st

from domain.model.difference import Fate, Piece, after, before, changes, difference

WORDS = st.lists(st.sampled_from(["bà", "con", "ngày", "mai", "5", " ", "\n", "សូម", ".", "𝄞"]))
TEXTS = st.one_of(st.text(), WORDS.map("".join), WORDS.map(" ".join))


@given(TEXTS, TEXTS)
def test_every_difference_gives_back_both_texts(old: str, new: str) -> None:
    pieces = difference(old, new)

    assert (before(pieces), after(pieces)) == (old, new)


@given(TEXTS)
def test_equal_texts_differ_nowhere(text: str) -> None:
    assert all(one.fate is Fate.KEPT for one in difference(text, text))
    assert list(changes(difference(text, text))) == []


@given(TEXTS, TEXTS)
def test_different_texts_never_look_the_same(old: str, new: str) -> None:
    assert (old == new) == (not list(changes(difference(old, new))))


@given(TEXTS, TEXTS)
def test_every_change_stands_in_one_place_and_between_what_was_kept(old: str, new: str) -> None:
    pieces = difference(old, new)
    for first, end in changes(pieces):
        assert 1 <= end - first <= 2
        assert len({one.fate for one in pieces[first:end]} - {Fate.KEPT}) == end - first


def test_a_word_that_was_exchanged_is_one_word() -> None:
    assert difference("nghỉ ngày mai.", "nghỉ ngày kia.") == (
        Piece(Fate.KEPT, "nghỉ ngày "),
        Piece(Fate.REMOVED, "mai"),
        Piece(Fate.ADDED, "kia"),
        Piece(Fate.KEPT, "."),
    )


def test_a_phrase_that_was_exchanged_is_one_phrase() -> None:
    removed, added = difference("sáng thứ hai", "chiều thứ ba")[0:2]
    assert (removed.text, added.text) != ("", "")

    pieces = difference("họp tại hội trường lớn nhé", "họp tại nhà văn hóa nhé")
    assert [one.text for one in pieces] == [
        "họp tại ", "hội trường lớn", "nhà văn hóa", " nhé",
    ]  # fmt: skip


def test_a_number_is_never_cut() -> None:
    pieces = difference("phí 1.200.000 đồng", "phí 1.250.000 đồng")

    assert [one.text for one in pieces] == ["phí ", "1.200.000", "1.250.000", " đồng"]


def test_khmer_is_compared_by_syllables() -> None:
    pieces = difference("ថ្ងៃស្អែក", "ថ្ងៃនេះ")

    assert pieces[0] == Piece(Fate.KEPT, "ថ្ងៃ")


def test_a_row_of_one_sign_is_one_word() -> None:
    pieces = difference("họ tên: ....... ngày", "họ tên: ..... ngày")

    assert [one.text for one in pieces] == ["họ tên: ", ".......", ".....", " ngày"]
