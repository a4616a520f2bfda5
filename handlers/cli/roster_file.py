"""The rows of a roster's file, as they are: every cell is text, and no formula is worked out."""

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from domain.errors import Refusal
from handlers.cli.roster_sheet import Row, Sheet
from handlers.formulas import FORMULA_STARTS

LARGEST = 64 * 2**20
"""Bytes; 50,000 rows take about a tenth of it."""
ZIPPED = b"PK\x03\x04"
"""How a workbook begins, whatever it is called."""
SEPARATORS = ",;\t"
QUOTE = "'"


def read_sheet(path: Path) -> Sheet:
    """All rows in which anything stands; Refusal if the file cannot be read as a roster."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal("cli.roster_too_large", path=path, megabytes=LARGEST // 2**20)
        data = path.read_bytes()
    except OSError:
        raise Refusal("cli.roster_no_file", path=path) from None
    file_hash = hashlib.sha256(data).hexdigest()
    if data.startswith(ZIPPED):
        from handlers.cli.roster_workbook import read_workbook

        return read_workbook(data, path, file_hash)
    if path.suffix.lower() in (".xlsx", ".xls", ".ods"):
        raise Refusal("cli.roster_not_csv", path=path)
    return Sheet(list(_rows(_text(data, path))), file_hash)


def _text(data: bytes, path: Path) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise Refusal("cli.roster_not_utf8", path=path, row=row) from None
    if "\0" in text:
        raise Refusal("cli.roster_not_csv", path=path)
    return text


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield number, [plain(cell) for cell in cells]
    except csv.Error:
        raise Refusal("cli.roster_quotes", row=number + 1) from None


def _separator(text: str) -> str:
    """The sign that stands most often in the first line that has any of them."""
    for line in text.splitlines():
        counts = {sign: line.count(sign) for sign in SEPARATORS}
        if any(counts.values()):
            return max(counts, key=lambda sign: counts[sign])
    return SEPARATORS[0]


def plain(cell: str) -> str:
    """What a cell says, without the quote that keeps a spreadsheet from calculating."""
    return cell[1:] if cell.startswith(QUOTE) and _starts_a_formula(cell) else cell


def quoted(cell: str) -> str:
    """A cell that `plain` reads as this, and that no spreadsheet takes for a formula."""
    return QUOTE + cell if _starts_a_formula(cell) else cell


def _starts_a_formula(cell: str) -> bool:
    """Whether a formula stands there, perhaps behind quotes."""
    return cell.lstrip(QUOTE).startswith(FORMULA_STARTS)
