"""The recovery audit: what can be worked out from everything that is published of a poll.

The reader who tries knows the places, the options, the rule, and every published number with the
bounds that its rounding leaves; whole numbers that fit all of them are a flow through a network,
so that what is possible is found exactly.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hypothesis import example, given
from hypothesis import strategies as st

from domain.model.publishing import FEWEST, PlaceCounts, Published, publish, rounded

MOST = 10_000
Bounds = tuple[int, int]
ANY: Bounds = (0, MOST)


@dataclass
class Network:
    """Arcs with a lower and an upper bound; `fits` says whether any whole flow keeps to all."""

    arcs: list[tuple[str, str, int, int]] = field(default_factory=list)

    def add(self, begin: str, end: str, bounds: Bounds) -> None:
        self.arcs.append((begin, end, *bounds))

    def fits(self) -> bool:
        rest: dict[str, dict[str, int]] = {"<": {}, ">": {}}
        owed = 0
        for begin, end, low, high in self.arcs:
            if low > high:
                return False
            for one, other, room in ((begin, end, high - low), ("<", end, low), (begin, ">", low)):
                rest.setdefault(one, {}).setdefault(other, 0)
                rest.setdefault(other, {}).setdefault(one, 0)
                rest[one][other] += room
            owed += low
        return _most(rest) == owed


def _most(rest: dict[str, dict[str, int]]) -> int:
    """The largest flow from "<" to ">" (Edmonds and Karp)."""
    total = 0
    while True:
        came: dict[str, str] = {"<": ""}
        line = deque(["<"])
        while line and ">" not in came:
            here = line.popleft()
            for there, room in rest[here].items():
                if room and there not in came:
                    came[there] = here
                    line.append(there)
        if ">" not in came:
            return total
        way, here = [], ">"
        while came[here]:
            way.append((came[here], here))
            here = came[here]
        pushed = min(rest[one][other] for one, other in way)
        for one, other in way:
            rest[one][other] -= pushed
            rest[other][one] += pushed
        total += pushed


@dataclass
class Known:
    """A table as a reader sees it: which places and options stand together, and the bounds."""

    rows: Sequence[Sequence[int]]
    columns: Sequence[Sequence[int]]
    cells: dict[tuple[int, int], Bounds]
    of_rows: Sequence[Bounds]
    of_columns: Sequence[Bounds]
    whole: Bounds

    def allows(self, place: int, option: int, count: int) -> bool:
        """Whether this place can have had this count for this option."""
        network = Network()
        network.add("end", "begin", self.whole)
        for n, bounds in enumerate(self.of_rows):
            network.add("begin", f"row {n}", bounds)
        for m, bounds in enumerate(self.of_columns):
            network.add(f"column {m}", "end", bounds)
        for (n, m), bounds in self.cells.items():
            network.add(f"row {n}", f"into {n} {m}", bounds)
            network.add(f"from {n} {m}", f"column {m}", ANY)
            for p in self.rows[n]:
                for o in self.columns[m]:
                    exactly = (count, count) if (p, o) == (place, option) else ANY
                    network.add(f"into {n} {m}", f"{p} {o}", exactly)
                    network.add(f"{p} {o}", f"from {n} {m}", ANY)
        return network.fits()


def leaks(known: Known, district: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Every count under ten that can no longer be anything from 0 to 9."""
    return [
        (p, o)
        for p, counts in enumerate(district)
        for o, count in enumerate(counts)
        if count < FEWEST and not (known.allows(p, o, 0) and known.allows(p, o, FEWEST - 1))
    ]


def exactly(count: int) -> Bounds:
    return (count, count)


def about(shown: int, least: int = 0) -> Bounds:
    return (max(shown - 2, least), shown + 2)


