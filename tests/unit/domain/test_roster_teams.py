"""Teams in a roster: in a hamlet, with one leader at most, whatever came before."""

from dataclasses import replace
from datetime import date

import pytest

from domain.model.access import Grant, Role
from domain.model.roster import Book, Column, Line, Member, Plan, Reason, Seat, TeamRole
from domain.model.roster_plan import plan
from domain.model.roster_teams import seats_of
from domain.model.unit import Unit, UnitKind

TODAY = date(2026, 11, 20)
WARD = Unit("nk", "nk", "Ninh Kiều", UnitKind.WARD, None, "")
QUARTER = Unit("kv", "kv", "Khu vực 1", UnitKind.QUARTER, "nk", "")
TEAM = "Tổ 6 trong 1"
LEADER, MEMBER = TeamRole.LEADER, TeamRole.MEMBER
DUNG = Line(2, "kv", name="Dung", roles=(Role.COMMUNICATOR,), team=TEAM, team_role=LEADER)
LAN = replace(DUNG, row=3, name="Lan", team_role=None)
LED = Member(
    "dung", "Dung", True, (), (Grant(Role.COMMUNICATOR, "kv"),), (Seat("kv", TEAM, LEADER),)
)
UNITS = (WARD, QUARTER)


def planned(*lines: Line, there: tuple[Member, ...] = ()) -> Plan:
    return plan(lines, Book(UNITS, there), TODAY)


def test_a_team_has_its_leader_and_its_members() -> None:
    made = planned(DUNG, LAN)

    assert [seats_of(one.lines, {"kv": "kv"}) for one in made.people] == [
        (Seat("kv", TEAM, LEADER),),
        (Seat("kv", TEAM, MEMBER),),
    ]


def test_a_second_leader_in_the_file_is_named() -> None:
    made = planned(DUNG, replace(LAN, team="TỔ 6  trong 1", team_role=LEADER))

    assert [(f.row, f.column, f.reason) for f in made.flaws] == [
        (3, Column.TEAM_ROLE, Reason.LED_TWICE)
    ]


def test_a_second_leader_beside_the_one_who_is_there_is_named() -> None:
    made = planned(replace(LAN, team_role=LEADER), there=(LED,))

    assert [flaw.reason for flaw in made.flaws] == [Reason.LED_TWICE]


def test_leading_passes_on_when_the_file_says_both() -> None:
    passed_on = (replace(DUNG, team_role=MEMBER), replace(LAN, team_role=LEADER))
    made = planned(*passed_on, there=(LED,))

    assert made.flaws == ()
    assert [change.seats for change in made.changes] == [(Seat("kv", TEAM, MEMBER),)]


def test_an_empty_cell_changes_no_seat() -> None:
    said_less = (replace(DUNG, team_role=None), replace(DUNG, team="", team_role=None))
    for line in said_less:
        assert planned(line, there=(LED,)).changes_nothing


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (replace(DUNG, unit_code="nk"), Column.TEAM, Reason.TEAM_NOT_IN_HAMLET),
        (replace(DUNG, team=""), Column.TEAM, Reason.TEAM_MISSING),
        (replace(DUNG, team="a" * 101), Column.TEAM, Reason.TEAM_NAME_TOO_LONG),
        (replace(DUNG, decision="a" * 101), Column.DECISION, Reason.DECISION_TOO_LONG),
    ],
)
def test_what_cannot_be_is_named_by_row_and_column(
    line: Line, column: Column, reason: Reason
) -> None:
    assert [(f.row, f.column, f.reason) for f in planned(line).flaws] == [(2, column, reason)]
