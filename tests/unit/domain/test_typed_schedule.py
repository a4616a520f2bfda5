"""Schedules as people type them, on a Friday at nine in the morning."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.recurrence import Cadence, Recurrence
from domain.model.typed_schedule import Typed, read_expiry, read_schedule, weekly

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=LOCAL).astimezone(UTC)
TODAY = date(2026, 11, 20)
MONTHLY, WEEKLY, DAILY, WORKING = (
    Cadence.MONTHLY,
    Cadence.WEEKLY,
    Cadence.DAILY,
    Cadence.WORKING_DAYS,
)


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LOCAL)


def rule(cadence: Cadence, at: str, *days: int, until: date | None = None) -> Recurrence:
    return Recurrence(cadence, time.fromisoformat(at), TODAY, frozenset(days), until)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hằng ngày 6h", rule(DAILY, "06:00")),
        ("Hàng ngày lúc 6 giờ 15", rule(DAILY, "06:15")),
        ("6h30 mỗi ngày", rule(DAILY, "06:30")),
        ("hang ngay 06:00", rule(DAILY, "06:00")),
        ("ngày làm việc 7h", rule(WORKING, "07:00")),
        ("các ngày làm việc lúc 7h", rule(WORKING, "07:00")),
        ("thứ 2, 4, 6 lúc 7h30", rule(WEEKLY, "07:30", 0, 2, 4)),
        ("thu 2, 4, 6 luc 7h30", rule(WEEKLY, "07:30", 0, 2, 4)),
        ("7h30 thứ hai, thứ tư và thứ sáu", rule(WEEKLY, "07:30", 0, 2, 4)),
        ("T2 T4 T6 7g30", rule(WEEKLY, "07:30", 0, 2, 4)),
        ("thứ hai hằng tuần 7h", rule(WEEKLY, "07:00", 0)),
        ("mỗi thứ hai 7h", rule(WEEKLY, "07:00", 0)),
        ("hằng tuần thứ năm 7h", rule(WEEKLY, "07:00", 3)),
        ("thứ 7, CN 17h", rule(WEEKLY, "17:00", 5, 6)),
        ("chủ nhật hằng tuần 8h", rule(WEEKLY, "08:00", 6)),
        ("thứ 2 đến thứ 6, 7h", rule(WEEKLY, "07:00", 0, 1, 2, 3, 4)),
        ("T2-T6 7h", rule(WEEKLY, "07:00", 0, 1, 2, 3, 4)),
        ("t7-t2 7h", rule(WEEKLY, "07:00", 5, 6, 0)),
        ("ngày 15 hằng tháng 8h", rule(MONTHLY, "08:00", 15)),
        ("8h ngày 15 hàng tháng", rule(MONTHLY, "08:00", 15)),
        ("ngày 1 và 15 hằng tháng 8h", rule(MONTHLY, "08:00", 1, 15)),
        ("mùng 1 hằng tháng 8h", rule(MONTHLY, "08:00", 1)),
        ("hằng tháng ngày 31, 8h", rule(MONTHLY, "08:00", 31)),
        ("cuối tháng 17h", rule(MONTHLY, "17:00", 31)),
        ("ngày cuối tháng 17h", rule(MONTHLY, "17:00", 31)),
        ("cuoi moi thang 17h", rule(MONTHLY, "17:00", 31)),
        ("hằng ngày 6h đến 31/12", rule(DAILY, "06:00", until=date(2026, 12, 31))),
        ("thứ hai 7h đến hết ngày 31/12", rule(WEEKLY, "07:00", 0, until=date(2026, 12, 31))),
        ("hằng ngày đến 5/1 lúc 6h", rule(DAILY, "06:00", until=date(2027, 1, 5))),
    ],
)
def test_a_rule_is_understood(typed: str, meant: Recurrence) -> None:
    assert read_schedule(typed, NOW) == Typed(recurrence=meant)


def test_a_rule_may_begin_later() -> None:
    read = read_schedule("ngày làm việc 7h từ 1/12 đến 15/12", NOW).recurrence

    assert read is not None
    assert (read.first_on, read.until) == (date(2026, 12, 1), date(2026, 12, 15))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15/12 08:00", local(2026, 12, 15, 8)),
        ("8h ngày 15/12", local(2026, 12, 15, 8)),
        ("mai 7h30", local(2026, 11, 21, 7, 30)),
        ("thứ hai 7h", local(2026, 11, 23, 7)),
        ("thu hai 7h", local(2026, 11, 23, 7)),
        ("T2 lúc 7h", local(2026, 11, 23, 7)),
        ("CN 8h", local(2026, 11, 22, 8)),
        ("thứ sáu 10h", local(2026, 11, 20, 10)),
        ("thứ sáu 8h", local(2026, 11, 27, 8)),
    ],
)
def test_a_single_day_is_meant_once(typed: str, meant: datetime) -> None:
    assert read_schedule(typed, NOW) == Typed(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15/12", local(2026, 12, 15, 7)),
        ("ngày 15/12/2026", local(2026, 12, 15, 7)),
        ("mai", local(2026, 11, 21, 7)),
    ],
)
def test_a_day_alone_means_its_usual_time_and_it_is_said(typed: str, meant: datetime) -> None:
    assert read_schedule(typed, NOW) == Typed(meant, None, usual_time=True)


@pytest.mark.parametrize("typed", ["mùng 1 hằng tháng", "hằng ngày", "thứ 2, 4", "cuối tháng"])
def test_without_a_time_the_usual_one_is_meant_and_it_is_said(typed: str) -> None:
    read = read_schedule(typed, NOW)

    assert read.recurrence is not None
    assert (read.recurrence.at, read.usual_time) == (time(7), True)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("mùng 1 âm lịch hằng tháng 7h", "recurrence.lunar"),
        ("ngày rằm 7h", "recurrence.lunar"),
        ("15 AL hang thang", "recurrence.lunar"),
        ("hằng tuần 7h", "recurrence.no_days"),
        ("hằng tháng lúc 8h", "recurrence.no_days"),
        ("hằng ngày 6h đến 1/11", "recurrence.never"),
        ("hằng ngày 6h từ 10/12 đến 1/12", "recurrence.never"),
        ("ngày 32 hằng tháng 7h", "moment.no_such_day"),
        ("hằng ngày 25h", "moment.no_such_time"),
        ("hằng ngày 6h đến 31/11", "moment.no_such_day"),
        ("thứ 8 7h", "moment.not_understood"),
        ("thỉnh thoảng", "moment.not_understood"),
        ("hằng ngày 6h và 17h", "moment.not_understood"),
        ("20/11 8h", "moment.past"),
    ],
)
def test_what_cannot_be_meant_is_refused(typed: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_schedule(typed, NOW)

    assert refused.value.key == key


@given(st.text("thứ2,46 hằngaiđếnlúc7h30/1-CNmùgmối", max_size=40))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        read = read_schedule(typed, NOW)
    except Refusal:
        return
    assert (read.moment is None) != (read.recurrence is None)


def test_a_moment_becomes_its_weekday() -> None:
    monday = datetime(2026, 11, 23, 7, tzinfo=LOCAL).astimezone(UTC)

    assert weekly(monday) == Recurrence(WEEKLY, time(7), date(2026, 11, 23), frozenset({0}))


DUE = datetime(2026, 12, 15, 8, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("6 giờ", 6), ("6h", 6), ("2 ngày", 48), ("1 ngày 12 giờ", 36), ("đến 15/12 18:00", 10)],
)
def test_how_long_it_is_good_is_typed_as_a_span_or_an_end(typed: str, hours: int) -> None:
    assert read_expiry(typed, DUE, NOW) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("typed", "due", "key"),
    [
        ("15/12 07:00", DUE, "expiry.before_due"),
        ("15/12 08:00", DUE, "expiry.before_due"),
        ("0 giờ", DUE, "expiry.before_due"),
        ("31 ngày", DUE, "expiry.too_long"),
        ("15/12 18:00", None, "expiry.hours_wanted"),
        ("lâu lâu", DUE, "moment.not_understood"),
    ],
)
def test_an_end_that_cannot_be_is_refused(typed: str, due: datetime | None, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_expiry(typed, due, NOW)

    assert refused.value.key == key
