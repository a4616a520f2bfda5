"""A case: where it may go, and who has it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import LostRace
from domain.model.opinion import (
    ALLOWED_MOVES,
    OPEN_CASES,
    REPLIED,
    WAITING,
    Opinion,
    OpinionSource,
    OpinionState,
)

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
NEW = Opinion(
    id="o1",
    code="HC-7K3MQ-9TD4W",
    number="YK-7K3M-Q9TD",
    unit_id="nk",
    source=OpinionSource.PRIVATE,
    text="Đèn đường hẻm 12 không sáng.",
    language="vi",
    state=OpinionState.NEW,
    handle="h1",
    filed_at=NOW,
    due_at=NOW + timedelta(days=14),
)


@given(st.lists(st.sampled_from(OpinionState), max_size=10))
def test_no_path_leaves_the_table_of_moves(path: list[OpinionState]) -> None:
    case = NEW
    for state in path:
        if state in ALLOWED_MOVES[case.state]:
            was, case = case, case.moved_to(state, LATER)
            assert (case.state, case.version) == (state, was.version + 1)
        else:
            with pytest.raises(LostRace):
                case.moved_to(state, LATER)
    assert (case.text, case.code, case.handle, case.due_at) == (
        NEW.text,
        NEW.code,
        NEW.handle,
        NEW.due_at,
    )


def test_every_state_has_a_row_in_the_table() -> None:
    assert set(ALLOWED_MOVES) == set(OpinionState)


def test_an_erased_case_goes_nowhere() -> None:
    assert ALLOWED_MOVES[OpinionState.WITHDRAWN] == frozenset()


@pytest.mark.parametrize("state", [s for s in OpinionState if s is not OpinionState.WITHDRAWN])
def test_a_resident_may_erase_a_case_wherever_it_stands(state: OpinionState) -> None:
    assert OpinionState.WITHDRAWN in ALLOWED_MOVES[state]


def test_a_case_cannot_close_without_an_answer() -> None:
    assert not [state for state in OPEN_CASES if OpinionState.CLOSED in ALLOWED_MOVES[state]]


def test_answering_and_closing_write_down_when() -> None:
    answered = NEW.taken_by("giang", NOW).moved_to(OpinionState.ANSWERED, NOW)
    closed = answered.moved_to(OpinionState.CLOSED, LATER)

    assert (closed.answered_at, closed.closed_at) == (NOW, LATER)


def test_a_reopened_case_is_no_longer_closed_and_keeps_its_owner() -> None:
    answered = NEW.taken_by("giang", NOW).moved_to(OpinionState.ANSWERED, NOW)
    closed = answered.moved_to(OpinionState.CLOSED, NOW)
    reopened = closed.moved_to(OpinionState.IN_PROGRESS, LATER)

    assert (reopened.closed_at, reopened.owner_id) == (None, "giang")


def test_no_way_leads_to_a_case_that_is_open_and_closed() -> None:
    """What is due is listed by the state alone."""
    known, further = set[tuple[OpinionState, bool]](), [NEW]
    while further:
        case = further.pop()
        if (standing := (case.state, case.closed_at is not None)) not in known:
            known.add(standing)
            goes_to = ALLOWED_MOVES[case.state]
            further += [case.moved_to(state, LATER, until=LATER) for state in goes_to]

    assert {state for state, _ in known} == set(OpinionState)
    assert not [state for state, is_closed in known if is_closed and state in OPEN_CASES]


def test_whoever_takes_a_case_owns_it() -> None:
    taken = NEW.taken_by("giang", NOW)

    assert (taken.owner_id, taken.state) == ("giang", OpinionState.IN_PROGRESS)


def test_a_case_is_not_taken_from_somebody_else() -> None:
    taken = NEW.taken_by("giang", NOW)

    with pytest.raises(LostRace) as refused:
        taken.taken_by("dung", NOW)

    assert refused.value.key == "triage.taken_by_another"


def test_a_case_is_not_taken_twice() -> None:
    taken = NEW.taken_by("giang", NOW)

    with pytest.raises(LostRace) as refused:
        taken.taken_by("giang", NOW)

    assert refused.value.key == "opinion.moved_on"


@pytest.mark.parametrize("state", [OpinionState.ANSWERED, OpinionState.CLOSED])
def test_staff_do_not_reopen_a_case_by_taking_it(state: OpinionState) -> None:
    answered = NEW.taken_by("giang", NOW).moved_to(OpinionState.ANSWERED, NOW)
    case = answered if state is OpinionState.ANSWERED else answered.moved_to(state, NOW)

    with pytest.raises(LostRace):
        case.taken_by("giang", LATER)


def test_a_case_knows_since_when_it_stands_where_it_stands() -> None:
    assert NEW.moved_to(OpinionState.RECEIVED, LATER).moved_at == LATER


@pytest.mark.parametrize("state", sorted(REPLIED))
def test_every_reply_can_be_objected_to_and_closes(state: OpinionState) -> None:
    assert {OpinionState.IN_PROGRESS, OpinionState.CLOSED} <= ALLOWED_MOVES[state]


@pytest.mark.parametrize("state", sorted(WAITING))
def test_a_case_that_waits_for_its_resident_keeps_the_day_until_it_goes_on(
    state: OpinionState,
) -> None:
    case = NEW.taken_by("giang", NOW).moved_to(state, NOW, until=LATER)

    assert case.waits_until == LATER
    assert case.moved_to(OpinionState.IN_PROGRESS, NOW).waits_until is None


def test_a_closed_case_can_be_disputed_until_the_day_that_was_promised() -> None:
    answered = NEW.taken_by("giang", NOW).moved_to(OpinionState.ANSWERED, NOW, until=LATER)
    closed = answered.moved_to(OpinionState.CLOSED, NOW)

    assert closed.may_be_disputed(LATER)
    assert not closed.may_be_disputed(LATER + timedelta(seconds=1))
