"""Which reason stands for a letter that was refused."""

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.matter import Hindrance
from domain.usecases.left_unanswered import why_refused


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (Forbidden("errors.forbidden"), Hindrance.NO_RIGHT),
        (Refusal("letter.no_approver"), Hindrance.NO_SECOND),
        (LostRace("triage.taken_by_another", code="YK-1"), Hindrance.ANOTHERS),
        (LostRace("triage.erased", code="YK-1"), Hindrance.ERASED),
        (LostRace("opinion.moved_on", code="YK-1"), Hindrance.CHANGED),
    ],
)
def test_a_refused_letter_is_said_to_be_a_colleagues_only_where_it_is(
    refused: Refusal, reason: Hindrance
) -> None:
    assert why_refused(refused) is reason
