"""A part of a series is read as people write it, and leads to the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.series import MOST_PARTS, Series, read_series


def test_a_part_is_read_as_people_write_it() -> None:
    assert read_series("Phòng sốt xuất huyết – 2/5") == Series("Phòng sốt xuất huyết", 2, 5)


@pytest.mark.parametrize(
    "typed", ["", "Sốt", "2/5", "Sốt 6/5", "Sốt 0/5", "Sốt 1/1", "Sốt 1/99", "x" * 81 + " 1/2"]
)
def test_what_is_no_part_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match=r"series\."):
        read_series(typed)


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        series = read_series(typed)
    except Refusal:
        return

    assert read_series(f"{series.name} {series.part}/{series.parts}") == series


@given(st.integers(1, MOST_PARTS - 1), st.integers(2, MOST_PARTS))
def test_the_next_part_never_lies_beyond_the_last(part: int, parts: int) -> None:
    following = Series("Sốt", min(part, parts), parts).following() if part < MOST_PARTS else None

    assert following is None or following.part <= following.parts
