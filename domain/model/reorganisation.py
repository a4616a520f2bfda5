"""Units that are merged into others or laid below others: what a file asks for, and if it can be.

A split is two steps: the new units are founded, and what lies with the old one goes to one of them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.model.access import Role
from domain.model.letter_template import LetterTemplate
from domain.model.unit import COMMUNE_KINDS, HAMLET_KINDS, Unit


class ChangeKind(StrEnum):
    """What becomes of a unit (hình thức sắp xếp)."""

    MERGE = "sap_nhap"
    """It ends; what lay with it lies with another from then on."""
    MOVE = "chuyen"
    """It goes on, with all below it, below another."""


class ChangeColumn(StrEnum):
    """What a file says of a change (cột của tệp sắp xếp)."""

    UNIT_CODE = "unit_code"
    KIND = "kind"
    INTO_CODE = "into_code"
    ENDED_ON = "ended_on"
    RIGHTS = "rights"


class ChangeReason(StrEnum):
    """Why a change cannot be."""

    FORMULA = "formula"
    MERGED = "merged"
    UNKNOWN_KIND = "unknown_kind"
    UNREADABLE_DATE = "unreadable_date"
    UNREADABLE_RIGHTS = "unreadable_rights"
    MISSING = "missing"
    UNKNOWN_UNIT = "unknown_unit"
    TWICE = "twice"
    TOP = "top"
    ENDED = "ended"
    INTO_ENDED = "into_ended"
    CIRCLE = "circle"
    UNLIKE = "unlike"
    BELOW_HAMLET = "below_hamlet"
    TOO_EARLY = "too_early"
    NOT_BY_MOVING = "not_by_moving"


@dataclass(frozen=True, slots=True)
class ChangeFlaw:
    """One cell that cannot be followed, and why."""

    row: int
    column: ChangeColumn
    reason: ChangeReason
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One row of a file: what becomes of one unit; a cell that is empty says nothing."""

    row: int
    unit_code: str
    kind: ChangeKind | None = None
    into_code: str = ""
    ended_on: date | None = None
    carries_rights: bool | None = None


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What becomes of one unit (sắp xếp một đơn vị)."""

    kind: ChangeKind
    unit: Unit
    into: Unit
    ended_on: date | None = None
    carries_rights: bool = False
    """Whether those who had a right at the unit that ends have it at the other: somebody says so,
    since it reaches more there."""


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """All that a file asks for, or why nothing of it can be (phương án sắp xếp)."""

    flaws: tuple[ChangeFlaw, ...] = ()
    changes: tuple[UnitChange, ...] = ()
    same: int = 0
    """Rows that were carried out before."""


@dataclass(frozen=True, slots=True)
class Held:
    """A right that somebody had at a unit that ends."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Carried:
    """What one change takes along (những gì chuyển theo)."""

    change: UnitChange
    units: int = 0
    """Those below it."""
    cases: int = 0
    """Its own and those below it, closed ones included."""
    open_cases: int = 0
    in_hand: tuple[str, ...] = ()
    """Those open cases that were the unit's own, and are now another's to move."""
    groups: int = 0
    """Residents' groups bound to the unit itself."""
    staff_groups: int = 0
    bulletins: int = 0
    planned: int = 0
    """Broadcasts that were approved and wait for their time, under the name that was approved."""
    rights: tuple[Held, ...] = ()
    templates: int = 0
    """Its own for letters that its successor has from now on."""
    templates_left: tuple[LetterTemplate, ...] = ()
    """Those for which its successor has no room, word for word: nothing else keeps them."""
    templates_same: int = 0
    """Those whose very words its successor has, so that nothing of them is lost."""
    labels_off: int = 0
    """How often a label was taken off a case because its unit, as it lies now, knows it no more."""
    views: int = 0
    """Of the queue, that people keep of it."""


def plan_changes(lines: Sequence[ChangeLine], units: Sequence[Unit], day: date) -> Reorganisation:
    """What these rows do to these units; with a single flaw nothing at all."""
    judging = _Judging({unit.code: unit for unit in units}, {unit.id: unit for unit in units}, day)
    twice = Counter(line.unit_code for line in lines)
    flaws = [
        ChangeFlaw(line.row, ChangeColumn.UNIT_CODE, ChangeReason.TWICE)
        for line in lines
        if line.unit_code and twice[line.unit_code] > 1
    ]
    todo = [line for line in lines if not judging.is_done(line)]
    ending = {line.unit_code for line in todo if line.kind is ChangeKind.MERGE}
    for line in todo:
        flaws += judging.flaws(line, ending)
    if flaws:
        return Reorganisation(tuple(flaws))
    changes = tuple(judging.change(line) for line in todo)
    if circles := _circles(changes, judging.by_id, todo):
        return Reorganisation(circles)
    return Reorganisation((), changes, len(lines) - len(todo))


