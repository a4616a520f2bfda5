"""Units made of a list of places: who is above whom, and under which name each one speaks."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from content.catalog import Words
from content.units.gazetteer import ListedUnit
from domain.ids import Ids
from domain.model.unit import COMMUNE_KINDS, DEFAULT_QUIET_HOURS, QuietHours, Unit, UnitKind

WITH_A_COMMITTEE = COMMUNE_KINDS | {UnitKind.CITY, UnitKind.PROVINCE}
"""Kinds that have a People's Committee of their own; below them the commune's speaks."""


def as_units(
    places: Iterable[ListedUnit],
    above: Unit | None,
    ids: Ids,
    words: Words,
    quiet_hours: QuietHours | None = DEFAULT_QUIET_HOURS,
) -> Iterator[Unit]:
    """The places as units, parents first; one whose parent is not listed comes below `above`."""
    made: dict[str, Unit] = {}
    for place in places:
        parent = made.get(place.parent_code or "", above)
        kind = UnitKind(place.kind)
        body = words.text("cli.issuing_body", place=inside(place.name))
        unit = Unit(
            ids.new(),
            place.code,
            place.name,
            kind,
            parent.id if parent else None,
            body,
            quiet_hours,
            place.population,
        )
        if kind not in WITH_A_COMMITTEE and parent is not None:
            unit = replace(unit, issuing_body=parent.issuing_body)
        made[place.code] = unit
        yield unit


def inside(name: str) -> str:
    """A place's name in the middle of a phrase: "phường Ninh Kiều"."""
    return name[:1].lower() + name[1:]
