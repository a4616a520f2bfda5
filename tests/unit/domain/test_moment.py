"""Dates as people type them, on a Friday at nine in the morning."""

import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.moment import FURTHEST_AHEAD, read_moment

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=LOCAL).astimezone(UTC)


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15/12 08:00", local(2026, 12, 15, 8)),
        ("15/12/2026 08:00", local(2026, 12, 15, 8)),
        ("15-12-2026 8h", local(2026, 12, 15, 8)),
        ("15/12, 8h", local(2026, 12, 15, 8)),
        ("15/12 lúc 8 giờ", local(2026, 12, 15, 8)),
        ("8h ngày 15/12", local(2026, 12, 15, 8)),
        ("8h 15/12", local(2026, 12, 15, 8)),
        ("7h 30/11", local(2026, 11, 30, 7)),
        ("8h5 15/12", local(2026, 12, 15, 8, 5)),
        ("08:00, 15/12", local(2026, 12, 15, 8)),
        ("lúc 8 giờ 15 ngày 5/12", local(2026, 12, 5, 8, 15)),
        ("mai 7h30", local(2026, 11, 21, 7, 30)),
        ("ngày mai 7h", local(2026, 11, 21, 7)),
        ("ngay mai 7g30", local(2026, 11, 21, 7, 30)),
        ("7h30 mai", local(2026, 11, 21, 7, 30)),
        ("hôm nay 14h", local(2026, 11, 20, 14)),
        ("hom nay 9:01", local(2026, 11, 20, 9, 1)),
        ("17h", local(2026, 11, 20, 17)),
        ("  17h00  ", local(2026, 11, 20, 17)),
        ("20/11 10h", local(2026, 11, 20, 10)),
        ("05/01 8h", local(2027, 1, 5, 8)),
        ("19/05 8h", local(2027, 5, 19, 8)),
        ("28/02 8h", local(2027, 2, 28, 8)),
        ("20/11/2027 8h", local(2027, 11, 20, 8)),
    ],
)
def test_what_people_type_is_understood(typed: str, meant: datetime) -> None:
    assert read_moment(typed, NOW) == meant


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("31/02 8h", "moment.no_such_day"),
        ("29/02/2027 8h", "moment.no_such_day"),
        ("0/12 8h", "moment.no_such_day"),
        ("15/13 8h", "moment.no_such_day"),
        ("15/12/0000 8h", "moment.no_such_day"),
        ("15/12 24h", "moment.no_such_time"),
        ("15/12 8h60", "moment.no_such_time"),
        ("8h", "moment.past"),
        ("9:00", "moment.past"),
        ("hôm nay 8h59", "moment.past"),
        ("19/11 8h", "moment.past"),
        ("15/10 8h", "moment.past"),
        ("15/12/2025 8h", "moment.past"),
        ("15/12/2030 8h", "moment.too_far"),
        ("", "moment.not_understood"),
        ("mai", "moment.not_understood"),
        ("15/12", "moment.not_understood"),
        ("8", "moment.not_understood"),
        ("1/128h30", "moment.not_understood"),
        ("15/12 08:00 15/12", "moment.not_understood"),
        ("7h30 sáng mai", "moment.not_understood"),
        ("xin chào", "moment.not_understood"),
        ("15/12 -8h", "moment.not_understood"),
    ],
)
def test_what_cannot_be_meant_is_refused(typed: str, key: str) -> None:
    assert refused(typed) == key


def refused(typed: str, now: datetime = NOW) -> str:
    with pytest.raises(Refusal) as raised:
        read_moment(typed, now)
    assert raised.value.values["typed"] == typed
    return raised.value.key


def test_a_leap_day_is_found_in_the_year_that_has_one() -> None:
    in_2027 = local(2027, 11, 20, 9)

    assert read_moment("29/02 8h", in_2027) == local(2028, 2, 29, 8)


def test_letters_typed_with_separate_marks_are_understood() -> None:
    typed = unicodedata.normalize("NFD", "8 giờ ngày mai")

    assert read_moment(typed, NOW) == local(2026, 11, 21, 8)


def test_the_day_is_the_local_one_when_utc_is_still_at_the_day_before() -> None:
    just_after_midnight = local(2026, 11, 21, 0, 30).astimezone(UTC)

    assert read_moment("mai 7h", just_after_midnight) == local(2026, 11, 22, 7)


def test_at_the_turn_of_the_year_tomorrow_is_next_year() -> None:
    assert read_moment("mai 7h", local(2026, 12, 31, 20)) == local(2027, 1, 1, 7)


MOMENTS = st.datetimes(
    (NOW + timedelta(minutes=1)).replace(tzinfo=None),
    (NOW + FURTHEST_AHEAD).replace(tzinfo=None),
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(second=0, microsecond=0).astimezone(LOCAL))
DATES = ("{0:%d/%m/%Y}", "{0.day}/{0.month}/{0.year}", "{0:%d-%m-%Y}", "ngày {0:%d/%m/%Y}")
TIMES = ("{0:%H:%M}", "{0.hour}h{0.minute}", "{0:%H} giờ {0:%M}", "lúc {0.hour}g{0:%M}")
ORDERS = ("{day} {time}", "{time} {day}", "{day}, {time}", "{time},{day}")


@given(MOMENTS, st.sampled_from(DATES), st.sampled_from(TIMES), st.sampled_from(ORDERS))
def test_what_is_written_is_read_back(
    moment: datetime, date_form: str, time_form: str, order: str
) -> None:
    typed = order.format(day=date_form.format(moment), time=time_form.format(moment))

    assert read_moment(typed, NOW) == moment


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_moment_ahead_or_a_refusal(typed: str) -> None:
    try:
        moment = read_moment(typed, NOW)
    except Refusal:
        return
    assert NOW < moment <= NOW + FURTHEST_AHEAD
