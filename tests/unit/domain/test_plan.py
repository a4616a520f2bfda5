"""What meets, where nothing comes, and a month as a grid: each against a count by hand."""

import calendar
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.model.plan import HOUR, Clash, Fire, clashes, gaps, near, weeks_of

BEGIN = datetime(2026, 11, 20, tzinfo=UTC)
fires = st.lists(
    st.builds(
        lambda minute, bulletin: Fire(
            BEGIN + timedelta(minutes=minute), f"b{bulletin}", f"r{bulletin}"
        ),
        st.integers(0, 600),
        st.integers(0, 6),
    ),
    max_size=12,
)
groups = st.dictionaries(
    st.integers(0, 6).map("r{}".format), st.frozensets(st.sampled_from("abcde")), max_size=7
)
FIRST = date(2026, 11, 20)
LAST = FIRST + timedelta(days=27)


@given(fires, fires, groups)
def test_everything_that_meets_is_found_and_nothing_else(
    mine: list[Fire], others: list[Fire], known: dict[str, frozenset[str]]
) -> None:
    by_hand = [
        Clash(one, other, len(known[one.revision_id] & known[other.revision_id]))
        for one in mine
        for other in others
        if one.bulletin_id != other.bulletin_id
        and abs(one.at - other.at) < HOUR
        and known.get(one.revision_id, frozenset()) & known.get(other.revision_id, frozenset())
    ]

    found = clashes(mine, others, known)
    assert sorted(found, key=repr) == sorted(by_hand, key=repr)


@given(fires, fires)
def test_whatever_is_within_the_hour_is_looked_at(mine: list[Fire], others: list[Fire]) -> None:
    by_hand = [other for other in others if any(abs(one.at - other.at) < HOUR for one in mine)]

    assert list(near(mine, others)) == by_hand


@given(st.sets(st.integers(-3, 30)), st.integers(1, 14))
def test_a_day_is_in_a_gap_if_nothing_comes_for_so_long(days: set[int], longest: int) -> None:
    fed = {FIRST + timedelta(days=n) for n in days}
    found = gaps(fed, FIRST, LAST, longest)
    inside = {gap.first + timedelta(days=n) for gap in found for n in range(gap.days)}
    runs: list[list[date]] = [[]]
    for n in range(28):
        day = FIRST + timedelta(days=n)
        if day in fed:
            runs.append([])
        else:
            runs[-1].append(day)

    assert inside == {day for run in runs if len(run) >= longest for day in run}


@given(st.integers(1990, 2100), st.integers(1, 12))
def test_a_months_grid_has_each_day_once_below_its_weekday(year: int, month: int) -> None:
    weeks = weeks_of(year, month)
    days = [day for week in weeks for day in week if day]

    assert days == [date(year, month, n + 1) for n in range(calendar.monthrange(year, month)[1])]
    for week in weeks:
        assert len(week) == 7
        assert all(day is None or day.weekday() == n for n, day in enumerate(week))