def naive(district: Sequence[Sequence[int]], *, rounds: bool) -> Known:
    """Small cells are left out, and everything else is shown, the sums as well."""
    seen = (lambda count: about(rounded(count))) if rounds else exactly
    places, options = range(len(district)), range(len(district[0]))
    return Known(
        [(p,) for p in places],
        [(o,) for o in options],
        {
            (p, o): seen(district[p][o]) if district[p][o] >= FEWEST else (0, FEWEST - 1)
            for p in places
            for o in options
        },
        [seen(sum(counts)) for counts in district],
        [seen(sum(counts[o] for counts in district)) for o in options],
        seen(sum(map(sum, district))),
    )


def ours(table: Published, district: Sequence[Sequence[int]]) -> Known:
    """What our tables say, and nothing else."""
    every_place, every_option = range(len(district)), range(len(district[0]))
    if table.votes is None:
        whole: Bounds = (0, FEWEST - 1)
    else:
        whole = about(table.votes, FEWEST)
    columns = table.groups or (tuple(every_option),)
    of_columns = [_bounds_of(cell.count, cell.percent, whole) for cell in table.cells] or [ANY]
    if not table.rows:
        rows: Sequence[Sequence[int]] = [every_place]
        cells = {(0, m): ANY for m in range(len(columns))}
        return Known(rows, columns, cells, [ANY], of_columns, whole)
    rows = [[int(name) for name in row.places] for row in table.rows]
    cells = {
        (n, m): about(cell.count or 0, FEWEST)
        for n, row in enumerate(table.rows)
        for m, cell in enumerate(row.cells)
    }
    of_rows = [about(row.votes, FEWEST) for row in table.rows]
    return Known(rows, columns, cells, of_rows, of_columns, whole)


def _bounds_of(count: int | None, percent: int, whole: Bounds) -> Bounds:
    if count is not None:
        return about(count, FEWEST)
    if percent > 90:
        return (whole[0] * 9 // 10 + 1, MOST)
    return (0, (whole[1] - 1) // 10)


def counted(district: Sequence[Sequence[int]]) -> list[PlaceCounts]:
    return [PlaceCounts(str(n), sum(counts), tuple(counts)) for n, counts in enumerate(district)]


def shown_alone(table: Published) -> Iterator[tuple[int, int]]:
    for row in table.rows:
        for group in table.groups:
            if len(row.places) == len(group) == 1:
                yield int(row.places[0]), group[0]


SMALL_AND_LARGE = st.one_of(st.integers(0, 14), st.integers(0, 200))
DISTRICTS = st.integers(2, 5).flatmap(
    lambda options: st.lists(
        st.lists(SMALL_AND_LARGE, min_size=options, max_size=options), min_size=1, max_size=6
    )
)


def test_leaving_small_cells_out_gives_them_away() -> None:
    district = [[40, 3], [25, 30], [60, 20]]
    assert leaks(naive(district, rounds=False), district) == [(0, 1)]


def test_rounding_and_leaving_out_still_gives_them_away() -> None:
    district = [[40, 9], [25, 30], [60, 20]]
    assert (0, 1) in leaks(naive(district, rounds=True), district)


def test_the_same_districts_give_nothing_away_by_our_rule() -> None:
    for district in ([[40, 3], [25, 30], [60, 20]], [[40, 9], [25, 30], [60, 20]]):
        assert leaks(ours(publish(counted(district)), district), district) == []


@given(DISTRICTS)
@example([[19, 1]])
@example([[95, 4]])
@example([[950, 50], [10, 10]])
@example([[0, 0, 0], [30, 30, 30], [30, 30, 30]])
@example([[9, 9, 9], [10, 10, 10]])
def test_no_count_under_ten_can_be_worked_out(district: list[list[int]]) -> None:
    table = publish(counted(district))
    assert leaks(ours(table, district), district) == []


@given(DISTRICTS)
def test_no_count_under_ten_is_shown_alone(district: list[list[int]]) -> None:
    for place, option in shown_alone(publish(counted(district))):
        assert district[place][option] >= FEWEST


@given(DISTRICTS)
def test_what_is_audited_is_what_happened(district: list[list[int]]) -> None:
    known = ours(publish(counted(district)), district)
    for p, counts in enumerate(district):
        for o, count in enumerate(counts):
            assert known.allows(p, o, count)
