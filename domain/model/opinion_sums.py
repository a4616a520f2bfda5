"""Sums of opinions of a year, cut by month, place or field; no number that stands for few."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.model.publishing import FEWEST, rounded

_BETWEEN = "|"
WHOLE_YEAR = 0


class Cut(StrEnum):
    """By what a sum is taken apart (phân theo)."""

    MONTH = "month"
    UNIT = "unit"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class SumsView:
    """Which sums somebody wants to see (góc nhìn số liệu)."""

    unit_id: str
    year: int
    cut: Cut = Cut.MONTH
    month: int = WHOLE_YEAR

    @classmethod
    def read(cls, written: str) -> "SumsView":
        unit, year, cut, month = written.split(_BETWEEN)
        return cls(unit, int(year), Cut(cut), int(month))

    @property
    def written(self) -> str:
        """As it is kept on a button."""
        return _BETWEEN.join((self.unit_id, str(self.year), self.cut, str(self.month)))

    @property
    def months(self) -> tuple[str, str]:
        """The first and the last that are counted."""
        if self.month == WHOLE_YEAR:
            return f"{self.year}-01", f"{self.year}-12"
        return (f"{self.year}-{self.month:02}",) * 2


@dataclass(frozen=True, slots=True)
class Sums:
    """What is shown of some counts: each number stands for ten, to the nearest five (số liệu)."""

    total: int | None
    """None where there were too few for any number."""
    lines: tuple[tuple[str, int], ...] = ()
    together: int = 0
    """How many counts are only shown as one."""
    rest: int = 0
    """What these come to."""


def sums_of(counts: Mapping[str, int]) -> Sums:
    """Small counts are put together until they hold ten, if need be with the next larger one.

    Also on the screens of staff: a table of place by month by field is a cross-table.
    """
    there = {key: count for key, count in counts.items() if count > 0}
    total = sum(there.values())
    if total < FEWEST:
        return Sums(None)
    few = [key for key, count in there.items() if count < FEWEST]
    alone = sorted(there.keys() - set(few), key=lambda key: (there[key], key))
    while few and alone and sum(there[key] for key in few) < FEWEST:
        few.append(alone.pop(0))
    lines = tuple((key, rounded(there[key])) for key in there if key in alone)
    return Sums(rounded(total), lines, len(few), rounded(sum(there[key] for key in few)))
