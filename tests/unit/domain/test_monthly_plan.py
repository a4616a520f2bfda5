"""Which plan a month is measured by, and what can be none."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.monthly_plan import MonthlyPlan, plan_for, read_plan
from domain.model.unit import Lineage

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LINEAGE = Lineage(("kv", "nk", "ct"))
MONTHS = [date(2026, month, 1) for month in range(6, 13)]


def plan(unit_id: str, month: int, sessions: int, number: int = 1) -> MonthlyPlan:
    return MonthlyPlan(unit_id, number, date(2026, month, 1), sessions, "hanh", NOW)


def counts(*plans: MonthlyPlan, month: int = 11) -> int | None:
    found = plan_for(plans, LINEAGE, date(2026, month, 1))
    return found.sessions if found else None


def test_a_plan_counts_from_its_month_on_and_earlier_months_keep_theirs() -> None:
    plans = (plan("kv", 9, 2), plan("kv", 11, 4, number=2))

    assert [counts(*plans, month=month) for month in (8, 9, 10, 11, 12)] == [None, 2, 2, 4, 4]


def test_the_last_word_on_one_month_counts() -> None:
    assert counts(plan("kv", 11, 2), plan("kv", 11, 3, number=2)) == 3


def test_without_a_plan_of_its_own_a_unit_has_that_of_the_nearest_above() -> None:
    assert counts(plan("ct", 9, 2), plan("nk", 10, 3)) == 3
    assert counts(plan("ct", 9, 2), plan("cr", 10, 3)) == 2, "another ward's counts nowhere here"


def test_nought_gives_the_months_back_to_the_unit_above() -> None:
    plans = (plan("ct", 9, 2), plan("kv", 10, 4), plan("kv", 11, 0, number=2))

    assert [counts(*plans, month=month) for month in (9, 10, 11)] == [2, 4, 2]


@given(
    st.lists(
        st.tuples(st.sampled_from(LINEAGE.unit_ids), st.integers(0, 4)), min_size=1, max_size=8
    )
)
def test_what_is_set_later_never_changes_an_earlier_month(sets: list[tuple[str, int]]) -> None:
    """One plan is set in each month; each month is asked for again after every one."""
    plans: list[MonthlyPlan] = []
    told: dict[date, MonthlyPlan | None] = {}
    for first_on, (unit_id, sessions) in zip(MONTHS, sets, strict=False):
        number = 1 + sum(one.unit_id == unit_id for one in plans)
        plans.append(MonthlyPlan(unit_id, number, first_on, sessions, "hanh", NOW))
        told[first_on] = plan_for(plans, LINEAGE, first_on)

        assert {month: plan_for(plans, LINEAGE, month) for month in told} == told


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("-5", "monthly_plan.out_of_range"),
        ("1000000000", "monthly_plan.out_of_range"),
        ("61", "monthly_plan.out_of_range"),
        ("nhiều", "monthly_plan.not_a_number"),
        ("2,5", "monthly_plan.not_a_number"),
        ("", "monthly_plan.not_a_number"),
    ],
)
def test_what_can_be_no_plan_is_refused_by_name(typed: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_plan(typed)

    assert refused.value.key == key


@pytest.mark.parametrize(("typed", "sessions"), [("4", 4), ("4 buổi", 4), ("0", 0), ("60", 60)])
def test_a_plan_is_read_as_it_is_typed(typed: str, sessions: int) -> None:
    assert read_plan(typed) == sessions
