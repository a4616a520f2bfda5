"""A roster's headings and cells, read in whatever case, marks, spaces and order they come."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TypeVar

from content.catalog import Words
from domain.errors import Refusal
from domain.model.access import Role
from domain.model.locality import Point, read_latitude, read_longitude, read_population
from domain.model.roster import ROSTER_ROLES, Column, Flaw, Language, Line, Reason, TeamRole
from domain.model.text import INVISIBLE, normalised
from domain.model.unit import UnitKind
from handlers.cli.roster_sheet import Row, Sheet

REQUIRED = (Column.UNIT_CODE, Column.NAME, Column.ROLES)
BROKEN = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"})
"""What a spreadsheet shows of a formula that came to nothing, also where its value was pasted."""
CODES = (Column.UNIT_CODE, Column.PARENT_CODE, Column.PERSON_CODE)
TITLE_ROWS = 10
"""How far down the row of headings is looked for."""
CONTROL = "Cc"
"""What no form, and no workbook, has a place for."""
FIRST_YEAR, LAST_YEAR = 1950, 2100
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: 00:00(?::00)?)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_SEVERAL = re.compile(r"[;,/+]")
Meaning = TypeVar("Meaning", bound=StrEnum)


def folded(text: str) -> str:
    """Words without case, marks, signs and needless spaces, for telling headings apart."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(c for c in letters if unicodedata.category(c) != "Mn")
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


@dataclass(frozen=True, slots=True)
class Headings:
    """Where each column stands (hàng tiêu đề)."""

    row: int
    places: Mapping[Column, int]
    unused: tuple[str, ...]
    """Headings that a roster has no use for, as they were written."""


@dataclass(frozen=True)
class Reading:
    """A whole file read: its rows, what could not be read in them, what was not looked at."""

    lines: list[Line] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    unused: tuple[str, ...] = ()


class Columns:
    """Knows the words for every column, role, kind and language (từ ngữ của danh sách)."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._columns = dict(_spoken((c, self.written(c)) for c in Column))
        self._roles = dict(_spoken((r, self._said(f"cli.roster_role_{r}")) for r in ROSTER_ROLES))
        self._kinds = dict(_spoken((k, words.text(f"unit_kind.{k}")) for k in UnitKind))
        self._languages = dict(
            _spoken((one, self._said(f"cli.roster_language_{one}")) for one in Language)
        )

        self._team_roles = dict(
            _spoken((one, self._said(f"cli.roster_team_role_{one}")) for one in TeamRole)
        )

    def written(self, column: Column) -> str:
        """All the headings that mean this column, the usual one first."""
        return self._said(f"cli.roster_heading_{column}")

    def heading(self, column: Column) -> str:
        return _first(self.written(column))

    def role(self, role: Role) -> str:
        return _first(self._said(f"cli.roster_role_{role}"))

    def kind(self, kind: UnitKind) -> str:
        return _first(self._said(f"unit_kind.{kind}"))

    def language(self, language: Language) -> str:
        return _first(self._said(f"cli.roster_language_{language}"))

    def team_role(self, role: TeamRole) -> str:
        return _first(self._said(f"cli.roster_team_role_{role}"))

    def read(self, sheet: Sheet) -> Reading:
        """Every row below the headings; Refusal if those cannot be made out."""
        headings = self._headings(sheet.rows)
        reading = Reading(unused=headings.unused)
        reading.flaws.extend((*_worked_out(sheet, headings), *_merged(sheet, headings)))
        for number, cells in sheet.rows:
            if number > headings.row:
                told = {c: _cell(c, cells, place) for c, place in headings.places.items()}
                broken = (column for column, text in told.items() if text in BROKEN)
                reading.flaws.extend(Flaw(number, column, Reason.FORMULA) for column in broken)
                reading.lines.append(self._line(number, told, reading.flaws))
        return reading

    def _said(self, key: str) -> str:
        return self._words.text(key)

    def _headings(self, rows: Sequence[Row]) -> Headings:
        if not rows:
            raise Refusal("cli.roster_empty")
        known = [(row, self._known(row[1])) for row in rows[:TITLE_ROWS]]
        (number, cells), found = max(known, key=lambda one: len({*one[1].values()}))
        missing = [self.heading(c) for c in REQUIRED if c not in found.values()]
        if missing:
            raise Refusal("cli.roster_heading_missing", headings=self._words.listed(missing))
        places: dict[Column, int] = {}
        for place, column in found.items():
            if column in places:
                raise Refusal("cli.roster_heading_twice", heading=self.heading(column), row=number)
            places[column] = place
        unused = (cell.strip() for place, cell in enumerate(cells) if place not in found)
        return Headings(number, places, tuple(cell for cell in unused if cell))

    def _known(self, cells: Sequence[str]) -> dict[int, Column]:
        said = ((place, folded(cell)) for place, cell in enumerate(cells))
        return {place: self._columns[cell] for place, cell in said if cell in self._columns}

    def _line(self, row: int, told: Mapping[Column, str], flaws: list[Flaw]) -> Line:
        cell = partial(_Cell, row, flaws=flaws)

        def given(column: Column) -> "_Cell":
            return cell(column, told.get(column, ""))

        kind = given(Column.UNIT_KIND).one(self._kinds, Reason.UNKNOWN_KIND)
        roles = given(Column.ROLES).several(self._roles, Reason.UNKNOWN_ROLE)
        spoken = given(Column.LANGUAGES).several(self._languages, Reason.UNKNOWN_LANGUAGE)
        return Line(
            row,
            unit_code=told.get(Column.UNIT_CODE, ""),
            unit_name=told.get(Column.UNIT_NAME, ""),
            unit_kind=kind,
            parent_code=told.get(Column.PARENT_CODE, ""),
            name=told.get(Column.NAME, ""),
            roles=roles,
            valid_from=given(Column.VALID_FROM).day(),
            valid_until=given(Column.VALID_UNTIL).day(),
            languages=tuple(one for one in Language if one in spoken),
            person_code=told.get(Column.PERSON_CODE, ""),
            decision=told.get(Column.DECISION, ""),
            decided_on=given(Column.DECIDED_ON).day(),
            team=told.get(Column.TEAM, ""),
            team_role=given(Column.TEAM_ROLE).one(self._team_roles, Reason.UNKNOWN_TEAM_ROLE),
            population=given(Column.POPULATION).population(),
            point=_point(given(Column.LATITUDE), given(Column.LONGITUDE)),
        )


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell, and where to write down that it cannot be read."""

    row: int
    column: Column
    text: str
    flaws: list[Flaw]

    def one(self, meanings: Mapping[str, Meaning], otherwise: Reason) -> Meaning | None:
        return self._meaning(self.text, meanings, otherwise) if self.text else None

    def several(self, meanings: Mapping[str, Meaning], otherwise: Reason) -> tuple[Meaning, ...]:
        parts = [part.strip() for part in _SEVERAL.split(self.text) if part.strip()]
        found = [self._meaning(part, meanings, otherwise) for part in parts]
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def day(self) -> date | None:
        read = read_day(self.text)
        if self.text and read is None:
            self._cannot_be(Reason.UNREADABLE_DATE, self.text)
        return read

    def population(self) -> int | None:
        if not self.text:
            return None
        try:
            return read_population(self.text)
        except Refusal:
            self._cannot_be(Reason.UNREADABLE_POPULATION, self.text)
            return None

    def degrees(self, read: Callable[[str], float | None], otherwise: Reason) -> float | None:
        found = read(self.text)
        if self.text and found is None:
            self._cannot_be(otherwise, self.text)
        return found

    def missing(self) -> None:
        self.flaws.append(Flaw(self.row, self.column, Reason.HALF_A_POINT))

    def _meaning(
        self, text: str, meanings: Mapping[str, Meaning], otherwise: Reason
    ) -> Meaning | None:
        meaning = meanings.get(folded(text))
        if meaning is None:
            self._cannot_be(otherwise, text)
        return meaning

    def _cannot_be(self, reason: Reason, text: str) -> None:
        self.flaws.append(Flaw(self.row, self.column, reason, {"given": text}))


