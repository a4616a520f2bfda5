"""What is read aloud leaves no digit, sign or address for the announcer to guess at."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.bulletins.shelf import load
from content.spoken.aloud import WORDS_A_MINUTE, aloud, minutes
from content.spoken.numbers import LARGEST, number

WRITTEN_AND_SAID = [
    ("Gọi 115", "Gọi một một năm."),
    ("Có 115 hộ", "Có một trăm mười lăm hộ."),
    ("Tổng đài 1900 9068", "Tổng đài một chín không không chín không sáu tám."),
    ("Trạm (0292) 3 820 020", "Trạm không hai chín hai ba tám hai không không hai không."),
    ("lúc 7h30", "lúc bảy giờ ba mươi phút."),
    ("từ 07:00 đến 11h", "từ bảy giờ đến mười một giờ."),
    ("sáng 5/12", "sáng ngày mùng năm tháng mười hai."),
    ("ngày 24/11/2026", "ngày hai mươi bốn tháng mười một năm hai nghìn không trăm hai mươi sáu."),
    ("từ 1/12 đến 5/1", "từ ngày mùng một tháng mười hai đến ngày mùng năm tháng một."),
    ("tháng 4/2025", "tháng tư năm hai nghìn không trăm hai mươi lăm."),
    ("trực 24/7", "trực hai mươi bốn trên bảy."),
    ("cao 1,8 m", "cao một phẩy tám mét."),
    ("giảm 30%", "giảm ba mươi phần trăm."),
    ("500.000 đồng/tháng", "năm trăm nghìn đồng mỗi tháng."),
    ("2-3 lần", "hai đến ba lần."),
    ("H5N1", "H năm N một."),
    (
        "Nghị định 131/2025/NĐ-CP",
        "Nghị định một trăm ba mươi mốt năm hai nghìn không trăm hai mươi lăm của Chính phủ.",
    ),
    (
        "Luật 51/2024/QH15",
        "Luật năm mươi mốt năm hai nghìn không trăm hai mươi bốn của Quốc hội khóa mười lăm.",
    ),
    ("Xem https://vssid.gov.vn/a?b=1.", "Xem trang vssid chấm gov chấm vn."),
    ("trên dichvucong.gov.vn,", "trên dichvucong chấm gov chấm vn,"),
    ("gọi 156 (miễn phí)", "gọi một năm sáu (miễn phí)."),
    ("Thông tư 10/TT-BYT của Bộ Y tế", "Thông tư mười của Bộ Y tế."),
    ("UBND TP. Cần Thơ và/hoặc BHXH", "Ủy ban nhân dân thành phố Cần Thơ hoặc bảo hiểm xã hội."),
    ("• Đậy kín lu 🌊", "Đậy kín lu."),
]


@pytest.mark.parametrize(("written", "said"), WRITTEN_AND_SAID, ids=lambda text: text[:20])
def test_it_is_said_as_an_announcer_says_it(written: str, said: str) -> None:
    assert aloud(written) == said


@given(st.text(max_size=120))
def test_no_text_leaves_a_digit_or_breaks(text: str) -> None:
    assert not re.search(r"\d", aloud(text), re.ASCII)


@given(st.text(st.sampled_from("0123456789/.,-:hgđ%mn ()NĐCPngàythág"), max_size=40))
def test_no_mixture_of_digits_and_signs_leaves_a_digit(text: str) -> None:
    assert not re.search(r"\d", aloud(text), re.ASCII)


def test_no_two_numbers_are_said_alike() -> None:
    said = {number(value) for value in range(20_000)}
    assert len(said) == 20_000


@given(st.integers(0, LARGEST), st.integers(0, LARGEST))
def test_large_numbers_are_not_said_alike_either(one: int, other: int) -> None:
    assert (number(one) == number(other)) == (one == other)


def test_a_minute_is_so_many_words_and_begun_minutes_count() -> None:
    assert minutes("từ " * WORDS_A_MINUTE) == 1
    assert minutes("từ " * (WORDS_A_MINUTE + 1)) == 2


def test_the_shipped_bulletins_can_be_read_out() -> None:
    for bulletin in load():
        said = aloud(bulletin.text)
        assert said
        assert not re.search(r"[0-9•/%]|http", said), said
