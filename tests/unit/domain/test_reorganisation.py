"""What a file of changes asks for is judged as a whole, before anything is touched."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.model.reorganisation import (
    ChangeKind,
    ChangeLine,
    ChangeReason,
    Reorganisation,
    plan_changes,
)
from domain.model.unit import Unit, UnitKind

TODAY = date(2026, 11, 20)
CITY = Unit("ct", "ct", "Cần Thơ", UnitKind.CITY, None, "UBND thành phố Cần Thơ")
WARD = Unit("nk", "nk", "Ninh Kiều", UnitKind.WARD, "ct", "UBND phường Ninh Kiều")
QUARTER = Unit("kv", "kv", "Khu vực 1", UnitKind.QUARTER, "nk", "Khu vực 1")
OTHER = Unit("cr", "cr", "Cái Răng", UnitKind.WARD, "ct", "UBND phường Cái Răng")
THIRD = Unit("bt", "bt", "Bình Thủy", UnitKind.WARD, "ct", "UBND phường Bình Thủy")
UNITS = (CITY, WARD, QUARTER, OTHER, THIRD)
MERGE = ChangeLine(2, "nk", ChangeKind.MERGE, "cr", TODAY, False)
MOVE = ChangeLine(3, "kv", ChangeKind.MOVE, "cr")


def reasons(*lines: ChangeLine, units: tuple[Unit, ...] = UNITS) -> set[ChangeReason]:
    return {flaw.reason for flaw in plan_changes(lines, units, TODAY).flaws}


def test_what_can_be_is_planned_in_the_order_of_the_file() -> None:
    plan = plan_changes([MERGE, replace(MOVE, into_code="bt")], UNITS, TODAY)

    assert [(one.kind, one.unit, one.into) for one in plan.changes] == [
        (ChangeKind.MERGE, WARD, OTHER),
        (ChangeKind.MOVE, QUARTER, THIRD),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (replace(MERGE, into_code="xx"), ChangeReason.UNKNOWN_UNIT),
        (replace(MERGE, unit_code=""), ChangeReason.MISSING),
        (replace(MERGE, ended_on=None), ChangeReason.MISSING),
        (replace(MERGE, carries_rights=None), ChangeReason.MISSING),
        (replace(MERGE, ended_on=TODAY + timedelta(days=1)), ChangeReason.TOO_EARLY),
        (replace(MERGE, into_code="kv"), ChangeReason.UNLIKE),
        (replace(MOVE, unit_code="nk", into_code="nk"), ChangeReason.CIRCLE),
        (replace(MOVE, unit_code="ct"), ChangeReason.TOP),
        (replace(MOVE, unit_code="nk", into_code="kv"), ChangeReason.BELOW_HAMLET),
        (replace(MOVE, carries_rights=True), ChangeReason.NOT_BY_MOVING),
    ],
)
def test_what_cannot_be_is_named(line: ChangeLine, reason: ChangeReason) -> None:
    assert reason in reasons(line)


def test_nothing_goes_to_a_unit_that_ends_in_the_same_file() -> None:
    assert ChangeReason.INTO_ENDED in reasons(replace(MOVE, unit_code="bt", into_code="nk"), MERGE)


def test_a_unit_has_one_row() -> None:
    assert reasons(MERGE, replace(MERGE, row=9, into_code="bt")) == {ChangeReason.TWICE}


def test_units_do_not_come_to_lie_in_a_circle() -> None:
    there, back = replace(MERGE, into_code="cr"), replace(MERGE, unit_code="cr", into_code="nk")

    assert reasons(
        replace(MOVE, unit_code="nk", into_code="cr"),
        replace(MOVE, row=4, unit_code="cr", into_code="nk"),
    ) == {ChangeReason.CIRCLE}
    assert ChangeReason.INTO_ENDED in reasons(there, back)


def test_what_was_done_before_is_left_alone() -> None:
    ended = replace(WARD, ended_on=TODAY, successor_id="cr", parent_id="cr")
    moved = replace(QUARTER, parent_id="cr")

    plan = plan_changes([MERGE, MOVE], (CITY, ended, moved, OTHER), TODAY)

    assert plan == Reorganisation(same=2)


def test_a_unit_that_ended_elsewhere_ends_no_second_time() -> None:
    ended = replace(WARD, ended_on=TODAY, successor_id="bt", parent_id="bt")

    assert ChangeReason.ENDED in reasons(MERGE, units=(CITY, ended, QUARTER, OTHER, THIRD))
