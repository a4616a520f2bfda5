"""A code proves that whoever types it is in the hall: for ten minutes, and for one conference."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.hall_code import (
    MOST_WRONG,
    PAUSE,
    WINDOW,
    Tries,
    changes_at,
    code_at,
    fits,
    read_code,
    spaced,
)

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
MOMENTS = st.integers(0, 366 * 86400).map(lambda seconds: NOON + timedelta(seconds=seconds))
SECRETS = st.text("0123456789abcdef", min_size=8, max_size=40)


@given(SECRETS, MOMENTS, st.integers(-1200, 1200))
def test_a_code_is_taken_in_its_window_and_the_next_and_never_otherwise(
    secret: str, shown_at: datetime, seconds: int
) -> None:
    typed_at = shown_at + timedelta(seconds=seconds)
    first_gone = changes_at(shown_at) + WINDOW
    begins = changes_at(shown_at) - WINDOW
    code = code_at(secret, "c1", shown_at)

    assert fits(code, secret, "c1", typed_at) == (begins <= typed_at < first_gone)


@given(SECRETS, SECRETS, MOMENTS)
def test_a_code_is_never_another_conferences(one: str, other: str, moment: datetime) -> None:
    assume(one != other)
    code = code_at(one, "c1", moment)

    assert not fits(code, one, "c2", moment)
    assert not fits(code, other, "c1", moment)


@given(MOMENTS)
def test_without_a_secret_no_code_fits(moment: datetime) -> None:
    assert not fits(code_at("", "c1", moment), "", "c1", moment)


@given(SECRETS, MOMENTS)
def test_what_is_shown_can_be_typed(secret: str, moment: datetime) -> None:
    code = code_at(secret, "c1", moment)

    assert read_code(spaced(code)) == code


@pytest.mark.parametrize("typed", ["482 913", "482913", " 482-913 ", "៤៨២ ៩១៣"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "482913"


@pytest.mark.parametrize("typed", ["", "48291", "4829134", "xin chào"])
def test_what_has_not_six_digits_is_no_code(typed: str) -> None:
    with pytest.raises(Refusal, match="code_shape"):
        read_code(typed)


def test_after_five_wrong_ones_somebody_waits_ten_minutes() -> None:
    tries = Tries()
    for _ in range(MOST_WRONG):
        tries.require_another(NOON)
        tries = tries.with_another(NOON)
    with pytest.raises(Refusal, match="too_many_tries"):
        tries.require_another(NOON + PAUSE - timedelta(seconds=1))

    tries.require_another(NOON + PAUSE)
    assert tries.with_another(NOON + PAUSE).count == 1
