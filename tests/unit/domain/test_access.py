"""Who may do what, where and on which day: the table itself, walked in full."""

from datetime import date
from itertools import product

import pytest

from domain.errors import Forbidden
from domain.model.access import (
    CLOCKWORK,
    EVERYWHERE,
    FIELD_ROLES,
    INVITABLE_ROLES,
    OPERATOR,
    PERMISSIONS,
    RESIDENT,
    STAFF_ROLES,
    Actor,
    Grant,
    Permission,
    Person,
    Role,
)
from domain.model.unit import Lineage

CITY = Lineage(("ct",))
WARD = Lineage(("nk", "ct"))
QUARTER = Lineage(("kv", "nk", "ct"))
SIBLING = Lineage(("cr", "ct"))
REACHED_FROM_THE_WARD = {"own": (WARD, True), "child": (QUARTER, True)}
OUT_OF_REACH = {"parent": (CITY, False), "sibling": (SIBLING, False)}
PLACES = REACHED_FROM_THE_WARD | OUT_OF_REACH
ANYWHERE = (CITY, WARD, QUARTER, SIBLING)

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", Role)
def test_a_role_on_the_ward_gives_its_permissions_in_the_ward_and_below(
    role: Role, place: str
) -> None:
    lineage, reached = PLACES[place]
    actor = Actor("an", (Grant(role, "nk"),))

    allowed = {permission for permission in Permission if actor.may(permission, lineage)}

    assert allowed == (PERMISSIONS[role] if reached else set())


@pytest.mark.parametrize("permission", Permission)
def test_without_a_grant_nothing_is_allowed(permission: Permission) -> None:
    nobody = Actor("khach", ())

    assert not any(nobody.may(permission, lineage) for lineage in ANYWHERE)
    with pytest.raises(Forbidden):
        nobody.require(permission, WARD)


def test_every_role_has_a_row_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Role)


def test_every_permission_is_somebodys() -> None:
    assert frozenset().union(*PERMISSIONS.values()) == set(Permission)


def test_no_one_role_both_writes_and_approves() -> None:
    both = {Permission.BULLETIN_COMPOSE, Permission.BULLETIN_APPROVE}

    assert not [role for role, given in PERMISSIONS.items() if both <= given]


def test_no_resident_and_no_machine_can_be_invited() -> None:
    assert INVITABLE_ROLES == STAFF_ROLES | FIELD_ROLES
    assert not INVITABLE_ROLES & {Role.RESIDENT, Role.OPERATOR, Role.CLOCKWORK}


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_staff_never_act_as_a_resident(role: Role) -> None:
    assert not PERMISSIONS[role] & PERMISSIONS[Role.RESIDENT]


@pytest.mark.parametrize("actor", [RESIDENT, CLOCKWORK, OPERATOR], ids=lambda one: one.id)
def test_the_three_without_a_person_reach_everywhere_and_are_no_staff(actor: Actor) -> None:
    (grant,) = actor.grants

    assert grant.unit_id == EVERYWHERE
    assert all(actor.may(p, lineage) for p, lineage in product(PERMISSIONS[grant.role], ANYWHERE))
    assert not actor.is_staff


def test_two_grants_add_up() -> None:
    an = Actor("an", (Grant(Role.AUTHOR, "nk"), Grant(Role.TRIAGER, "cr")))

    assert an.may(Permission.BULLETIN_COMPOSE, WARD)
    assert an.may(Permission.OPINION_OPEN, SIBLING)
    assert not an.may(Permission.OPINION_OPEN, WARD)
    assert an.units_for(Permission.OPINION_OPEN) == ("cr",)


@pytest.mark.parametrize(
    ("start", "end", "day", "holds"),
    [
        (FIRST, LAST, date(2026, 10, 31), False),
        (FIRST, LAST, FIRST, True),
        (FIRST, LAST, LAST, True),
        (FIRST, LAST, date(2026, 12, 1), False),
        (FIRST, None, date(2026, 10, 31), False),
        (FIRST, None, date(2099, 1, 1), True),
        (None, LAST, date(2020, 1, 1), True),
        (None, LAST, date(2026, 12, 1), False),
        (None, None, FIRST, True),
    ],
)
def test_a_deputys_grant_holds_from_its_first_to_its_last_day(
    start: date | None, end: date | None, day: date, holds: bool
) -> None:
    grant = Grant(Role.APPROVER, "nk", start, end)
    deputy = Person("binh", "Bình", "telegram:102", (grant,))

    assert grant.holds_on(day) is holds
    assert deputy.actor_on(day).may(Permission.BULLETIN_APPROVE, WARD) is holds
