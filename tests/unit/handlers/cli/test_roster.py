"""A roster's file is read however people write it."""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from content.catalog import Words
from domain.errors import Refusal
from domain.model.access import Role
from domain.model.locality import Point
from domain.model.roster import Column, Language, Line, Reason
from domain.model.unit import UnitKind
from handlers.cli.roster_columns import Columns, Reading
from handlers.cli.roster_file import plain, read_sheet
from handlers.cli.roster_workbook import LAST_COLUMN

PLAIN = """Họ và tên,Mã đơn vị,Tên đơn vị,Loại đơn vị,Mã cấp trên,Vai trò,Từ ngày,Đến ngày,Ngôn ngữ
Nguyễn Thị Dũng,kv1,Khu vực 1,Khu vực,nk,Tuyên truyền viên,01/07/2026,30/06/2031,Khmer
"""
AS_READ = Line(
    2,
    "kv1",
    "Khu vực 1",
    UnitKind.QUARTER,
    "nk",
    "Nguyễn Thị Dũng",
    (Role.COMMUNICATOR,),
    date(2026, 7, 1),
    date(2031, 6, 30),
    (Language.KHMER,),
)


@pytest.fixture(scope="module")
def columns() -> Columns:
    return Columns(Words.load())


def read(columns: Columns, folder: Path, data: str | bytes) -> Reading:
    path = folder / "roster.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return columns.read(read_sheet(path))


FORMS = {
    "plain": PLAIN.encode(),
    "with a mark at its start": PLAIN.encode("utf-8-sig"),
    "with semicolons": PLAIN.replace(",", ";").encode(),
    "with tabs": PLAIN.replace(",", "\t").encode(),
    "with the line ends of Windows": PLAIN.replace("\n", "\r\n").encode(),
    "decomposed": unicodedata.normalize("NFD", PLAIN).encode(),
    "with loud headings": (PLAIN.splitlines()[0].upper() + "\n" + PLAIN.splitlines()[1]).encode(),
    "with headings without marks": PLAIN.replace("Họ và tên", "ho va ten")
    .replace("Đến ngày", "den  ngay")
    .encode(),
    "with spaces around everything": PLAIN.replace(",", " , ").encode(),
    "with other words for the same": PLAIN.replace("Tuyên truyền viên", "ttv")
    .replace("Khu vực,nk", "khu_vuc,nk")
    .replace("Khmer", "Tiếng Khmer")
    .encode(),
}


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_a_row_is_read_in_every_form(columns: Columns, tmp_path: Path, data: bytes) -> None:
    reading = read(columns, tmp_path, data)

    assert (reading.lines, reading.flaws) == ([AS_READ], [])


def test_columns_stand_in_any_order(columns: Columns, tmp_path: Path) -> None:
    turned = "\n".join(",".join(reversed(row.split(","))) for row in PLAIN.splitlines())

    assert read(columns, tmp_path, turned).lines == [AS_READ]


def test_rows_count_as_in_a_spreadsheet_past_titles_and_empty_rows(
    columns: Columns, tmp_path: Path
) -> None:
    heading, row = PLAIN.splitlines()
    reading = read(columns, tmp_path, f"DANH SÁCH,,\n\n{heading}\n\n,,\n{row}\n")

    assert [line.row for line in reading.lines] == [6]


def test_a_column_without_use_is_told(columns: Columns, tmp_path: Path) -> None:
    reading = read(columns, tmp_path, "STT,Họ tên,Mã đơn vị,Vai trò,CCCD\n1,An,nk,TTV,092\n")

    assert reading.unused == ("STT", "CCCD")


DAYS = {
    "1/7/2026": date(2026, 7, 1),
    "01-07-2026": date(2026, 7, 1),
    "1.7.2026": date(2026, 7, 1),
    "2026-07-01": date(2026, 7, 1),
    "29/02/2028": date(2028, 2, 29),
}


@pytest.mark.parametrize(("text", "meant"), DAYS.items())
def test_a_day_is_read_as_it_is_written(
    columns: Columns, tmp_path: Path, text: str, meant: date
) -> None:
    reading = read(columns, tmp_path, PLAIN.replace("01/07/2026", text))

    assert (reading.lines[0].valid_from, reading.flaws) == (meant, [])


