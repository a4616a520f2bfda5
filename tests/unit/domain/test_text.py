"""Measuring and masking text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.text import has_words, masked, normalised, utf16_units, visible


@pytest.mark.parametrize(
    ("text", "units"),
    [("", 0), ("abc", 3), ("Đường", 5), ("ភាសា", 4), ("👍", 2), ("👨‍👩‍👧", 8), ("🇻🇳", 4)],
)
def test_length_is_counted_as_the_channel_counts(text: str, units: int) -> None:
    assert utf16_units(text) == units


@given(st.text(), st.text())
def test_lengths_add_up(one: str, other: str) -> None:
    assert utf16_units(one + other) == utf16_units(one) + utf16_units(other)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Gọi 0903123456 nhé", "Gọi ••••••••56 nhé"),
        ("0903 123 456", "••••••••56"),
        ("0903.123.456", "••••••••56"),
        ("0903-123-456", "••••••••56"),
        ("0903\u00a0123\u00a0456", "••••••••56"),
        ("+84903123456", "•••••••••56"),
        ("+84 903 123 456", "•••••••••56"),
        ("(0292) 3812345", "(•••••••••45"),
        ("CCCD 092201001234.", "CCCD ••••••••••34."),
        ("CMND 362123456", "CMND •••••••56"),
        ("DN4790123456789", "DN•••••••••••89"),
        ("thẻ 1234567890123456", "thẻ ••••••••••••••56"),
        ("០៩០៣១២៣៤៥៦", "••••••••៥៦"),
        ("0903123456 hoặc 0911222333", "••••••••56 hoặc ••••••••33"),
    ],
)
def test_phone_and_identity_numbers_are_hidden(written: str, shown: str) -> None:
    assert masked(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "năm 2026",
        "từ 2024 đến 2026",
        "25.000.000 - 30.000.000 đồng",
        "2024 - 2026 - 2028",
        "ngày 15/12/2026",
        "15-12-2026",
        "08:00 15/12/2026",
        "số nhà 12/3/45",
        "500.000 đồng",
        "25.000.000 đồng",
        "Công văn 1234/UBND-VP",
        "gọi 113, 114, 115",
        "tổng đài 1022",
        "hẻm 12\n345 hộ\n678 người",
        "",
    ],
)
def test_years_dates_and_sums_stay_readable(written: str) -> None:
    assert masked(written) == written


@given(st.integers(10**8, 10**13).map(str), st.sampled_from(["", " ", ".", "-"]))
def test_no_long_number_shows_more_than_two_digits(digits: str, between: str) -> None:
    shown = masked(f"Số {between.join(digits)} của tôi")

    assert sum(c.isdigit() for c in shown) == 2


@given(st.text(alphabet="0123456789 .-ab", max_size=30))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@given(st.text(st.characters(exclude_categories=["Nd"])))
def test_text_without_digits_is_shown_as_it_is(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<b>Đậm</b> và <i>nghiêng</i>", "Đậm và nghiêng"),
        ('<a href="https://t.me/x?start=gopy">Góp ý</a>', "Góp ý"),
        ("5 &lt; 7 &amp; 7 &gt; 5", "5 < 7 & 7 > 5"),
        ("<blockquote>&quot;Lời&quot;</blockquote>", '"Lời"'),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
    ],
)
def test_what_a_reader_sees_has_no_markup(markup: str, seen: str) -> None:
    assert visible(markup) == seen


@pytest.mark.parametrize("text", ["a", "Ừ", "👍", "?", "1", "\u200bcó\u200b", "ភាសា"])
def test_anything_a_reader_sees_says_something(text: str) -> None:
    assert has_words(text)


BLANK = ["\u3164", "\u2800", "\u115f", "\u1160", "\uffa0", "\u3164 \u2800"]


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\u00a0", "\u200b", "\u200d\u2060\ufeff", "\u0301", *BLANK]
)
def test_what_nobody_sees_says_nothing(text: str) -> None:
    assert not has_words(text)


def test_text_is_kept_composed_and_without_space_around_it() -> None:
    typed = unicodedata.normalize("NFD", "  Đường sá \n")

    assert normalised(typed) == "Đường sá"


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
