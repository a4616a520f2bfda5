"""What an export writes an import reads back, and then there is nothing to do."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.catalog import Words
from domain.model.access import Grant, Role
from domain.model.locality import MOST_PEOPLE, Point
from domain.model.roster import (
    ROSTER_ROLES,
    Book,
    Column,
    Language,
    Line,
    Member,
    Reason,
    Seat,
    TeamRole,
)
from domain.model.roster_plan import plan
from domain.model.roster_rows import lines_of
from domain.model.text import has_words, normalised
from domain.model.unit import HAMLET_KINDS, Unit, UnitKind
from handlers.cli.roster_columns import Columns
from handlers.cli.roster_file import plain, quoted, read_sheet
from handlers.cli.roster_written import writer_for
from handlers.formulas import FORMULA_STARTS

COLUMNS = Columns(Words.load())
TODAY = date(2026, 11, 20)
FORMS = pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Cn"])


def _name(said: str) -> str:
    """As an import keeps it."""
    return " ".join(normalised(said).split())


STARTS = ["", *FORMULA_STARTS, "'", "'=", "''+"]
NAMES = (
    st.tuples(
        st.sampled_from(["", *FORMULA_STARTS, "'", "'=", "''+"]), st.text(LETTERS, max_size=9)
    )
    .map(lambda parts: _name("".join(parts)))
    .filter(has_words)
)
DAYS = st.none() | st.dates(date(1950, 1, 1), date(2090, 12, 31))


@st.composite
def grants(draw: st.DrawFn, unit_ids: Sequence[str]) -> Grant:
    start = draw(DAYS)
    days = draw(st.none() | st.integers(0, 3000))
    end = None if days is None else (start or TODAY) + timedelta(days=days)
    role = draw(st.sampled_from(sorted(ROSTER_ROLES)))
    decision = draw(st.just("") | NAMES)
    rests = draw(st.none() | st.just(TODAY))
    unit_id = draw(st.sampled_from(unit_ids))
    return Grant(role, unit_id, start, end, decision, draw(DAYS), rests)


DEGREES = ((8_000_000, 24_000_000), (102_000_000, 118_000_000))
POINTS = st.builds(
    Point, *(st.integers(least, most).map(lambda n: n / 10**6) for least, most in DEGREES)
)
PLACES = st.tuples(st.none() | st.integers(1, MOST_PEOPLE), st.none() | POINTS)
"""A population, and where it lies."""


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Any tree of units and people in them, namesakes and several terms of one role included."""
    units = [Unit("u0", "k0", draw(NAMES), UnitKind.CITY, None, "", None, *draw(PLACES))]
    for number in range(1, draw(st.integers(1, 4))):
        above = draw(st.sampled_from(units))
        kind = draw(st.sampled_from(UnitKind))
        place = (draw(NAMES), kind, above.id, "", None, *draw(PLACES))
        units.append(Unit(f"u{number}", f"k{number}", *place))
    held = st.lists(grants([unit.id for unit in units]), min_size=1, max_size=4)
    hamlets = [unit.id for unit in units if unit.kind in HAMLET_KINDS]
    members = [
        Member(
            f"p{number}",
            draw(NAMES),
            draw(st.booleans()),
            tuple(one for one in Language if draw(st.booleans())),
            *_seated(tuple(draw(held)), hamlets, draw(st.booleans())),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    return Book(tuple(units), tuple(members))


def _seated(
    held: tuple[Grant, ...], hamlets: Sequence[str], leads: bool
) -> tuple[tuple[Grant, ...], tuple[Seat, ...]]:
    """Their grants, and a place in a team of the first hamlet among them; nobody else leads it."""
    at = next((grant.unit_id for grant in held if grant.unit_id in hamlets), None)
    role = TeamRole.LEADER if leads else TeamRole.MEMBER
    return held, (Seat(at, f"Tổ {id(held)}", role),) if at else ()


def read_back(lines: Sequence[Line], suffix: str) -> list[Line]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"roster{suffix}"
        path.write_bytes(writer_for(suffix)(COLUMNS, lines))
        reading = COLUMNS.read(read_sheet(path))
    assert (reading.flaws, reading.unused) == ([], ())
    return reading.lines


@FORMS
@given(book=books())
@settings(max_examples=60, deadline=None)
def test_importing_an_export_changes_nothing(suffix: str, book: Book) -> None:
    made = plan(read_back(lines_of(book), suffix), book, TODAY)

    assert made.flaws == ()
    assert made.changes_nothing
    assert (made.units_same, made.same) == (len(book.units), len(book.members))


@FORMS
@given(book=books())
@settings(max_examples=40, deadline=None)
def test_every_row_comes_back_as_it_was(suffix: str, book: Book) -> None:
    lines = lines_of(book)

    assert read_back(lines, suffix) == list(lines)


@given(st.text())
def test_a_quoted_cell_says_what_it_said(text: str) -> None:
    assert plain(quoted(text)) == text
    assert not quoted(text).startswith(FORMULA_STARTS)


WICKED = [f"{start}HYPERLINK(1)" for start in FORMULA_STARTS]


def named(name: str) -> tuple[Line, ...]:
    return (Line(2, "nk", "Ninh Kiều", UnitKind.WARD, "ct", name, (Role.COMMUNICATOR,)),)


@pytest.mark.parametrize("name", WICKED, ids=repr)
def test_no_cell_of_a_file_of_commas_begins_like_a_formula(name: str) -> None:
    written = writer_for(".csv")(COLUMNS, named(name)).decode("utf-8-sig")

    for row in csv.reader(io.StringIO(written, newline="")):
        assert not [cell for cell in row if cell.startswith(FORMULA_STARTS)]


@pytest.mark.parametrize("name", [one for one in WICKED if one.isprintable()])
def test_a_workbook_has_no_formula_and_keeps_the_text(name: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(writer_for(".xlsx")(COLUMNS, named(name)))
    with zipfile.ZipFile(path) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")

    assert COLUMNS.read(read_sheet(path)).lines[0].name == name


def test_each_role_of_a_person_has_its_row_and_they_share_a_code() -> None:
    roles = (Role.COMMUNICATOR, Role.SPEAKER)
    ward = Unit("u", "nk", "Ninh Kiều", UnitKind.WARD, None, "")
    dung = Member("d1", "Dung", True, (), tuple(Grant(role, "u") for role in roles))
    lines = lines_of(Book((ward,), (dung,)))

    assert [(one.person_code, one.roles) for one in lines] == [("d1", (r,)) for r in roles]


def test_a_unit_without_anybody_has_its_row() -> None:
    ward = Unit("u", "nk", "Ninh Kiều", UnitKind.WARD, None, "")

    assert lines_of(Book((ward,), ())) == (Line(2, "nk", "Ninh Kiều", UnitKind.WARD),)


AN = Line(2, "k0", name="An", roles=(Role.COMMUNICATOR,), person_code="1")
CITY = Unit("u0", "k0", "Cần Thơ", UnitKind.CITY, None, "")
LAN = Member("p1", "Lan", True, (), (Grant(Role.COMMUNICATOR, "u0"),))


def test_rows_with_one_code_are_one_person() -> None:
    other = replace(AN, row=3, roles=(Role.SPEAKER,), valid_from=TODAY)
    (entry,) = plan([AN, other], Book((CITY,), ()), TODAY).people

    assert entry.lines == (AN, other)


def test_rows_with_one_code_and_two_names_are_refused() -> None:
    made = plan([AN, replace(AN, row=3, name="Ân")], Book((CITY,), ()), TODAY)

    assert [(f.row, f.column, f.reason) for f in made.flaws] == [
        (3, Column.NAME, Reason.PERSON_CONTRADICTED)
    ]


def test_a_known_code_with_another_name_is_refused() -> None:
    made = plan([replace(AN, person_code="p1")], Book((CITY,), (LAN,)), TODAY)

    assert [flaw.reason for flaw in made.flaws] == [Reason.PERSON_CONTRADICTED]


def test_a_known_code_in_a_unit_that_is_founded_brings_the_person_there() -> None:
    there = replace(AN, unit_code="q", name="Lan", person_code="p1")
    founding = replace(there, unit_name="Khu vực", unit_kind=UnitKind.QUARTER, parent_code="k0")
    (change,) = plan([founding], Book((CITY,), (LAN,)), TODAY).changes

    assert (change.member, change.founding) == (LAN, (founding,))


def test_no_code_gives_a_staff_role_to_whoever_is_in() -> None:
    founding = Line(2, "q", "Khu vực", UnitKind.QUARTER, "k0", "Lan", (Role.APPROVER,))
    made = plan([replace(founding, person_code="p1")], Book((CITY,), (LAN,)), TODAY)

    assert [flaw.reason for flaw in made.flaws] == [Reason.BY_INVITE]


def test_several_terms_of_one_role_are_kept_apart() -> None:
    first = replace(AN, valid_from=date(2021, 7, 1), valid_until=date(2026, 6, 30))
    second = replace(first, row=3, valid_from=date(2026, 7, 1), valid_until=None)
    held = tuple(
        Grant(Role.COMMUNICATOR, "u0", one.valid_from, one.valid_until) for one in (first, second)
    )
    an = Member("p2", "An", True, (), held)

    assert plan([first, second], Book((CITY,), (an,)), TODAY).changes_nothing


def test_whoever_has_left_is_not_handed_out_and_no_file_brings_them_back() -> None:
    gone = replace(LAN.grants[0], left_on=TODAY)
    book = Book((CITY,), (replace(LAN, grants=(gone,)),))
    made = plan([replace(AN, name="Lan", valid_until=date(2031, 6, 30))], book, TODAY)

    assert [line.name for line in lines_of(book)] == [""]
    assert made.changes_nothing
    assert (made.same, made.missing) == (1, ())


def test_a_new_term_holds_for_whoever_left_and_came_back() -> None:
    gone, until = replace(LAN.grants[0], left_on=TODAY), date(2031, 6, 30)
    back = replace(LAN.grants[0], valid_from=TODAY)
    book = Book((CITY,), (replace(LAN, grants=(gone, back)),))
    (change,) = plan([replace(AN, name="Lan", valid_until=until)], book, TODAY).changes

    assert change.redated == ((back, replace(back, valid_until=until)),)


def test_whoever_rests_stays_so_whatever_a_file_says() -> None:
    rests = replace(LAN.grants[0], suspended_on=TODAY)
    book = Book((CITY,), (replace(LAN, grants=(rests,)),))
    (change,) = plan([replace(AN, name="Lan", decision="12/QĐ")], book, TODAY).changes

    assert change.redated == ((rests, replace(rests, decision="12/QĐ")),)
