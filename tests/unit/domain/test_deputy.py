"""Days of a deputy as people type them, and whose rights a deputy acts by."""

from datetime import date

import pytest

from domain.model.access import Actor, Grant, Permission, Role
from domain.model.deputy import read_term
from domain.model.unit import Lineage

TODAY = date(2026, 11, 20)
HERE = Lineage(("nk", "ct"))
APPROVE = Permission.BULLETIN_APPROVE
INSTEAD = Grant(Role.APPROVER, "ct", TODAY, TODAY, deputy_of="binh")


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("24/11 - 30/11", (2026, 11, 24), (2026, 11, 30)),
        ("24/11-30/11", (2026, 11, 24), (2026, 11, 30)),
        ("từ ngày 24/11 đến hết ngày 30/11", (2026, 11, 24), (2026, 11, 30)),
        ("28/12/2026 đến 3/1/2027", (2026, 12, 28), (2027, 1, 3)),
        ("28/12 – 3/1", (2026, 12, 28), (2027, 1, 3)),
        ("đến 30/11", (2026, 11, 20), (2026, 11, 30)),
    ],
)
def test_two_days_are_a_term_and_one_is_its_end(
    typed: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert read_term(typed, TODAY) == (date(*first), date(*last))


def test_whoever_has_the_right_themself_acts_as_nobodys_deputy() -> None:
    own = Grant(Role.APPROVER, "nk")

    assert Actor("lan", (INSTEAD,)).stands_in_for(APPROVE, HERE) == "binh"
    assert Actor("lan", (INSTEAD, own)).stands_in_for(APPROVE, HERE) == ""
    assert Actor("lan", (INSTEAD,)).stands_in_for(APPROVE, Lineage(("xa",))) == ""
