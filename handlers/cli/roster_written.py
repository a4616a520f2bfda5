"""A roster's rows as a file, CSV or XLSX, that an import reads back just as they were."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from domain.model.roster import Column, Line
from handlers.cli.roster_columns import Columns
from handlers.cli.roster_file import quoted

Cells = Sequence[str | date]
WORKBOOK = ".xlsx"
LINE_END = "\r\n"


def as_csv(columns: Columns, lines: Sequence[Line]) -> bytes:
    """With commas and the mark by which a spreadsheet knows UTF-8; nothing in it is a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=LINE_END)
    writer.writerow(_headings(columns))
    writer.writerows([_as_text(cell) for cell in cells_of(columns, line)] for line in lines)
    return file.getvalue().encode("utf-8-sig")


def cells_of(columns: Columns, line: Line) -> Cells:
    """What stands in a row, in the order of the columns; a day is still a day."""
    said: Mapping[Column, str | date | None] = {
        Column.UNIT_CODE: line.unit_code,
        Column.UNIT_NAME: line.unit_name,
        Column.UNIT_KIND: columns.kind(line.unit_kind) if line.unit_kind else "",
        Column.PARENT_CODE: line.parent_code,
        Column.POPULATION: str(line.population or ""),
        Column.LATITUDE: str(line.point.latitude) if line.point else "",
        Column.LONGITUDE: str(line.point.longitude) if line.point else "",
        Column.PERSON_CODE: line.person_code,
        Column.NAME: line.name,
        Column.ROLES: ", ".join(columns.role(role) for role in line.roles),
        Column.VALID_FROM: line.valid_from,
        Column.VALID_UNTIL: line.valid_until,
        Column.LANGUAGES: ", ".join(columns.language(one) for one in line.languages),
        Column.DECISION: line.decision,
        Column.DECIDED_ON: line.decided_on,
        Column.TEAM: line.team,
        Column.TEAM_ROLE: columns.team_role(line.team_role) if line.team_role else "",
    }
    return [said[column] or "" for column in Column]


def _headings(columns: Columns) -> list[str]:
    return [columns.heading(column) for column in Column]


def _as_text(cell: str | date) -> str:
    return quoted(cell) if isinstance(cell, str) else f"{cell:%d/%m/%Y}"


Writer = Callable[[Columns, Sequence[Line]], bytes]


def writer_for(suffix: str) -> Writer:
    """By how the file is called; whatever is no workbook is a file of commas."""
    if suffix.lower() != WORKBOOK:
        return as_csv

    def as_workbook(columns: Columns, lines: Sequence[Line]) -> bytes:
        from handlers.workbook import write_workbook

        rows = (cells_of(columns, line) for line in lines)
        return write_workbook(_headings(columns), rows)

    return as_workbook
