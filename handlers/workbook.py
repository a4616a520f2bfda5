"""A workbook of one sheet, in which everything that was written by people stays text."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from handlers.formulas import FORMULA_STARTS

TEXT = "s"
WIDTH = 16
"""Characters that a column shows at least."""
Cell = str | int | date


def write_workbook(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Text, numbers and days, the headings in bold and always in sight."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"
    for at, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = max(WIDTH, len(heading) + 2)
    sheet.append([_written(sheet, heading, bold=True) for heading in headings])
    for row in rows:
        sheet.append([_written(sheet, cell) for cell in row])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _written(sheet: Any, value: Cell, bold: bool = False) -> Any:
    if value == "":
        return None
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = TEXT  # whatever it begins with
        # So that it stays text when somebody opens and leaves the cell.
        cell.quotePrefix = value.startswith(FORMULA_STARTS)
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    if bold:
        cell.font = Font(bold=True)
    return cell
