"""What a roster check finds, and on which days it comes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.model.access import Role
from domain.model.field_work import Service
from domain.model.office_days import OfficeDays
from domain.model.roster_check import Finding, Found, checked, is_due
from domain.model.unit import Unit, UnitKind

TODAY = date(2026, 12, 1)
WARD = Unit("nk", "nk", "Ninh Kiều", UnitKind.WARD, None, "")
QUARTER = Unit("kv", "kv", "Khu vực 1", UnitKind.QUARTER, "nk", "")
OFFICE = OfficeDays({date(2026, 9, 2): "Quốc khánh"})


def somebody(
    joined: bool = True,
    invited: bool = False,
    rests: bool = False,
    until: date | None = None,
    seen: date | None = TODAY,
    role: Role = Role.COMMUNICATOR,
) -> Service:
    return Service("dung", "Dung", role, "kv", "Khu vực 1", joined, invited, rests, until, seen)


def found(*services: Service) -> set[Finding]:
    lists = checked(services, [WARD, QUARTER], TODAY)
    return {finding for finding, lines in lists.items() if lines}


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


CASES = [
    (somebody(), set()),
    (somebody(joined=False), {Finding.NOT_INVITED}),
    (somebody(joined=False, invited=True), {Finding.NOT_JOINED}),
    (somebody(seen=days(-30)), set()),
    (somebody(seen=days(-31)), {Finding.SILENT}),
    (somebody(seen=None), set()),
    (somebody(until=days(60)), {Finding.ENDING}),
    (somebody(until=days(61)), set()),
    (somebody(rests=True, seen=days(-31)), {Finding.UNCOVERED}),
    (somebody(role=Role.SPEAKER), {Finding.UNCOVERED}),
]


@pytest.mark.parametrize(("one", "findings"), CASES)
def test_a_person_is_in_the_lists_where_they_belong(one: Service, findings: set[Finding]) -> None:
    assert found(one) == findings


def test_a_hamlet_without_a_communicator_is_named_and_a_ward_is_not() -> None:
    lists = checked([], [WARD, QUARTER], TODAY)

    assert [line.name for line in lists[Finding.UNCOVERED]] == [QUARTER.name]


def test_quarters_of_one_name_are_listed_with_the_ward_they_are_in() -> None:
    city = Unit("ct", "ct", "Cần Thơ", UnitKind.CITY, None, "")
    ward = replace(WARD, parent_id=city.id)

    assert checked([], [city, ward, QUARTER], TODAY)[Finding.UNCOVERED] == (
        Found("Khu vực 1", "Ninh Kiều"),
    )
    assert checked([], [ward, QUARTER], TODAY)[Finding.UNCOVERED] == (Found("Khu vực 1"),)


def test_the_last_day_of_whoever_is_silent_is_told_to_nobody() -> None:
    """On that day they may have passed on something without their name."""
    lists = checked([somebody(seen=days(-31))], [], TODAY)

    assert lists[Finding.SILENT] == (Found("Dung", "Khu vực 1"),)


def test_somebody_with_two_roles_is_in_a_list_once() -> None:
    both = [somebody(joined=False, role=role) for role in (Role.SPEAKER, Role.COMMUNICATOR)]

    assert len(checked(both, [], TODAY)[Finding.NOT_INVITED]) == 1


@pytest.mark.parametrize(
    ("local", "due"),
    [
        ("2026-12-01 07:29", False),
        ("2026-12-01 07:30", True),
        ("2026-11-01 09:00", False),
        ("2026-11-02 09:00", True),
        ("2026-12-05 09:00", False),
        ("2026-12-08 09:00", True),
        ("2026-12-09 09:00", False),
        ("2026-09-01 09:00", True),
    ],
    ids=[
        "too early",
        "on the first working day",
        "a Sunday",
        "the Monday after",
        "a Saturday within the week",
        "a week late",
        "too late",
        "the day before a holiday",
    ],
)
def test_it_comes_on_the_morning_of_the_first_working_day_or_within_a_week(
    local: str, due: bool
) -> None:
    now = datetime.fromisoformat(f"{local}+07:00").astimezone(UTC)

    assert is_due(now, OFFICE) is due
