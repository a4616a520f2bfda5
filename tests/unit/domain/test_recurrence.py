"""Fires of a recurrence: in order, by the rule, around holidays."""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.office_days import OfficeDays
from domain.model.recurrence import Cadence, HolidayRule, Recurrence

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
OFFICE = OfficeDays({})

DATES = st.dates(date(2026, 1, 1), date(2027, 12, 31))
DAYS = {
    Cadence.DAILY: st.just(frozenset[int]()),
    Cadence.WORKING_DAYS: st.just(frozenset[int]()),
    Cadence.WEEKLY: st.frozensets(st.integers(0, 6), min_size=1),
    Cadence.MONTHLY: st.frozensets(st.integers(1, 31), min_size=1, max_size=4),
}
HOLIDAYS = st.frozensets(DATES, max_size=40)
DECIDED = st.dictionaries(DATES, st.booleans(), max_size=20)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda n: NOW + timedelta(minutes=n - 300_000))


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    cadence = draw(st.sampled_from(Cadence))
    first_on = draw(DATES)
    until = draw(st.none() | st.dates(first_on, date(2028, 6, 1)))
    at = time(draw(st.integers(0, 23)), draw(st.integers(0, 59)))
    rule = draw(st.sampled_from(HolidayRule))
    return Recurrence(cadence, at, first_on, draw(DAYS[cadence]), until, rule)


OFFICES = st.builds(OfficeDays, HOLIDAYS, DECIDED)


def local_day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()


def fires(rule: Recurrence, count: int, office: OfficeDays = OFFICE) -> list[str]:
    return [
        f"{moment.astimezone(LOCAL):%d/%m %H:%M}" for moment in rule.preview(NOW, office, count)
    ]


def named(rule: Recurrence, day: date, office: OfficeDays) -> bool:
    """Whether the rule names a day, worked out another way than the rule does."""
    ends_here = day.day == monthrange(day.year, day.month)[1]
    return {
        Cadence.DAILY: True,
        Cadence.WEEKLY: day.weekday() in rule.days,
        Cadence.WORKING_DAYS: office.is_working_day(day),
        Cadence.MONTHLY: day.day in rule.days
        or (ends_here and max(rule.days, default=0) > day.day),
    }[rule.cadence]


@given(recurrences(), OFFICES, MOMENTS)
def test_fires_strictly_increase_and_lie_ahead(
    rule: Recurrence, office: OfficeDays, now: datetime
) -> None:
    found = [now, *rule.preview(now, office, 20)]

    assert all(earlier < later for earlier, later in pairwise(found))


@given(recurrences(), OFFICES, MOMENTS)
def test_a_fire_is_on_a_day_of_the_rule_at_its_time(
    rule: Recurrence, office: OfficeDays, now: datetime
) -> None:
    rule = replace(rule, on_holiday=HolidayRule.SKIP)
    for moment in rule.preview(now, office, 20):
        day = local_day(moment)
        assert moment.astimezone(LOCAL).time() == rule.at
        assert rule.first_on <= day <= (rule.until or day)
        assert named(rule, day, office)
        assert not office.is_holiday(day)


@given(recurrences(), OFFICES, MOMENTS)
def test_no_day_of_the_rule_is_left_out(
    rule: Recurrence, office: OfficeDays, now: datetime
) -> None:
    rule = replace(rule, on_holiday=HolidayRule.SEND)
    found = {local_day(moment) for moment in rule.preview(now, office, 400)}
    begin = max(local_day(now) + timedelta(days=1), rule.first_on)
    days = [begin + timedelta(days=n) for n in range(300)]

    for day in days:
        if named(rule, day, office) and day <= (rule.until or day) and day < date(2029, 1, 1):
            assert day in found


@given(recurrences(), OFFICES, MOMENTS, st.integers(1, 15))
def test_a_preview_is_what_asking_again_and_again_gives(
    rule: Recurrence, office: OfficeDays, now: datetime, count: int
) -> None:
    one_by_one: list[datetime] = []
    while len(one_by_one) < count:
        following = rule.preview(now, office, 1)
        if not following:
            break
        one_by_one.extend(following)
        now = following[0]
    first = one_by_one[0] - timedelta(microseconds=1) if one_by_one else now

    assert tuple(one_by_one) == tuple(islice(rule.next_fires(first, office), len(one_by_one)))