@pytest.mark.parametrize(
    "text", ["31/02/2026", "29/02/2027", "7/2026", "1/7/26", "46204", "hôm qua", "1/1/0001"]
)
def test_what_is_no_day_is_named(columns: Columns, tmp_path: Path, text: str) -> None:
    reading = read(columns, tmp_path, PLAIN.replace("01/07/2026", text))
    (flaw,) = reading.flaws

    assert (flaw.row, flaw.column, flaw.reason) == (2, Column.VALID_FROM, Reason.UNREADABLE_DATE)
    assert flaw.values == {"given": text}


PLACED = """Họ và tên,Mã đơn vị,Vai trò,Dân số,Vĩ độ,Kinh độ
An,kv1,TTV,{population},{latitude},{longitude}
"""


def test_a_population_and_a_place_on_the_map_are_read(columns: Columns, tmp_path: Path) -> None:
    there = PLACED.format(population="1.850", latitude="10.0325", longitude="105.7841")
    reading = read(columns, tmp_path, there)

    assert (reading.lines[0].population, reading.flaws) == (1850, [])
    assert reading.lines[0].point == Point(10.0325, 105.7841)


BAD_PLACES = [
    (("-5", "", ""), Column.POPULATION, Reason.UNREADABLE_POPULATION),
    (("1000000000", "", ""), Column.POPULATION, Reason.UNREADABLE_POPULATION),
    (("đông", "", ""), Column.POPULATION, Reason.UNREADABLE_POPULATION),
    (("", "105.7841", "105.7841"), Column.LATITUDE, Reason.UNREADABLE_LATITUDE),
    (("", "10.0325", "10.0325"), Column.LONGITUDE, Reason.UNREADABLE_LONGITUDE),
    (("", "10.0325", ""), Column.LONGITUDE, Reason.HALF_A_POINT),
    (("", "", "105.7841"), Column.LATITUDE, Reason.HALF_A_POINT),
]


@pytest.mark.parametrize(("cells", "column", "reason"), BAD_PLACES)
def test_what_is_no_population_or_no_place_here_is_named(
    columns: Columns, tmp_path: Path, cells: tuple[str, str, str], column: Column, reason: Reason
) -> None:
    said = dict(zip(("population", "latitude", "longitude"), cells, strict=True))
    (flaw,) = read(columns, tmp_path, PLACED.format(**said)).flaws

    assert (flaw.row, flaw.column, flaw.reason) == (2, column, reason)


@pytest.mark.parametrize("said", ["TTV, BCV", "TTV; bcv", "BCV + TTV", '"TTV\nBCV"', "TTV/BCV/TTV"])
def test_several_roles_stand_in_one_cell(columns: Columns, tmp_path: Path, said: str) -> None:
    cell = said if said.startswith('"') else f'"{said}"'
    reading = read(columns, tmp_path, PLAIN.replace("Tuyên truyền viên", cell))

    assert set(reading.lines[0].roles) == {Role.COMMUNICATOR, Role.SPEAKER}


def test_no_two_columns_roles_or_kinds_are_called_the_same(columns: Columns) -> None:
    headings = [columns.written(column).split("|") for column in Column]
    said = [" ".join(one.split()).casefold() for ways in headings for one in ways]

    assert len(said) == len(set(said))


@pytest.mark.parametrize("value", ["=1+1", "+84", "-An", "@An", "\t=1", "\r=1"])
def test_the_quote_that_keeps_a_formula_from_working_is_not_read(value: str) -> None:
    assert plain(f"'{value}") == value


def test_a_formula_is_taken_as_it_is_written(columns: Columns, tmp_path: Path) -> None:
    reading = read(columns, tmp_path, PLAIN.replace("Nguyễn Thị Dũng", "=CMD()"))

    assert reading.lines[0].name == "=CMD()"


@pytest.mark.parametrize("name", ["An", "'An", "O'Neill", ""])
def test_what_is_no_formula_stays_as_it_is(name: str) -> None:
    assert plain(name) == name


def as_it_is(_: Worksheet) -> None:
    """Nothing is changed."""


def workbook(
    columns: Columns, folder: Path, change: Callable[[Worksheet], object] = as_it_is
) -> Reading:
    """The plain roster as a workbook, with a title above it and what a test changes in it."""
    book, path = Workbook(), folder / "roster.xlsx"
    sheet = book.worksheets[0]
    sheet.append(["DANH SÁCH"])
    sheet.merge_cells("A1:I1")
    for row in PLAIN.splitlines():
        sheet.append(row.split(","))
    change(sheet)
    book.save(path)
    return columns.read(read_sheet(path))


def in_row_three(line: Line) -> Line:
    return replace(line, row=3)


def test_a_workbook_says_the_same(columns: Columns, tmp_path: Path) -> None:
    reading = workbook(columns, tmp_path)

    assert (reading.lines, reading.flaws) == ([in_row_three(AS_READ)], [])


