"""Slips in words for everybody: each kind is found where it stands, and sound words stay sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.slips import SlipKind, sign_name, slips_in, slips_of_link


def found(text: str) -> list[tuple[SlipKind, str]]:
    return [(slip.kind, slip.shown) for slip in slips_in(text)]


@pytest.mark.parametrize(
    "left",
    [
        "{ten}",
        "[..]",
        "[số điện thoại]",
        "xx/xx/2026",
        "15/xx/2026",
        "…/QĐ-UBND",
        "….",
        "____",
        "XXX",
    ],
)
def test_what_was_to_be_filled_in_is_found(left: str) -> None:
    assert (SlipKind.PLACEHOLDER, left.removesuffix("/QĐ-UBND").removesuffix(".")) in found(
        f"Họp ngày {left} nhé"
    )


@pytest.mark.parametrize("day", ["31/02", "31/04/2026", "29/02/2026", "00/05/2026", "12/13/2026"])
def test_a_day_that_is_none_is_found(day: str) -> None:
    assert found(f"Họp ngày {day}.") == [(SlipKind.NO_SUCH_DATE, day)]


def test_a_day_in_words_that_is_none_is_found() -> None:
    assert found("Từ ngày 31 tháng 4 năm 2026") == [(SlipKind.NO_SUCH_DATE, "31 tháng 4 năm 2026")]


@pytest.mark.parametrize(
    "text",
    [
        "Từ 29/02 đến 31/12/2026, mở cửa 24/7.",
        "Thông tư số 10/2024/TT-BYT, Công điện 118/CĐ-TTg, Nghị định 50/2025/NĐ-CP.",
        "Tỉ lệ 50/50, 3/4 số hộ, v.v…",
        "Ghi chú [1], mực nước 1,8–2,0 m; chờ chút… rồi đi.",
        "Xem https://dichvucong.gov.vn, lúc 17:00, gọi 1900 1006.",
        "សូម\u200bស្តុក\u200bទឹក។",
        "Gia đình 👨\u200d👩\u200d👧 vui",
    ],
)
def test_sound_words_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u200b", "\u200f", "\u2066", "\ufeff", "\u00ad", "\u3164"]
)
def test_a_hidden_sign_is_shown_by_its_name(sign: str) -> None:
    ((kind, shown),) = found(f"Nộp{sign}tiền")
    assert (kind, shown[:6]) == (SlipKind.HIDDEN_SIGN, f"U+{ord(sign):04X}")


def test_a_signs_name_is_said() -> None:
    assert sign_name("\u202e") == "U+202E RIGHT-TO-LEFT OVERRIDE"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "tg://resolve?domain=x",
        "http://a.vn",
        "https://a.vn@b.com",
        "https://",
        "https://a",
        "https://[::1",
        "https://a.vn:x",
        "https://а.vn",
        "//a.vn",
    ],
)
def test_a_link_leads_to_https_or_nowhere(url: str) -> None:
    assert [slip.kind for slip in slips_of_link("bấm vào đây", url)] == [SlipKind.LINK_SCHEME]


@pytest.mark.parametrize("url", ["http://a.vn/x", "tg://x", "javascript:alert(1)"])
def test_an_address_in_the_words_is_held_to_the_same(url: str) -> None:
    assert found(f"Xem {url} nhé") == [(SlipKind.LINK_SCHEME, url)]


def test_a_link_whose_words_are_another_address_is_shown_with_both() -> None:
    (slip,) = slips_of_link("dichvucong.gov.vn", "https://dichvucong.gov.vn.evil.com/x")
    assert (slip.kind, slip.leads_to) == (
        SlipKind.LINK_DISGUISED,
        "https://dichvucong.gov.vn.evil.com/x",
    )


@pytest.mark.parametrize("words", ["dichvucong.gov.vn", "https://www.dichvucong.gov.vn/x", "Cổng"])
def test_a_link_under_its_own_address_is_sound(words: str) -> None:
    assert slips_of_link(words, "https://dichvucong.gov.vn/trang") == ()


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_words_are_looked_through(text: str, url: str) -> None:
    assert all(0 <= slip.begin < len(text) for slip in slips_in(text))
    slips_of_link(text, url)