@given(recurrences(), OFFICES, MOMENTS)
def test_a_postponed_fire_is_on_a_working_day(
    rule: Recurrence, office: OfficeDays, now: datetime
) -> None:
    rule = replace(rule, on_holiday=HolidayRule.POSTPONE)
    for day in map(local_day, rule.preview(now, office, 20)):
        assert not office.is_holiday(day)
        assert named(rule, day, office) or office.is_working_day(day)


@given(recurrences(), OFFICES, MOMENTS)
def test_where_one_begins_to_look_changes_nothing(
    rule: Recurrence, office: OfficeDays, now: datetime
) -> None:
    whole = rule.preview(now, office, 12)
    assume(len(whole) == 12)

    for n in range(1, 12):
        between = whole[n] - timedelta(seconds=1)
        assert rule.preview(between, office, 12 - n) == whole[n:]


@given(recurrences())
def test_what_is_written_down_reads_back(rule: Recurrence) -> None:
    assert Recurrence.of(rule.form()) == rule


def test_a_month_that_is_too_short_fires_on_its_last_day() -> None:
    rule = Recurrence(Cadence.MONTHLY, time(8), FIRST, frozenset({31}))

    assert fires(rule, 4) == ["30/11 08:00", "31/12 08:00", "31/01 08:00", "28/02 08:00"]


TET = OfficeDays({date(2027, 2, day): "Tết" for day in range(4, 11)}, {date(2027, 2, 13): True})


@pytest.mark.parametrize(
    ("on_holiday", "expected"),
    [
        (HolidayRule.SEND, ["05/02 07:00", "12/02 07:00", "19/02 07:00"]),
        (HolidayRule.SKIP, ["12/02 07:00", "19/02 07:00", "26/02 07:00"]),
        (HolidayRule.POSTPONE, ["11/02 07:00", "12/02 07:00", "19/02 07:00"]),
    ],
)
def test_a_friday_in_tet(on_holiday: HolidayRule, expected: list[str]) -> None:
    rule = Recurrence(
        Cadence.WEEKLY, time(7), date(2027, 2, 1), frozenset({4}), on_holiday=on_holiday
    )

    assert fires(rule, 3, TET) == expected


def test_a_fire_that_is_postponed_is_not_forgotten_on_the_days_off() -> None:
    rule = Recurrence(
        Cadence.WEEKLY, time(7), FIRST, frozenset({4}), on_holiday=HolidayRule.POSTPONE
    )
    in_tet = datetime(2027, 2, 8, tzinfo=UTC)

    assert local_day(rule.preview(in_tet, TET, 1)[0]) == date(2027, 2, 11)


def test_every_working_day_counts_a_saturday_that_staff_made_one() -> None:
    rule = Recurrence(Cadence.WORKING_DAYS, time(7), date(2027, 2, 11))

    assert fires(rule, 4, TET) == ["11/02 07:00", "12/02 07:00", "13/02 07:00", "15/02 07:00"]


def test_a_daily_fire_postponed_over_days_off_comes_once() -> None:
    rule = Recurrence(Cadence.DAILY, time(7), date(2027, 2, 3), on_holiday=HolidayRule.POSTPONE)

    assert fires(rule, 3, TET) == ["03/02 07:00", "11/02 07:00", "12/02 07:00"]


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        (Recurrence(Cadence.WEEKLY, time(7), FIRST), "recurrence.no_days"),
        (Recurrence(Cadence.MONTHLY, time(7), FIRST), "recurrence.no_days"),
        (Recurrence(Cadence.DAILY, time(7), FIRST, until=FIRST), "recurrence.never"),
        (
            Recurrence(Cadence.WEEKLY, time(7), FIRST, frozenset({0}), date(2026, 11, 22)),
            "recurrence.never",
        ),
    ],
    ids=["a week without days", "a month without days", "today, too late", "no Monday in time"],
)
def test_a_rule_that_never_fires_is_refused(rule: Recurrence, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        rule.require_fires(NOW, OFFICE)

    assert refused.value.key == key