def test_a_day_and_a_number_are_read_from_their_cells(columns: Columns, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        first_hour = datetime(2026, 7, 1)  # noqa: DTZ001 - a spreadsheet knows no time zones
        sheet["B3"], sheet["G3"], sheet["H3"] = 31135.0, first_hour, date(2031, 6, 30)

    reading = workbook(columns, tmp_path, change)

    assert reading.lines == [in_row_three(replace(AS_READ, unit_code="31135"))]
    assert reading.flaws == []


def test_merged_cells_are_named_and_a_merged_title_is_none(
    columns: Columns, tmp_path: Path
) -> None:
    reading = workbook(columns, tmp_path, lambda sheet: sheet.merge_cells("F3:G5"))

    assert [(f.row, f.column, f.reason) for f in reading.flaws] == [
        (3, Column.ROLES, Reason.MERGED),
        (3, Column.VALID_FROM, Reason.MERGED),
    ]
    assert reading.flaws[0].values == {"cells": "F3:G5"}


def test_a_formula_in_a_workbook_is_named_and_not_worked_out(
    columns: Columns, tmp_path: Path
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A3"], sheet["J3"] = '=HYPERLINK("http://evil.example")', "=1+1"

    (flaw,) = workbook(columns, tmp_path, change).flaws

    assert (flaw.row, flaw.column, flaw.reason) == (3, Column.NAME, Reason.FORMULA)


def test_a_code_is_read_without_signs_that_nobody_sees(columns: Columns, tmp_path: Path) -> None:
    (line,) = read(columns, tmp_path, PLAIN.replace("kv1,", "kv\u200b1\ufeff,")).lines

    assert line.unit_code == "kv1"


@pytest.mark.parametrize("said", ["#N/A", "#REF!", "#VALUE!"])
def test_what_a_formula_left_behind_is_nobodys_name(
    columns: Columns, tmp_path: Path, said: str
) -> None:
    (flaw,) = read(columns, tmp_path, PLAIN.replace("Nguyễn Thị Dũng", said)).flaws
    (cell,) = workbook(columns, tmp_path, lambda sheet: sheet.__setitem__("A3", said)).flaws

    assert (flaw.row, flaw.column, flaw.reason) == (2, Column.NAME, Reason.FORMULA)
    assert (cell.row, cell.column, cell.reason) == (3, Column.NAME, Reason.FORMULA)


def test_a_hidden_sheet_in_front_is_not_the_roster(columns: Columns, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        book = sheet.parent
        assert isinstance(book, Workbook)
        hidden = book.create_sheet("năm ngoái", 0)
        hidden.append(["Họ và tên", "Mã đơn vị", "Vai trò"])
        hidden.append(["Khách", "kv1", "Tuyên truyền viên"])
        hidden.sheet_state = "hidden"

    assert workbook(columns, tmp_path, change).lines == [in_row_three(AS_READ)]


def test_a_sheet_that_was_coloured_to_its_edge_keeps_only_what_a_roster_has(
    tmp_path: Path,
) -> None:
    book, path = Workbook(), tmp_path / "roster.xlsx"
    book.worksheets[0].append([*("Họ và tên", "Mã đơn vị", "Vai trò"), *[" "] * 16_000])
    book.save(path)
    ((_, cells),) = read_sheet(path).rows

    assert cells[:3] == ["Họ và tên", "Mã đơn vị", "Vai trò"]
    assert len(cells) <= LAST_COLUMN


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "An")
        archive.infolist()[0].file_size = 2**30


def no_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "An")


def bottomless(path: Path) -> None:
    Workbook().save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    row = b'<sheetData><row r="9999999999"><c r="A9999999999"><v>1</v></c></row></sheetData>'
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb"<sheetData.*(</sheetData>|/>)", row, parts[sheet], count=1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def half(path: Path) -> None:
    Workbook().save(path)
    path.write_bytes(path.read_bytes()[:900])


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (bomb, "too_large"),
        (no_workbook, "not_a_workbook"),
        (half, "not_a_workbook"),
        (bottomless, "not_a_workbook"),
    ],
)
def test_a_workbook_that_cannot_be_opened_is_refused(
    tmp_path: Path, make: Callable[[Path], None], why: str
) -> None:
    make(tmp_path / "roster.xlsx")

    with pytest.raises(Refusal) as refused:
        read_sheet(tmp_path / "roster.xlsx")
    assert refused.value.key == f"cli.roster_{why}"