@dataclass(frozen=True, slots=True)
class _Judging:
    """One row against the units that are there."""

    by_code: Mapping[str, Unit]
    by_id: Mapping[str, Unit]
    day: date

    def is_done(self, line: ChangeLine) -> bool:
        unit, into = self.by_code.get(line.unit_code), self.by_code.get(line.into_code)
        if unit is None or into is None:
            return False
        if line.kind is ChangeKind.MERGE:
            return unit.successor_id is not None and unit.parent_id == into.id
        return line.kind is ChangeKind.MOVE and unit.parent_id == into.id and not unit.is_over

    def change(self, line: ChangeLine) -> UnitChange:
        unit, into = self.by_code[line.unit_code], self.by_code[line.into_code]
        kind = line.kind or ChangeKind.MOVE
        return UnitChange(kind, unit, into, line.ended_on, bool(line.carries_rights))

    def flaws(self, line: ChangeLine, ending: set[str]) -> Iterator[ChangeFlaw]:
        found = [*self._missing(line), *self._unknown(line)]
        unit, into = self.by_code.get(line.unit_code), self.by_code.get(line.into_code)
        if unit is not None and into is not None:
            found += self._of_unit(unit, into)
            found += self._of_kind(line, unit, into)
            if into.code in ending:
                found.append((ChangeColumn.INTO_CODE, ChangeReason.INTO_ENDED))
        for column, reason in found:
            told = line.unit_code if column is ChangeColumn.UNIT_CODE else line.into_code
            yield ChangeFlaw(line.row, column, reason, {"given": told})

    def _missing(self, line: ChangeLine) -> Iterator[tuple[ChangeColumn, ChangeReason]]:
        said: dict[ChangeColumn, str | None] = {
            ChangeColumn.UNIT_CODE: line.unit_code,
            ChangeColumn.INTO_CODE: line.into_code,
            ChangeColumn.KIND: line.kind,
        }
        if line.kind is ChangeKind.MERGE:
            # Who keeps which right is decided for each unit, and never by leaving a cell empty.
            said[ChangeColumn.ENDED_ON] = "said" if line.ended_on else None
            said[ChangeColumn.RIGHTS] = None if line.carries_rights is None else "said"
        yield from ((column, ChangeReason.MISSING) for column, text in said.items() if not text)

    def _unknown(self, line: ChangeLine) -> Iterator[tuple[ChangeColumn, ChangeReason]]:
        codes = {
            ChangeColumn.UNIT_CODE: line.unit_code,
            ChangeColumn.INTO_CODE: line.into_code,
        }
        for column, code in codes.items():
            if code and code not in self.by_code:
                yield column, ChangeReason.UNKNOWN_UNIT

    def _of_unit(self, unit: Unit, into: Unit) -> Iterator[tuple[ChangeColumn, ChangeReason]]:
        if unit.parent_id is None:
            yield ChangeColumn.UNIT_CODE, ChangeReason.TOP
        if unit.is_over:
            yield ChangeColumn.UNIT_CODE, ChangeReason.ENDED
        if into.is_over:
            yield ChangeColumn.INTO_CODE, ChangeReason.INTO_ENDED

    def _of_kind(
        self, line: ChangeLine, unit: Unit, into: Unit
    ) -> Iterator[tuple[ChangeColumn, ChangeReason]]:
        if line.kind is ChangeKind.MERGE:
            if _rank(unit) != _rank(into):
                yield ChangeColumn.INTO_CODE, ChangeReason.UNLIKE
            if line.ended_on is not None and line.ended_on > self.day:
                yield ChangeColumn.ENDED_ON, ChangeReason.TOO_EARLY
            return
        if into.kind in HAMLET_KINDS:
            yield ChangeColumn.INTO_CODE, ChangeReason.BELOW_HAMLET
        if line.carries_rights is not None or line.ended_on is not None:
            yield ChangeColumn.KIND, ChangeReason.NOT_BY_MOVING


def _rank(unit: Unit) -> int:
    if unit.kind in HAMLET_KINDS:
        return 2
    return 1 if unit.kind in COMMUNE_KINDS else 0


def _circles(
    changes: Sequence[UnitChange], by_id: Mapping[str, Unit], lines: Sequence[ChangeLine]
) -> tuple[ChangeFlaw, ...]:
    """Units that would lie below themselves, with all that the file does before them."""
    above = {unit.id: unit.parent_id for unit in by_id.values()}
    flaws = []
    for change, line in zip(changes, lines, strict=True):
        if change.unit.id in _upwards(above, change.into.id):
            flaws.append(ChangeFlaw(line.row, ChangeColumn.INTO_CODE, ChangeReason.CIRCLE))
            continue
        if change.kind is ChangeKind.MERGE:
            below = [one for one, parent in above.items() if parent == change.unit.id]
            above |= dict.fromkeys(below, change.into.id)
        above[change.unit.id] = change.into.id
    return tuple(flaws)


def _upwards(above: Mapping[str, str | None], unit_id: str | None) -> Iterator[str]:
    while unit_id is not None:
        yield unit_id
        unit_id = above[unit_id]
