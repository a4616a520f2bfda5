"""What a file says of units that are merged or moved, read as a roster's file is read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from content.catalog import Words
from domain.errors import Refusal
from domain.model.reorganisation import (
    ChangeColumn,
    ChangeFlaw,
    ChangeKind,
    ChangeLine,
    ChangeReason,
)
from domain.model.text import normalised
from handlers.cli.roster_columns import BROKEN, TITLE_ROWS, folded, read_day
from handlers.cli.roster_sheet import Row, Sheet

NEEDED = (ChangeColumn.UNIT_CODE, ChangeColumn.KIND, ChangeColumn.INTO_CODE)
Meaning = TypeVar("Meaning")


@dataclass
class UnitReading:
    """A whole file read (nội dung tệp sắp xếp)."""

    lines: list[ChangeLine] = field(default_factory=list)
    flaws: list[ChangeFlaw] = field(default_factory=list)


class UnitColumns:
    """Knows the words for every column and change (từ ngữ của tệp sắp xếp)."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._columns = {
            way: column
            for column in ChangeColumn
            for way in _ways(words.text(f"cli.units_heading_{column}"))
        }
        self._kinds = {
            way: kind
            for kind in ChangeKind
            for way in (folded(kind), *_ways(words.text(f"cli.units_kind_{kind}")))
        }
        answers = {True: "cli.units_yes", False: "cli.units_no"}
        self._answers = {w: yes for yes, key in answers.items() for w in _ways(words.text(key))}

    def heading(self, column: ChangeColumn) -> str:
        return self._words.text(f"cli.units_heading_{column}").partition("|")[0].strip()

    def read(self, sheet: Sheet) -> UnitReading:
        """Every row below the headings; Refusal if those cannot be made out."""
        number, places = self._headings(sheet.rows)
        reading = UnitReading()
        columns = {place: column for column, place in places.items()}
        reading.flaws += _odd(sheet, number, columns)
        for row, cells in sheet.rows:
            if row > number:
                told = {c: _cell(cells, place) for c, place in places.items()}
                reading.lines.append(self._line(row, told, reading.flaws))
        return reading

    def _headings(self, rows: Sequence[Row]) -> tuple[int, dict[ChangeColumn, int]]:
        if not rows:
            raise Refusal("cli.roster_empty")
        known = [(number, self._known(cells)) for number, cells in rows[:TITLE_ROWS]]
        number, places = max(known, key=lambda one: len(one[1]))
        missing = [self.heading(column) for column in NEEDED if column not in places]
        if missing:
            raise Refusal("cli.roster_heading_missing", headings=self._words.listed(missing))
        return number, places

    def _known(self, cells: Sequence[str]) -> dict[ChangeColumn, int]:
        said = ((folded(cell), place) for place, cell in enumerate(cells))
        return {self._columns[cell]: place for cell, place in said if cell in self._columns}

    def _line(
        self, row: int, told: Mapping[ChangeColumn, str], flaws: list[ChangeFlaw]
    ) -> ChangeLine:
        def meant(
            column: ChangeColumn, read: Callable[[str], Meaning | None], reason: ChangeReason
        ) -> Meaning | None:
            text = told.get(column, "")
            if not text:
                return None
            if text in BROKEN:
                flaws.append(ChangeFlaw(row, column, ChangeReason.FORMULA))
                return None
            found = read(text)
            if found is None:
                flaws.append(ChangeFlaw(row, column, reason, {"given": text}))
            return found

        kind: ChangeKind | None = meant(
            ChangeColumn.KIND, lambda t: self._kinds.get(folded(t)), ChangeReason.UNKNOWN_KIND
        )
        ended: date | None = meant(ChangeColumn.ENDED_ON, read_day, ChangeReason.UNREADABLE_DATE)
        rights: bool | None = meant(
            ChangeColumn.RIGHTS,
            lambda t: self._answers.get(folded(t)),
            ChangeReason.UNREADABLE_RIGHTS,
        )
        codes = (told.get(ChangeColumn.UNIT_CODE, ""), told.get(ChangeColumn.INTO_CODE, ""))
        return ChangeLine(row, codes[0], kind, codes[1], ended, rights)


def _odd(sheet: Sheet, number: int, columns: Mapping[int, ChangeColumn]) -> Iterator[ChangeFlaw]:
    """Cells in which a formula stands, or that are one with others."""
    for row, place in sorted(sheet.formulas):
        if row > number and place in columns:
            yield ChangeFlaw(row, columns[place], ChangeReason.FORMULA)
    for block in sheet.merged:
        for place, column in columns.items():
            if block.bottom > number and block.left <= place <= block.right:
                yield ChangeFlaw(max(block.top, number + 1), column, ChangeReason.MERGED)


def _ways(said: str) -> list[str]:
    return [folded(way) for way in said.split("|")]


def _cell(cells: Sequence[str], place: int) -> str:
    return " ".join(normalised(cells[place]).split()) if place < len(cells) else ""
