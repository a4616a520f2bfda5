"""The plan of an import: everything is checked, and doing it twice changes nothing more."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.access import Grant, Role
from domain.model.roster import (
    ROSTER_ROLES,
    Book,
    Column,
    Language,
    Line,
    Member,
    Plan,
    Reason,
)
from domain.model.roster_plan import plan
from domain.model.unit import Unit, UnitKind

TODAY = date(2026, 11, 20)
CITY = Unit("u-ct", "ct", "Cần Thơ", UnitKind.CITY, None, "UBND thành phố Cần Thơ")
WARD = Unit("u-nk", "nk", "Ninh Kiều", UnitKind.WARD, "u-ct", "UBND phường Ninh Kiều")
TTV = Role.COMMUNICATOR
DUNG = Member("dung", "Dung", True, (), (Grant(TTV, "u-nk"),))
BOOK = Book((CITY, WARD), (DUNG,))


def line(row: int = 2, **said: object) -> Line:
    usual = Line(row, "nk", name="An", roles=(TTV,))
    return replace(usual, **said)  # type: ignore[arg-type]  # the fields are named in each test


def quarter(row: int, code: str, parent: str) -> Line:
    return Line(row, code, f"Khu vực {code}", UnitKind.QUARTER, parent)


def after(book: Book, made: Plan) -> Book:
    """What is there once the plan was carried out, as plainly as it can be written."""
    ids = count(len(book.members))
    units = {unit.code: unit for unit in book.units}
    for new in made.units:
        above = units[new.parent_code]
        units[new.code] = Unit(f"u-{new.code}", new.code, new.name, new.kind, above.id, "")
    members = {member.id: member for member in book.members}
    for change in made.changes:
        member = members[change.member.id]
        redated = dict(change.redated)
        founded = (
            Grant(role, units[line.unit_code].id, line.valid_from, line.valid_until)
            for line in change.founding
            for role in line.roles
        )
        grants = (*(redated.get(g, g) for g in member.grants), *change.added, *founded)
        languages = member.languages if change.languages is None else change.languages
        members[member.id] = replace(member, grants=grants, languages=languages)
    for one in made.people:
        grants = tuple(
            Grant(role, units[line.unit_code].id, line.valid_from, line.valid_until)
            for line in one.lines
            for role in line.roles
        )
        new_id = f"m{next(ids)}"
        members[new_id] = Member(new_id, one.name, False, one.languages, grants)
    return Book(tuple(units.values()), tuple(members.values()))


def reasons(made: Plan) -> list[tuple[int, Column, Reason]]:
    return [(flaw.row, flaw.column, flaw.reason) for flaw in made.flaws]


DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@st.composite
def rosters(draw: st.DrawFn) -> list[Line]:
    """A file without a flaw: a few quarters in a tree, people in them and in the ward."""
    quarters = []
    for number in range(draw(st.integers(0, 5))):
        parent = draw(st.sampled_from(["nk", *(f"q{n}" for n in range(number))]))
        quarters.append(quarter(0, f"q{number}", parent))
    codes = ["nk", *(one.unit_code for one in quarters)]
    named = draw(st.sets(st.tuples(st.sampled_from(codes), st.integers(0, 9)), max_size=15))
    lines = list(quarters)
    for code, name in sorted(named):
        start = draw(st.none() | DAYS)
        end = draw(st.none() | st.integers(0, 2000))
        until = None if end is None else (start or TODAY) + timedelta(days=end)
        roles = draw(st.sets(st.sampled_from(sorted(ROSTER_ROLES)), min_size=1))
        spoken = draw(st.sets(st.sampled_from(Language)))
        terms = (tuple(roles), start, until, tuple(spoken))
        lines.append(Line(0, code, "", None, "", f"Người {name}", *terms))
    shuffled = draw(st.permutations(lines))
    return [replace(one, row=row) for row, one in enumerate(shuffled, start=2)]


@given(rosters())
def test_importing_again_changes_nothing(lines: list[Line]) -> None:
    made = plan(lines, BOOK, TODAY)
    again = plan(lines, after(BOOK, made), TODAY)

    assert made.flaws == ()
    assert again.changes_nothing
    assert again.same == len(made.people) + len(made.changes) + made.same


@given(rosters(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(lines: list[Line], chance: Random) -> None:
    shuffled = list(lines)
    chance.shuffle(shuffled)
    one, other = plan(lines, BOOK, TODAY), plan(shuffled, BOOK, TODAY)

    assert {unit.code for unit in one.units} == {unit.code for unit in other.units}
    assert sorted(p.row for p in one.people) == sorted(p.row for p in other.people)


@given(rosters())
def test_every_row_with_somebody_is_new_changed_or_the_same(lines: list[Line]) -> None:
    made = plan(lines, BOOK, TODAY)

    people = [one for one in lines if one.name]
    assert len(made.people) + len(made.changes) + made.same == len(people)


@given(rosters())
def test_a_unit_comes_after_the_one_above_it(lines: list[Line]) -> None:
    there = {unit.code for unit in BOOK.units}
    for unit in plan(lines, BOOK, TODAY).units:
        assert unit.parent_code in there
        there.add(unit.code)


@given(rosters(), rosters())
def test_an_import_takes_nobody_and_no_role_away(first: list[Line], second: list[Line]) -> None:
    before = after(BOOK, plan(first, BOOK, TODAY))
    then = {m.id: m for m in after(before, plan(second, before, TODAY)).members}

    for member in before.members:
        roles = {(g.role, g.unit_id) for g in member.grants}
        assert roles <= {(g.role, g.unit_id) for g in then[member.id].grants}


@given(st.lists(st.integers(0, 7), min_size=1, max_size=8))
def test_a_circle_is_found_wherever_there_is_one(above: list[int]) -> None:
    lines = [
        quarter(row, f"q{row}", f"q{parent}" if parent < len(above) else "nk")
        for row, parent in enumerate(above)
    ]
    made = plan(lines, BOOK, TODAY)

    assert ({reason for *_, reason in reasons(made)} == {Reason.CIRCLE}) == _goes_round(above)


def _goes_round(above: Sequence[int]) -> bool:
    """Whether somebody who walks upwards from anywhere never arrives."""
    for start in range(len(above)):
        at = start
        for _ in above:
            if at < len(above):
                at = above[at]
        if at < len(above):
            return True
    return False


def test_a_name_in_another_form_is_the_same_person() -> None:
    decomposed = line(name="DU\u0303NG", unit_code="nk")
    member = replace(DUNG, name="Dũng")

    assert plan([decomposed], Book(BOOK.units, (member,)), TODAY).same == 1


@pytest.mark.parametrize("sign", ["\u200b", "\u200e", "\u202e", "\ufeff"])
def test_a_sign_that_nobody_sees_makes_no_other_person(sign: str) -> None:
    twice = plan([line(2, name="Dũng"), line(3, name=f"Dũ{sign}ng")], BOOK, TODAY)

    assert reasons(twice) == [(3, Column.NAME, Reason.TWICE)]


def test_marks_tell_people_apart() -> None:
    assert len(plan([line(2, name="Dung"), line(3, name="Dũng")], BOOK, TODAY).people) == 1
    assert len(plan([line(2, name="Hà"), line(3, name="Hạ")], BOOK, TODAY).people) == 2


def test_an_empty_cell_changes_nothing_that_is_known() -> None:
    known = Grant(TTV, "u-nk", date(2026, 7, 1), date(2031, 6, 30))
    member = replace(DUNG, grants=(known,), languages=(Language.KHMER,))

    assert plan([line(name="Dung")], Book(BOOK.units, (member,)), TODAY).changes_nothing


def test_whoever_is_not_in_the_file_is_only_named() -> None:
    made = plan([line()], BOOK, TODAY)

    assert made.missing == ((DUNG, WARD),)
    assert made.changes == ()


def test_whose_term_has_ended_is_not_missed() -> None:
    ended = replace(DUNG, grants=(Grant(TTV, "u-nk", None, TODAY - timedelta(days=1)),))

    assert plan([line()], Book(BOOK.units, (ended,)), TODAY).missing == ()


def test_whoever_is_in_gets_no_staff_role_from_a_file() -> None:
    made = plan([line(name="Dung", roles=(TTV, Role.APPROVER))], BOOK, TODAY)

    assert reasons(made) == [(2, Column.ROLES, Reason.BY_INVITE)]


def test_no_file_makes_a_staff_role_of_whoever_is_in_last_longer() -> None:
    held = Grant(Role.APPROVER, "u-nk", None, TODAY)
    book = Book(BOOK.units, (replace(DUNG, grants=(held,)),))
    longer = line(name="Dung", roles=(Role.APPROVER,), valid_until=date(2031, 1, 1))

    assert reasons(plan([longer], book, TODAY)) == [(2, Column.ROLES, Reason.BY_INVITE)]
    assert plan([replace(longer, valid_until=TODAY)], book, TODAY).same == 1


def test_of_two_with_one_name_the_one_with_that_role_is_meant() -> None:
    invited = replace(DUNG, id="invited", grants=(Grant(Role.AUTHOR, "u-nk"),))
    made = plan([line(name="Dung")], Book(BOOK.units, (invited, DUNG)), TODAY)

    assert (made.flaws, made.same) == ((), 1)


def with_twins() -> Book:
    return Book(BOOK.units, (DUNG, replace(DUNG, id="other")))


FLAWED: list[tuple[str, Callable[[], tuple[list[Line], Book]], Column, Reason]] = [
    ("no code", lambda: ([line(unit_code="")], BOOK), Column.UNIT_CODE, Reason.CODE_MISSING),
    ("no such unit", lambda: ([line(unit_code="x")], BOOK), Column.UNIT_CODE, Reason.UNIT_UNKNOWN),
    (
        "a unit without a kind",
        lambda: ([line(unit_code="x", unit_name="X", parent_code="nk")], BOOK),
        Column.UNIT_KIND,
        Reason.UNIT_INCOMPLETE,
    ),
    (
        "a code with a space",
        lambda: ([quarter(2, "a b", "nk")], BOOK),
        Column.UNIT_CODE,
        Reason.CODE_MALFORMED,
    ),
    (
        "no such unit above",
        lambda: ([quarter(2, "q", "gone")], BOOK),
        Column.PARENT_CODE,
        Reason.PARENT_UNKNOWN,
    ),
    (
        "a unit in itself",
        lambda: ([quarter(2, "q", "q")], BOOK),
        Column.PARENT_CODE,
        Reason.CIRCLE,
    ),
    (
        "another name than before",
        lambda: ([quarter(1, "q", "nk"), replace(quarter(2, "q", "nk"), unit_name="K")], BOOK),
        Column.UNIT_NAME,
        Reason.UNIT_CONTRADICTED,
    ),
    (
        "another name than is known",
        lambda: ([line(unit_name="Cái Răng")], BOOK),
        Column.UNIT_NAME,
        Reason.UNIT_CHANGED,
    ),
    (
        "another unit above than is known",
        lambda: ([line(parent_code="nk")], BOOK),
        Column.PARENT_CODE,
        Reason.UNIT_CHANGED,
    ),
    ("no name", lambda: ([line(name="")], BOOK), Column.NAME, Reason.NAME_MISSING),
    ("a name of nothing", lambda: ([line(name="\u3164")], BOOK), Column.NAME, Reason.NAME_MISSING),
    (
        "a unit with a long name",
        lambda: ([replace(quarter(2, "q1", "nk"), unit_name="a" * 101)], BOOK),
        Column.UNIT_NAME,
        Reason.NAME_TOO_LONG,
    ),
    ("a long name", lambda: ([line(name="a" * 101)], BOOK), Column.NAME, Reason.NAME_TOO_LONG),
    ("no role", lambda: ([line(roles=())], BOOK), Column.ROLES, Reason.ROLE_MISSING),
    (
        "an end before the beginning",
        lambda: ([line(valid_from=TODAY, valid_until=TODAY - timedelta(days=1))], BOOK),
        Column.VALID_UNTIL,
        Reason.TERM_BACKWARDS,
    ),
    ("one person twice", lambda: ([line(1), line(2, name="AN")], BOOK), Column.NAME, Reason.TWICE),
    (
        "two of that name",
        lambda: ([line(name="Dung")], with_twins()),
        Column.NAME,
        Reason.AMBIGUOUS,
    ),
]


@pytest.mark.parametrize(
    ("made", "column", "reason"), [one[1:] for one in FLAWED], ids=[one[0] for one in FLAWED]
)
def test_a_flaw_is_named_by_row_and_column_and_nothing_is_planned(
    made: Callable[[], tuple[list[Line], Book]], column: Column, reason: Reason
) -> None:
    found = plan(*made(), TODAY)

    assert reasons(found) == [(2, column, reason)]
    assert found.changes_nothing


def test_of_each_circle_there_is_one_flaw_and_no_second_one_above_it() -> None:
    lines = [quarter(2, "a", "b"), quarter(3, "b", "a"), quarter(4, "c", "a")]
    (flaw,) = plan(lines, BOOK, TODAY).flaws

    assert flaw.values["circle"] == "a → b → a"


def test_a_population_is_taken_over_and_the_second_time_nothing_changes() -> None:
    lines = [line(2, population=110_000), replace(quarter(3, "q1", "nk"), population=1850)]
    made = plan(lines, BOOK, TODAY)

    assert made.described == (replace(WARD, population=110_000),)
    assert [new.population for new in made.units] == [1850]
    known = replace(BOOK, units=(CITY, *made.described))
    assert plan([replace(lines[0], name="Dung")], known, TODAY).changes_nothing


def test_a_row_that_says_nothing_of_the_population_leaves_it_as_it_is() -> None:
    known = replace(BOOK, units=(CITY, replace(WARD, population=110_000)))

    assert plan([line(name="Dung")], known, TODAY).changes_nothing


def test_two_populations_of_one_unit_contradict_each_other() -> None:
    made = plan([line(2, population=400), line(3, name="Bình", population=401)], BOOK, TODAY)

    assert reasons(made) == [(3, Column.POPULATION, Reason.UNIT_CONTRADICTED)]
