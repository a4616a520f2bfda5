"""What is typed about a conference is read as it was meant, or refused in one sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.clock import LOCAL_ZONE
from domain.errors import Refusal
from domain.model.conference import Conference
from domain.model.typed_conference import read_length, read_material, read_start, read_text

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
"""Friday, nine in the morning."""
AT_TWO = Conference("c1", "nk", "hanh", NOW, start_at=NOW + timedelta(hours=5))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thứ năm 8h", "26/11/2026 08:00"),
        ("8h sáng thứ năm", "26/11/2026 08:00"),
        ("thứ năm 26/11 8h", "26/11/2026 08:00"),
        ("thứ tư tuần sau 8h", "25/11/2026 08:00"),
        ("thứ sáu tuần sau 7h30", "27/11/2026 07:30"),
        ("15/12 08:00", "15/12/2026 08:00"),
        ("2h chiều 15/12", "15/12/2026 14:00"),
        ("mai 14h", "21/11/2026 14:00"),
        ("chiều mai 2h", "21/11/2026 14:00"),
        ("1h trưa mai", "21/11/2026 13:00"),
        ("14h", "20/11/2026 14:00"),
        ("hôm nay 19h30", "20/11/2026 19:30"),
        ("chủ nhật 7h", "22/11/2026 07:00"),
        ("5/1 8h", "05/01/2027 08:00"),
    ],
)
def test_a_start_is_read_as_people_say_it(typed: str, meant: str) -> None:
    assert f"{read_start(typed, NOW).astimezone(LOCAL_ZONE):%d/%m/%Y %H:%M}" == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("hôm nay 7h", "conference.start_past"),
        ("1/10/2026 8h", "conference.start_past"),
        ("20/11/2028 8h", "moment.too_far"),
        ("31/2 8h", "moment.no_such_day"),
        ("15/12 25h", "moment.no_such_time"),
        ("15/12", "conference.hour_wanted"),
        ("khi nào rảnh", "conference.hour_wanted"),
        ("khi nào rảnh 8h", "conference.start_not_understood"),
        ("thứ 2, 4, 6 lúc 7h", "conference.one_time"),
        ("hằng ngày 7h", "conference.one_time"),
        ("", "conference.hour_wanted"),
    ],
)
def test_a_start_that_cannot_be_is_named(typed: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_start(typed, NOW)
    assert refused.value.key == why


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2 tiếng", 120), ("90", 90), ("1h30", 90), ("đến 16h30", 150), ("tới 4h chiều", 120)],
)
def test_a_length_is_read_as_a_span_or_as_an_end(typed: str, minutes: int) -> None:
    assert read_length(typed, AT_TWO) == minutes


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("đến 11h", "conference.ends_before"),
        ("đến 14h", "conference.ends_before"),
        ("đến chiều", "conference.length_not_understood"),
        ("-5", "conference.minutes_range"),
        ("0", "conference.minutes_range"),
        ("1000000000", "conference.minutes_range"),
        ("lâu lâu", "conference.length_not_understood"),
    ],
)
def test_a_length_that_cannot_be_is_named(typed: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_length(typed, AT_TWO)
    assert refused.value.key == why


def test_words_that_nobody_would_see_are_none() -> None:
    with pytest.raises(Refusal, match="empty"):
        read_text("title", " \u200b ")


def test_a_title_too_long_says_by_how_much() -> None:
    with pytest.raises(Refusal) as refused:
        read_text("title", "ạ" * 160)
    assert refused.value.values == {"over": 10, "limit": 150}


def test_a_secure_link_stays_as_it_is() -> None:
    assert read_material("Xem https://cantho.gov.vn/a?b=1") == "Xem https://cantho.gov.vn/a?b=1"


@pytest.mark.parametrize("typed", ["http://cantho.gov.vn", "xem HTTP://x.vn", "www.cantho.gov.vn"])
def test_a_link_that_is_not_secure_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="link_not_secure"):
        read_material(typed)
