"""The first sheet of a workbook that is not hidden, read without working anything out."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from domain.errors import Refusal
from handlers.cli.roster_sheet import Block, Row, Sheet

LARGEST_MEGABYTES = 512
"""Of everything in it, unpacked; what claims more is a trap rather than a roster."""
LAST_ROW, LAST_COLUMN = 2**20, 100
"""Further down no spreadsheet goes, and further right no roster: a sheet that was coloured to its
edge has 16,384 cells in each row."""
VISIBLE = "visible"
FORMULA = "f"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_TAIL = 64
"""Bytes of a piece that are looked at again with the next, so that no reference is cut."""
_PIECE = 2**20


def read_workbook(data: bytes, path: Path, file_hash: str) -> Sheet:
    """Its rows, its merged cells, and where formulas stand; Refusal if it cannot be opened."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_MEGABYTES * 2**20:
                raise Refusal("cli.roster_too_large", path=path, megabytes=LARGEST_MEGABYTES)
            return _read(data, archive, file_hash)
    except Refusal:
        raise
    except Exception:  # whatever the library trips over in a damaged or foreign file
        raise Refusal("cli.roster_not_a_workbook", path=path) from None


def _read(data: bytes, archive: zipfile.ZipFile, file_hash: str) -> Sheet:
    workbook = load_workbook(BytesIO(data), read_only=True)
    try:
        sheets = workbook.worksheets
        sheet = next((one for one in sheets if one.sheet_state == VISIBLE), sheets[0])
        sheet.reset_dimensions()  # what a file says of its own size is often wrong
        rows: list[Row] = []
        formulas: set[tuple[int, int]] = set()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if number > LAST_ROW:
                raise ValueError(number)
            cells = row[:LAST_COLUMN]
            formulas |= {(number, at) for at, c in enumerate(cells) if c.data_type == FORMULA}
            said = [_text(cell.value) for cell in cells]
            if any(one.strip() for one in said):
                rows.append((number, said))
        name = sheet._worksheet_path  # noqa: SLF001 - nothing public says which file a sheet is
    finally:
        workbook.close()
    return Sheet(rows, file_hash, tuple(_merged(archive, name)), frozenset(formulas))


def _merged(archive: zipfile.ZipFile, name: str) -> Iterator[Block]:
    """The merged cells, which the library does not tell of a sheet that it reads row by row."""
    found: dict[bytes, None] = {}
    with archive.open(name) as sheet:
        before = b""
        while piece := sheet.read(_PIECE):
            seen = before + piece
            found.update(dict.fromkeys(_MERGED.findall(seen)))
            before = seen[-_TAIL:]
    for reference in found:
        left, top, right, bottom = range_boundaries(reference.decode())
        yield Block(reference.decode(), top, bottom, left - 1, right - 1)


def _text(value: object) -> str:
    """What a cell shows, nearly: a day without its hour, a whole number without its zeros."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
