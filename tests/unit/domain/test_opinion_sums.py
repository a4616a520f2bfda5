"""No number on a page of figures stands for fewer than ten."""

from hypothesis import given
from hypothesis import strategies as st

from domain.model.opinion_sums import Cut, Sums, SumsView, sums_of

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60))


def test_numbers_are_rounded_to_five() -> None:
    assert sums_of({"a": 12, "b": 33}) == Sums(45, (("a", 10), ("b", 35)))


def test_fewer_than_ten_are_no_number() -> None:
    assert sums_of({"a": 4, "b": 5}) == Sums(None)


def test_small_counts_are_put_together() -> None:
    assert sums_of({"a": 7, "b": 6, "c": 20}) == Sums(35, (("c", 20),), 2, 15)


def test_a_small_count_alone_takes_the_next_larger_one_along() -> None:
    assert sums_of({"a": 2, "b": 11, "c": 20}) == Sums(35, (("c", 20),), 2, 15)


@given(COUNTS)
def test_every_number_stands_for_ten(counts: dict[str, int]) -> None:
    sums = sums_of(counts)
    alone = {key for key, _ in sums.lines}
    rest = sum(count for key, count in counts.items() if key not in alone)

    assert all(counts[key] >= 10 for key in alone)
    assert sums.together == 0 or rest >= 10
    assert (sums.total is None) == (sum(counts.values()) < 10)


@given(st.builds(SumsView, st.just("nk"), st.integers(2020, 2030), st.sampled_from(Cut)))
def test_a_view_comes_back_from_a_button(view: SumsView) -> None:
    assert SumsView.read(view.written) == view
