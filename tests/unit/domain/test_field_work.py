"""Rest, return, leave and move: what each does to what somebody is in the field."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.model.access import FIELD_ROLES, Grant, Person, Role
from domain.model.field_work import ServiceAct, decided, is_listed, possible

TODAY = date(2026, 11, 20)
HERE, THERE = "kv1", "kv2"
TERM = Grant(Role.COMMUNICATOR, HERE, date(2026, 7, 1), date(2031, 6, 30), "12/QĐ", TODAY)
DUNG = Person("dung", "Dung", "telegram:106", (TERM, Grant(Role.APPROVER, HERE)))
DAYS = st.none() | st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
GRANTS = st.builds(
    Grant,
    st.sampled_from(sorted([*FIELD_ROLES, Role.APPROVER])),
    st.sampled_from([HERE, THERE]),
    valid_until=DAYS,
    suspended_on=st.none() | st.just(TODAY),
    left_on=st.none() | st.just(TODAY),
)


def after(person: Person, act: ServiceAct) -> Person:
    outcome = decided(act, person, HERE, TODAY, THERE)
    changed = dict(outcome.changed)
    grants = (*(changed.get(grant, grant) for grant in person.grants), *outcome.added)
    return replace(person, grants=grants)


def in_the_field(person: Person, unit_id: str = HERE) -> list[Grant]:
    held = [g for g in person.grants if g.role in FIELD_ROLES and g.unit_id == unit_id]
    return [grant for grant in held if grant.holds_on(TODAY)]


@given(st.lists(GRANTS, max_size=5), st.sampled_from([ServiceAct.SUSPEND, ServiceAct.LEAVE]))
def test_nothing_holds_in_the_field_from_the_moment_of_rest_or_leave(
    grants: list[Grant], act: ServiceAct
) -> None:
    assert in_the_field(after(Person("x", "X", None, tuple(grants)), act)) == []


@given(st.lists(GRANTS, max_size=5), st.sampled_from(ServiceAct))
def test_staff_roles_and_other_units_are_left_alone(grants: list[Grant], act: ServiceAct) -> None:
    before = Person("x", "X", None, tuple(grants))
    others = [g for g in grants if g.role not in FIELD_ROLES or g.unit_id != HERE]

    assert [g for g in after(before, act).grants if g in others][: len(others)] == others


@given(st.lists(GRANTS, max_size=5), st.sampled_from(ServiceAct))
def test_the_same_act_twice_does_nothing_more(grants: list[Grant], act: ServiceAct) -> None:
    once = after(Person("x", "X", None, tuple(grants)), act)

    assert decided(act, once, HERE, TODAY, THERE).is_empty


def test_whoever_rests_returns_to_what_they_were() -> None:
    assert after(after(DUNG, ServiceAct.SUSPEND), ServiceAct.RESUME) == DUNG


def test_whoever_left_can_be_taken_back() -> None:
    gone = after(DUNG, ServiceAct.LEAVE)

    assert is_listed(gone, HERE, TODAY)
    assert after(gone, ServiceAct.RESUME) == DUNG


def test_a_term_that_is_over_does_not_come_back() -> None:
    over = replace(TERM, valid_until=TODAY - timedelta(days=1), left_on=TODAY)

    assert possible(replace(DUNG, grants=(over,)), HERE, TODAY) == ()
    assert not is_listed(replace(DUNG, grants=(over,)), HERE, TODAY)


def test_a_move_takes_the_rest_of_the_term_and_the_decision_along() -> None:
    moved = after(DUNG, ServiceAct.MOVE)

    assert in_the_field(moved) == []
    assert in_the_field(moved, THERE) == [replace(TERM, unit_id=THERE, valid_from=TODAY)]


def test_whoever_is_there_already_gets_no_second_term() -> None:
    there = Grant(Role.COMMUNICATOR, THERE)
    both = replace(DUNG, grants=(TERM, there))

    assert in_the_field(after(both, ServiceAct.MOVE), THERE) == [there]
