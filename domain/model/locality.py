"""What is known of a place itself: how many people live there, and where it lies."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import TypeGuard

from domain.errors import Refusal
from domain.model.text import shown_short
from domain.model.typed_past import read_number
from domain.model.typed_words import folded

MOST_PEOPLE = 20_000_000
"""More than any province has."""
SOUTH, NORTH, WEST, EAST = 8.0, 24.0, 102.0, 118.0
"""Degrees between which Viet Nam lies with its islands; no latitude can be a longitude."""
NEAR = 5.0
"""Kilometres within which somebody is taken to be at a place."""
EARTH = 6371.0
"""Kilometres, its radius."""
FINEST = 5
"""Decimals of a degree that are kept: about a metre."""
_DEGREES = re.compile(r"\d{1,3}(?:[.,]\d{1,12})?")


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the map, in degrees (tọa độ)."""

    latitude: float
    longitude: float

    def __repr__(self) -> str:
        """Of where somebody is nothing is written down, whatever shows this."""
        return "Point(…)"

    def kilometres_to(self, other: "Point") -> float:
        """As the crow flies."""
        north = radians(other.latitude - self.latitude)
        east = radians(other.longitude - self.longitude)
        shrunk = cos(radians(self.latitude)) * cos(radians(other.latitude))
        return 2 * EARTH * asin(min(1.0, sqrt(sin(north / 2) ** 2 + shrunk * sin(east / 2) ** 2)))

    def written(self) -> str:
        """For whoever may read it; only this says where it is."""
        return f"{self.latitude:.{FINEST}f}, {self.longitude:.{FINEST}f}"


NOWHERE = Point(0.0, 0.0)
"""What broken senders say; nobody lives there."""


def point_at(latitude: object, longitude: object) -> Point:
    """The point that somebody shared, no finer than is kept; NOWHERE for what lies on no map."""
    if not (_is_within(latitude, 90) and _is_within(longitude, 180)):
        return NOWHERE
    return Point(round(float(latitude), FINEST), round(float(longitude), FINEST))


def nearest(here: Point, places: Iterable[tuple[str, Point]]) -> str | None:
    """The nearest of these places by name or id; None if none is near."""
    near = [(here.kilometres_to(point), place) for place, point in places]
    within = [one for one in near if one[0] <= NEAR]
    return min(within)[1] if within else None


def _is_within(degrees: object, most: int) -> TypeGuard[float]:
    # Compared before it is made a float: a whole number may be too large for one.
    return type(degrees) in (int, float) and -most <= degrees <= most  # type: ignore[operator]


def read_population(typed: str) -> int:
    """The number of people that somebody typed; Refusal says what is wrong with it."""
    words = folded(typed)
    for unit in (" nhan khau", " dan"):
        words = words.removesuffix(unit)
    try:
        people = read_number(words)
    except Refusal:
        raise Refusal("population.not_a_number", typed=shown_short(typed)) from None
    if not 1 <= people <= MOST_PEOPLE:
        raise Refusal("population.out_of_range", typed=shown_short(typed))
    return people


def read_latitude(written: str) -> float | None:
    """Degrees north; None for what is no latitude in Viet Nam."""
    return _degrees(written, SOUTH, NORTH)


def read_longitude(written: str) -> float | None:
    """Degrees east; None for what is no longitude in Viet Nam."""
    return _degrees(written, WEST, EAST)


def _degrees(written: str, least: float, most: float) -> float | None:
    if not _DEGREES.fullmatch(written):
        return None
    degrees = float(written.replace(",", "."))
    return degrees if least <= degrees <= most else None
