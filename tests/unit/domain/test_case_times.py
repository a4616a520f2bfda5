"""What is said of a case's deadlines, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.model.case_news import CaseNews
from domain.model.case_times import CaseClock, CaseTimes, steps_due
from domain.model.office_days import OfficeDays
from domain.model.opinion import OpinionState
from domain.model.opinion_kind import OpinionKind

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Half past seven in the morning in Cần Thơ: the office opens."""
OFFICE = OfficeDays({})
TIMES = CaseTimes()


def case(state: OpinionState = OpinionState.NEW, *, urgent: bool = False) -> CaseClock:
    due = MONDAY + timedelta(days=14, hours=9, minutes=30)
    return CaseClock("o1", state, urgent, MONDAY, None, due)


def said(clock: CaseClock, **after: float) -> set[CaseNews]:
    now = MONDAY + timedelta(**after)
    return {step.news for step in steps_due(clock, now, OFFICE, TIMES)}


@pytest.mark.parametrize(
    ("hours", "urgent", "news"),
    [
        (3, False, set()),
        (4, False, {CaseNews.RECEIVE_SOON}),
        (24, False, {CaseNews.RECEIVE_SOON}),
        (25, False, {CaseNews.RECEIVE_LATE}),
        (2, True, {CaseNews.RECEIVE_SOON}),
        (3, True, {CaseNews.RECEIVE_SOON}),
        (4, True, {CaseNews.RECEIVE_LATE}),
    ],
)
def test_a_case_is_to_be_received_in_eight_working_hours_an_urgent_one_in_four(
    hours: int, urgent: bool, news: set[CaseNews]
) -> None:
    assert said(case(urgent=urgent), hours=hours) == news


def test_a_request_about_data_is_to_be_taken_within_two_working_days() -> None:
    request = replace(case(OpinionState.RECEIVED), kind=OpinionKind.ERASE_DATA)

    assert said(request, days=1) == {CaseNews.FORWARD_SOON}
    assert said(request, days=3) == {CaseNews.FORWARD_LATE}


def test_nights_and_weekends_do_not_count() -> None:
    friday = CaseClock("o1", OpinionState.NEW, False, MONDAY - timedelta(days=3), None, MONDAY)
    nobody_works = MONDAY - timedelta(minutes=1)

    found = {step.news for step in steps_due(friday, nobody_works, OFFICE, TIMES)}
    assert CaseNews.RECEIVE_LATE not in found


@pytest.mark.parametrize(
    ("days", "news"),
    [
        (3, set()),
        (4, {CaseNews.FORWARD_SOON}),
        (7, {CaseNews.FORWARD_SOON}),
        (8, {CaseNews.FORWARD_LATE}),
    ],
)
def test_within_five_working_days_somebody_takes_it_or_hands_it_on(
    days: int, news: set[CaseNews]
) -> None:
    assert said(case(OpinionState.RECEIVED), days=days) == news


@pytest.mark.parametrize(
    ("days", "news"),
    [
        (9, set()),
        (10, {CaseNews.ANSWER_SOON}),
        (14, {CaseNews.ANSWER_SOON}),
        (15, {CaseNews.ANSWER_LATE}),
    ],
)
def test_two_working_days_before_its_due_date_it_is_due_soon_and_after_it_late(
    days: int, news: set[CaseNews]
) -> None:
    assert said(case(OpinionState.IN_PROGRESS), days=days) == news


def test_what_is_said_of_a_new_due_date_is_not_what_was_said_of_the_old() -> None:
    late = MONDAY + timedelta(days=40)
    once, again = (
        steps_due(
            CaseClock("o1", OpinionState.IN_PROGRESS, False, MONDAY, None, due), late, OFFICE, TIMES
        )
        for due in (MONDAY, MONDAY + timedelta(days=1))
    )

    assert once != again
