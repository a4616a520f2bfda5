"""Codes: read aloud, typed in a hurry, and still the same code."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import CODE_ALPHABET, RandomIds, read_code

LETTERS = st.text(CODE_ALPHABET, min_size=10, max_size=10)
PREFIXES = ("HC-", "HC", "hc ", "Hc.", "")
BETWEEN = ("-", " ", "", " - ")


def written(letters: str) -> str:
    return f"HC-{letters[:5]}-{letters[5:]}"


@given(LETTERS, st.sampled_from([*product(PREFIXES, BETWEEN)]), st.booleans())
def test_a_code_is_read_however_it_was_typed(
    letters: str, form: tuple[str, str], lower: bool
) -> None:
    prefix, between = form
    typed = f" {prefix}{letters[:5]}{between}{letters[5:]}. "

    assert read_code(typed.lower() if lower else typed) == written(letters)


def test_a_code_whose_letters_begin_like_the_prefix_is_read_without_it() -> None:
    assert read_code("HCAAA-AAAAA") == "HC-HCAAA-AAAAA"


@pytest.mark.parametrize(
    "typed",
    ["", "HC-", "HC-7K3MQ-9TD4", "HC-7K3MQ-9TD4WW", "HC-7K3MQ-9TD40", "HC-7K3MO-9TD4W", "xin chào"],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_no_letter_can_be_taken_for_another() -> None:
    assert not set(CODE_ALPHABET) & set("01ILOUVS58B")
    assert len(set(CODE_ALPHABET)) == len(CODE_ALPHABET)


def test_a_made_code_reads_as_itself() -> None:
    code = RandomIds().code()

    assert read_code(code) == code


def test_a_token_fits_a_deep_link() -> None:
    token = RandomIds().token()

    assert len(f"invite_{token}") <= 64
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def test_ids_do_not_repeat() -> None:
    ids = RandomIds()

    assert len({ids.new() for _ in range(1000)}) == 1000
