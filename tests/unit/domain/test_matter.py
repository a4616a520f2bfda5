"""What several cases have in common: how it is called, and which of them can be answered."""

import pytest

from domain.errors import LostRace, Refusal
from domain.model.matter import Hindrance, Matter, MatterCase, hindrance, read_title
from domain.model.opinion import ALLOWED_MOVES, OpinionState
from tests.integration.storage.cast import NOW

MATTER = Matter("m1", "nk", "Mất nước", "giang", NOW)


@pytest.mark.parametrize("state", OpinionState)
def test_only_what_the_state_table_lets_be_answered_is(state: OpinionState) -> None:
    case = MatterCase(1, "o1", "YK-1", state, "giang")
    by_word = OpinionState.ANSWERED in ALLOWED_MOVES[state]
    # A joined case moves with its master's answer and by no word of its own.
    expected = by_word and state is not OpinionState.DUPLICATE_OF

    assert (hindrance(case, "giang") is None) is expected


@pytest.mark.parametrize(
    ("owner", "waits", "reason"),
    [
        ("giang", False, None),
        (None, False, None),
        ("khanh", False, Hindrance.ANOTHERS),
        ("giang", True, Hindrance.LETTER_WAITS),
    ],
)
def test_a_case_is_answered_by_whoever_has_it_and_not_past_a_letter_that_waits(
    owner: str | None, waits: bool, reason: Hindrance | None
) -> None:
    case = MatterCase(1, "o1", "YK-1", OpinionState.IN_PROGRESS, owner, waits)

    assert hindrance(case, "giang") is reason


@pytest.mark.parametrize("typed", ["", "\u200b", "ế" * 81, "số 0912.345.678", "CCCD 079123456789"])
def test_what_can_be_no_title_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_title(typed)


def test_a_title_is_one_line_in_nfc() -> None:
    assert read_title("  Mất\nnước hẻm 12 ") == "Mất nước hẻm 12"


def test_a_matter_is_closed_once() -> None:
    with pytest.raises(LostRace):
        MATTER.closed(NOW).closed(NOW)