def _point(north: _Cell, east: _Cell) -> Point | None:
    """Where a unit lies; both are said, or neither."""
    latitude = north.degrees(read_latitude, Reason.UNREADABLE_LATITUDE)
    longitude = east.degrees(read_longitude, Reason.UNREADABLE_LONGITUDE)
    if latitude is not None and longitude is not None:
        return Point(latitude, longitude)
    for cell, other in ((north, east), (east, north)):
        if not cell.text and other.text:
            cell.missing()
    return None


def _worked_out(sheet: Sheet, headings: Headings) -> Iterator[Flaw]:
    """Cells that a roster reads, and in which a formula stands."""
    columns = {place: column for column, place in headings.places.items()}
    for row, place in sorted(sheet.formulas):
        if row > headings.row and place in columns:
            yield Flaw(row, columns[place], Reason.FORMULA)


def _merged(sheet: Sheet, headings: Headings) -> Iterator[Flaw]:
    """Merged cells below the headings: what stands in them is in the first of them only."""
    for block in sheet.merged:
        row = max(block.top, headings.row + 1)
        for column, place in headings.places.items():
            if row <= block.bottom and block.left <= place <= block.right:
                yield Flaw(row, column, Reason.MERGED, {"cells": block.reference})


def read_day(text: str) -> date | None:
    """The day that is meant; None if there is no such day."""
    if found := _DAY.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _spoken(meanings: Iterable[tuple[Meaning, str]]) -> Iterator[tuple[str, Meaning]]:
    """Each way to say something, folded, and what it means; the stored value is one of them."""
    for meaning, said in meanings:
        yield folded(meaning), meaning
        for way in said.split("|"):
            yield folded(way), meaning


def _first(said: str) -> str:
    """The usual one of several ways to say something."""
    return said.partition("|")[0].strip()


def _cell(column: Column, cells: Sequence[str], place: int) -> str:
    """What stands in a row's column, in NFC and in single spaces; '' behind the row's end."""
    text = normalised(cells[place]) if place < len(cells) else ""
    between = "; " if column in (Column.ROLES, Column.LANGUAGES) else " "
    line = " ".join(between.join(text.splitlines()).split())
    unwanted = (CONTROL, INVISIBLE) if column in CODES else (CONTROL,)
    return "".join(c for c in line if unicodedata.category(c) not in unwanted)
