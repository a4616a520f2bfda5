"""Past times and lengths as people say them."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import LOCAL_ZONE
from domain.errors import Refusal
from domain.model.typed_past import read_minutes, read_number, read_past

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""A Friday, nine in the morning."""


def local(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LOCAL_ZONE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hôm qua 19h", local(19, 19)),
        ("hom qua luc 19 gio 30", local(19, 19, 30)),
        ("19h hôm qua", local(19, 19)),
        ("sáng nay", local(20, 8)),
        ("7h30 sáng nay", local(20, 7, 30)),
        ("CHIỀU QUA", local(19, 14)),
        ("tối qua 7 rưỡi", local(19, 19, 30)),
        ("10h đêm qua", local(19, 22)),
        ("1h trưa qua", local(19, 13)),
        ("hôm kia chiều", local(18, 14)),
        ("8h", local(20, 8)),
        ("2 tiếng trước", local(20, 7)),
        ("thứ bảy 14h", local(14, 14)),
        ("thứ sáu 8h", local(20, 8)),
        ("thứ sáu 14h", local(13, 14)),
        ("chủ nhật tuần trước 9h", local(15, 9)),
        ("15/11 19:30", local(15, 19, 30)),
        ("ngày 15/11 lúc 7h tối", local(15, 19)),
        ("05/10/2026 8h", local(5, 8, month=10)),
        ("mai 8h", local(21, 8)),
    ],
)
def test_a_past_time_is_read_as_it_is_said(typed: str, meant: datetime) -> None:
    assert read_past(typed, NOW) == meant


def test_a_day_without_a_year_is_the_nearest() -> None:
    january = datetime(2027, 1, 3, 2, 0, tzinfo=UTC)

    assert read_past("28/12 8h", january) == local(28, 8, month=12)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("hôm qua", "session.hour_wanted"),
        ("3 ngày trước", "session.hour_wanted"),
        ("1h đêm qua", "session.start_not_understood"),
        ("12h đêm qua", "session.start_not_understood"),
        ("họp dân", "session.start_not_understood"),
        ("2024", "session.start_not_understood"),
        ("31/02 8h", "moment.no_such_day"),
        ("hôm qua 25h", "moment.no_such_time"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(typed: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_past(typed, NOW)

    assert (refused.value.key, refused.value.values["typed"]) == (key, typed)


@given(st.text(max_size=60))
def test_no_text_does_more_than_be_refused(typed: str) -> None:
    for read in (lambda text: read_past(text, NOW), read_minutes, read_number):
        with suppress(Refusal):
            assert read(typed) is not None


@given(st.integers(0, 59 * 24 * 60))
def test_every_past_moment_written_in_full_is_read_back(minutes_ago: int) -> None:
    moment = (NOW - timedelta(minutes=minutes_ago)).astimezone(LOCAL_ZONE)

    assert read_past(f"{moment:%d/%m/%Y %H:%M}", NOW) == moment


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("90", 90),
        ("90 phút", 90),
        ("khoảng 45p", 45),
        ("1h30", 90),
        ("2 tiếng", 120),
        ("2 tiếng rưỡi", 150),
        ("1,5 giờ", 90),
        ("1 tiếng 15 phút", 75),
        ("-5", -5),
    ],
)
def test_a_length_is_read_as_it_is_said(typed: str, minutes: int) -> None:
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "count"),
    [("45", 45), ("khoảng 45 người", 45), ("1.200", 1200), ("−5", -5), ("1000000000", 10**9)],
)
def test_a_number_is_read_as_it_is_written(typed: str, count: int) -> None:
    assert read_number(typed) == count


@pytest.mark.parametrize("typed", ["10^9", "bốn lăm", "", "4 5 6"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="not_a_number"):
        read_number(typed)
