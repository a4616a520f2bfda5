"""What is taken as a note on a case."""

import pytest

from domain.errors import Refusal
from domain.model.case_note import LONGEST_NOTE, MOST_NOTES, acceptable_note


@pytest.mark.parametrize(
    ("typed", "present", "key"),
    [
        ("  \n ", 0, "case_note.nothing_written"),
        ("x" * (LONGEST_NOTE + 1), 0, "case_note.too_long"),
        ("Đã gọi.", MOST_NOTES, "case_note.too_many"),
    ],
)
def test_what_is_wrong_is_named(typed: str, present: int, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        acceptable_note(typed, present)
    assert refused.value.key == key


def test_any_other_is_kept() -> None:
    assert acceptable_note("Đã gọi.", MOST_NOTES - 1) == "Đã gọi."
