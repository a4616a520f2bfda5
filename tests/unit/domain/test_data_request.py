"""What the law gives an office time for: never later, and on a day on which somebody works."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import LOCAL_ZONE
from domain.model.data_request import DONE_WITHIN, due_for, must_be_taken_within
from domain.model.deadline import after_working_days
from domain.model.opinion_kind import DATA_REQUESTS, KINDS_ASKED, OpinionKind

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)


def weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (OpinionKind.SEE_DATA, date(2026, 12, 3)),
        (OpinionKind.CORRECT_DATA, date(2026, 12, 3)),
        (OpinionKind.END_CONSENT, date(2026, 12, 8)),
        (OpinionKind.OBJECT, date(2026, 12, 8)),
        (OpinionKind.ERASE_DATA, date(2026, 12, 11)),
    ],
)
def test_each_request_has_the_days_of_the_law_and_ends_before_a_weekend(
    kind: OpinionKind, due: date
) -> None:
    assert due_for(kind, MONDAY, 10, weekday).astimezone(LOCAL_ZONE).date() == due


@given(
    kind=st.sampled_from(sorted(DATA_REQUESTS)),
    start=st.integers(0, 400 * 24).map(lambda hours: MONDAY + timedelta(hours=hours)),
)
def test_a_request_is_never_due_later_than_the_law_says(kind: OpinionKind, start: datetime) -> None:
    due = due_for(kind, start, 10, weekday).astimezone(LOCAL_ZONE)
    latest = start.astimezone(LOCAL_ZONE).date() + timedelta(days=DONE_WITHIN[kind])

    assert start < due
    assert latest - timedelta(days=2) <= due.date() <= latest
    assert weekday(due.date())


@pytest.mark.parametrize("kind", [None, *KINDS_ASKED])
def test_what_is_no_request_has_the_days_of_an_opinion(kind: OpinionKind | None) -> None:
    assert due_for(kind, MONDAY, 7, weekday) == after_working_days(MONDAY, 7, weekday)
    assert must_be_taken_within(kind, 5) == 5


def test_every_request_has_its_days() -> None:
    assert DONE_WITHIN.keys() == DATA_REQUESTS
    assert not DATA_REQUESTS & set(KINDS_ASKED)
