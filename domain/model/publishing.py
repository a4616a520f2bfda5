"""The publishing rule: what of a poll's counts may be shown, so that no small number shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

FEWEST = 10
"""Votes that a published number stands for at least."""
STEP = 5
"""To which numbers are rounded."""
NEARLY_ALL, HARDLY_ANY = 90, 10
"""Per cent; beyond them only that it is beyond them is shown."""
ENOUGH_FOR_BOUNDS = 100
"""Votes from which on "> 90 %" leaves ten possible counts to whoever else chose."""


@dataclass(frozen=True, slots=True)
class PlaceCounts:
    """How one place voted (kết quả của một nơi)."""

    place: str
    votes: int
    """How many voted; of several answers each, fewer than their choices."""
    chosen: tuple[int, ...]
    """By option."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown of one option in one row."""

    count: int | None
    """Rounded; None where only a bound is shown."""
    percent: int
    """Of the rounded numbers, and rounded; from HARDLY_ANY - 1 to NEARLY_ALL + 1."""

    @property
    def is_nearly_all(self) -> bool:
        return self.percent > NEARLY_ALL

    @property
    def is_hardly_any(self) -> bool:
        return self.percent < HARDLY_ANY


@dataclass(frozen=True, slots=True)
class Row:
    """One place, or several that only count together."""

    places: tuple[str, ...]
    votes: int
    """Rounded."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What is published of a poll, once (bảng công bố)."""

    votes: int | None
    """Rounded; None when there were too few for any number."""
    groups: tuple[tuple[int, ...], ...] = ()
    """Which options each cell stands for; none when nothing is shown of them."""
    cells: tuple[Cell, ...] = ()
    """Of all places together."""
    rows: tuple[Row, ...] = ()
    """By place; they never say more than the total does, nor the total more than they do."""

    def form(self) -> dict[str, Any]:
        """As it is written down."""
        return asdict(self)

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> "Published":
        """Read back what was written down."""
        return cls(
            form["votes"],
            tuple(tuple(group) for group in form["groups"]),
            _cells_of(form["cells"]),
            tuple(
                Row(tuple(row["places"]), row["votes"], _cells_of(row["cells"]))
                for row in form["rows"]
            ),
        )


def _cells_of(forms: Iterable[Mapping[str, Any]]) -> tuple[Cell, ...]:
    return tuple(Cell(form["count"], form["percent"]) for form in forms)


def rounded(count: int) -> int:
    """To the nearest STEP."""
    return (count + STEP // 2) // STEP * STEP


def publish(places: Sequence[PlaceCounts]) -> Published:
    """What may be shown of these counts.

    Options and places that few chose are put together until each number stands for ten votes;
    what is put together is never shown apart, so that no difference of two numbers is smaller.
    """
    whole = _together(places)
    if whole.votes < FEWEST:
        return Published(None)
    groups = _groups(whole.chosen)
    if _is_one_sided(whole):
        apart = tuple((option,) for option in range(len(whole.chosen)))
        return Published(rounded(whole.votes), apart, tuple(map(_bound, _shares(whole))))
    if len(groups) == 1:
        return Published(rounded(whole.votes))
    merged = [_grouped(place, groups) for place in places]
    cells = _cells(_together(merged))
    return Published(rounded(whole.votes), groups, cells, _rows(merged))


def _groups(chosen: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Which options are shown together: those few chose, and as many more as that takes."""
    few = [option for option, count in enumerate(chosen) if count < FEWEST]
    others = sorted(set(range(len(chosen))).difference(few), key=lambda option: chosen[option])
    while few and others and sum(chosen[option] for option in few) < FEWEST:
        few.append(others.pop(0))
    groups = [(option,) for option in sorted(others)]
    return (*groups, tuple(sorted(few))) if few else tuple(groups)


def _is_one_sided(whole: PlaceCounts) -> bool:
    """Nearly everybody chose the same, of so many that a bound gives nobody away."""
    one_each = sum(whole.chosen) == whole.votes
    return one_each and whole.votes >= ENOUGH_FOR_BOUNDS and _has_nearly_all(whole)


def _shares(whole: PlaceCounts) -> Iterable[bool]:
    return (count * 100 > NEARLY_ALL * whole.votes for count in whole.chosen)


def _has_nearly_all(place: PlaceCounts) -> bool:
    return any(_shares(place))


def _bound(is_nearly_all: bool) -> Cell:
    return Cell(None, NEARLY_ALL + 1 if is_nearly_all else HARDLY_ANY - 1)


def _grouped(place: PlaceCounts, groups: Sequence[Sequence[int]]) -> PlaceCounts:
    chosen = tuple(sum(place.chosen[option] for option in group) for group in groups)
    return PlaceCounts(place.place, place.votes, chosen)


def _rows(places: Sequence[PlaceCounts]) -> tuple[Row, ...]:
    """Each place that can be shown alone, and the others together; none if all had to be."""
    alone = sorted((one for one in places if _can_be_shown(one)), key=lambda one: one.votes)
    hidden = [one for one in places if not _can_be_shown(one)]
    while hidden and alone and not _can_be_shown(_together(hidden)):
        hidden.append(alone.pop(0))
    if not alone or len(alone) + len(hidden) == 1:
        return ()
    shown = [_row((one.place,), one) for one in places if one in alone]
    if hidden:
        shown.append(_row(tuple(one.place for one in hidden), _together(hidden)))
    return tuple(shown)


def _can_be_shown(place: PlaceCounts) -> bool:
    return min(place.chosen) >= FEWEST and not _has_nearly_all(place)


def _row(names: tuple[str, ...], counts: PlaceCounts) -> Row:
    return Row(names, rounded(counts.votes), _cells(counts))


def _cells(counts: PlaceCounts) -> tuple[Cell, ...]:
    # Of one answer each the shares are of what is shown: they add up, and say nothing beyond it.
    one_each = sum(counts.chosen) == counts.votes
    whole = sum(map(rounded, counts.chosen)) if one_each else rounded(counts.votes)
    return tuple(_cell(count, counts.votes, whole) for count in counts.chosen)


def _cell(count: int, votes: int, whole: int) -> Cell:
    if count * 100 > NEARLY_ALL * votes:
        return _bound(is_nearly_all=True)
    percent = round(100 * rounded(count) / whole)
    if percent < HARDLY_ANY:
        return Cell(rounded(count), HARDLY_ANY - 1)
    return Cell(rounded(count), min(rounded(percent), NEARLY_ALL))


def _together(places: Sequence[PlaceCounts]) -> PlaceCounts:
    columns = zip(*(place.chosen for place in places), strict=True)
    return PlaceCounts(
        "", sum(place.votes for place in places), tuple(map(sum, columns)) if places else ()
    )
