"""The units of a roster: what the file founds, and where it contradicts itself or what is there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.model.locality import Point
from domain.model.roster import LONGEST_NAME, Column, Flaw, Line, NewUnit, Reason
from domain.model.text import folded_name
from domain.model.unit import Unit, UnitKind

_CODE = re.compile(r"[\w.\-]{1,40}")


@dataclass(frozen=True, slots=True)
class _Told:
    """All that the file says of a unit, with the row that names it first."""

    row: int
    code: str
    name: str = ""
    kind: UnitKind | None = None
    parent_code: str = ""
    population: int | None = None
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """The units of a file (đơn vị trong danh sách)."""

    flaws: tuple[Flaw, ...]
    new: tuple[NewUnit, ...]
    known: Mapping[str, Unit]
    """By their codes."""
    described: tuple[Unit, ...] = ()
    """Those of them that the file says something new of."""


def plan_units(lines: Sequence[Line], units: Sequence[Unit]) -> UnitPlan:
    """What the file founds; every contradiction is a flaw."""
    flaws = [
        Flaw(line.row, Column.UNIT_CODE, Reason.CODE_MISSING)
        for line in lines
        if not line.unit_code
    ]
    told, contradictions = _told([line for line in lines if line.unit_code])
    there = {unit.code: unit for unit in units}
    by_id = {unit.id: unit for unit in units}
    flaws += contradictions
    new: dict[str, NewUnit] = {}
    known: dict[str, Unit] = {}
    for one in told.values():
        if one.code in there:
            unit = there[one.code]
            flaws += _changed(one, unit, by_id.get(unit.parent_id or ""))
            known[one.code] = _described(one, unit)
            continue
        found = list(_incomplete(one))
        if not found and one.kind is not None:
            place = (one.name, one.kind, one.parent_code, one.population, one.point)
            new[one.code] = NewUnit(one.row, one.code, *place)
            found = list(_parentless(one, there, told))
        flaws += found
    circles = list(_circles(new))
    ordered = () if circles else tuple(_parents_first(new))
    described = tuple(one for code, one in known.items() if one != there[code])
    return UnitPlan((*flaws, *circles), ordered, known, described)


def _told(lines: Sequence[Line]) -> tuple[dict[str, _Told], list[Flaw]]:
    told: dict[str, _Told] = {}
    flaws: list[Flaw] = []
    for line in lines:
        before = told.get(line.unit_code) or _Told(line.row, line.unit_code)
        flaws += _differs(line, before)
        told[line.unit_code] = replace(
            before,
            name=before.name or line.unit_name,
            kind=before.kind or line.unit_kind,
            parent_code=before.parent_code or line.parent_code,
            population=before.population or line.population,
            point=before.point or line.point,
        )
    return told, flaws


def _differs(line: Line, before: _Told) -> Iterator[Flaw]:
    pairs = (
        (Column.UNIT_NAME, line.unit_name, before.name),
        (Column.UNIT_KIND, line.unit_kind, before.kind),
        (Column.PARENT_CODE, line.parent_code, before.parent_code),
        (Column.POPULATION, _shown(line.population), _shown(before.population)),
        (Column.LATITUDE, _where(line.point), _where(before.point)),
    )
    for column, now, was in pairs:
        if now and was and folded_name(now) != folded_name(was):
            values = {"code": line.unit_code, "given": now, "known": was, "first": before.row}
            yield Flaw(line.row, column, Reason.UNIT_CONTRADICTED, values)


def _changed(told: _Told, unit: Unit, parent: Unit | None) -> Iterator[Flaw]:
    pairs = (
        (Column.UNIT_NAME, told.name, unit.name),
        (Column.UNIT_KIND, told.kind, unit.kind),
        (Column.PARENT_CODE, told.parent_code, parent.code if parent else "–"),
    )
    for column, now, was in pairs:
        if now and folded_name(now) != folded_name(was):
            values = {"code": unit.code, "given": now, "known": was}
            yield Flaw(told.row, column, Reason.UNIT_CHANGED, values)


def _described(told: _Told, unit: Unit) -> Unit:
    """A unit that is there, with its people and its place as the file has them."""
    population, point = told.population or unit.population, told.point or unit.point
    return replace(unit, population=population, point=point)


def _shown(number: int | None) -> str:
    return str(number or "")


def _where(point: Point | None) -> str:
    return f"{point.latitude}; {point.longitude}" if point else ""


def _incomplete(told: _Told) -> Iterator[Flaw]:
    wanted = {
        Column.UNIT_NAME: told.name,
        Column.UNIT_KIND: told.kind,
        Column.PARENT_CODE: told.parent_code,
    }
    if not any(wanted.values()):
        yield Flaw(told.row, Column.UNIT_CODE, Reason.UNIT_UNKNOWN, {"code": told.code})
        return
    if not _CODE.fullmatch(told.code):
        yield Flaw(told.row, Column.UNIT_CODE, Reason.CODE_MALFORMED, {"code": told.code})
    if len(told.name) > LONGEST_NAME:
        values = {"limit": LONGEST_NAME}
        yield Flaw(told.row, Column.UNIT_NAME, Reason.NAME_TOO_LONG, values)
    for column, given in wanted.items():
        if not given:
            yield Flaw(told.row, column, Reason.UNIT_INCOMPLETE, {"code": told.code})


def _parentless(
    told: _Told, there: Mapping[str, Unit], others: Mapping[str, _Told]
) -> Iterator[Flaw]:
    if told.parent_code not in there and told.parent_code not in others:
        values = {"code": told.parent_code}
        yield Flaw(told.row, Column.PARENT_CODE, Reason.PARENT_UNKNOWN, values)


def _circles(new: Mapping[str, NewUnit]) -> Iterator[Flaw]:
    """One flaw for each circle, at the unit of it that the file names first."""
    clear: set[str] = set()
    for start in new:
        path: list[str] = []
        code = start
        while code in new and code not in clear and code not in path:
            path.append(code)
            code = new[code].parent_code
        if code in path:
            circle = path[path.index(code) :]
            first = min((new[one] for one in circle), key=lambda unit: unit.row)
            values = {"circle": " → ".join((*circle, code))}
            yield Flaw(first.row, Column.PARENT_CODE, Reason.CIRCLE, values)
        clear.update(path)


def _parents_first(new: Mapping[str, NewUnit]) -> list[NewUnit]:
    """All of them, each after whatever of them lies above it; there is no circle."""
    ordered: dict[str, NewUnit] = {}
    for start in new:
        path: list[NewUnit] = []
        code = start
        while code in new and code not in ordered:
            path.append(new[code])
            code = new[code].parent_code
        ordered.update((unit.code, unit) for unit in reversed(path))
    return list(ordered.values())
