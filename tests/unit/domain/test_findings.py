"""Slips in words for everybody: each kind is found where it stands, and sound words stay sound."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.findings import FindingKind, findings_in, findings_of_link
from domain.model.hidden_signs import sign_name
from domain.model.marks import Mark, MarkKind
from domain.model.proofreading import MisprintKind, proofread
from domain.model.version import Version

TODAY = date(2026, 11, 20)


def found(text: str) -> list[tuple[FindingKind, str]]:
    return [(slip.kind, slip.shown) for slip in findings_in(text)]


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
    assert (FindingKind.PLACEHOLDER, left.removesuffix("/QĐ-UBND")) in found(f"Họp ngày {left} nhé")


@pytest.mark.parametrize("day", ["31/02", "31/04/2026", "29/02/2026", "00/05/2026", "12/13/2026"])
def test_a_day_that_is_none_is_found(day: str) -> None:
    assert found(f"Họp ngày {day}.") == [(FindingKind.NO_SUCH_DATE, day)]


def test_a_day_in_words_that_is_none_is_found() -> None:
    assert found("Từ ngày 31 tháng 4 năm 2026") == [
        (FindingKind.NO_SUCH_DATE, "31 tháng 4 năm 2026")
    ]


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
    assert (kind, shown[:6]) == (FindingKind.HIDDEN_SIGN, f"U+{ord(sign):04X}")


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
    assert [slip.kind for slip in findings_of_link("bấm vào đây", url)] == [FindingKind.LINK_SCHEME]


@pytest.mark.parametrize("url", ["http://a.vn/x", "tg://x", "javascript:alert"])
def test_an_address_in_the_words_is_held_to_the_same(url: str) -> None:
    assert found(f"Xem {url} nhé") == [(FindingKind.LINK_SCHEME, url)]


def test_a_link_whose_words_are_another_address_is_shown_with_both() -> None:
    (slip,) = findings_of_link("dichvucong.gov.vn", "https://dichvucong.gov.vn.evil.com/x")
    assert (slip.kind, slip.leads_to) == (
        FindingKind.LINK_DISGUISED,
        "https://dichvucong.gov.vn.evil.com/x",
    )


@pytest.mark.parametrize("words", ["dichvucong.gov.vn", "https://www.dichvucong.gov.vn/x", "Cổng"])
def test_a_link_under_its_own_address_is_sound(words: str) -> None:
    assert findings_of_link(words, "https://dichvucong.gov.vn/trang") == ()


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_words_are_looked_through(text: str, url: str) -> None:
    assert all(0 <= slip.begin < len(text) for slip in findings_in(text))
    findings_of_link(text, url)


ORDINARY = [
    "Ghi chú [1] và [12].",
    "Gạo, muối, … và nước sạch; chờ chút… rồi đi, v.v…",
    "Rồi...đi, ờ ... thì thôi.",
    "Pha 1/2 ly nước, 3/4 số hộ, 45/50 hộ đã ký.",
    "Trực 24/7, tỉ lệ 50/50, trong ngày 45/50 hộ đã ký.",
    "Lúc 7h30, 17:00, 7 giờ 30, 7-8 giờ, 07.30.",
    "Gọi 1900 1006, 0292.3820.114, 0292-3820-114, (0292) 3 820 114, 114.",
    "Mực nước 1,8–2,0 m, +1.95 m, −2 °C, 10–15 %.",
    "Số 12/UBND, 05/2020/QĐ-TTg, 33/2013/QH13, 118/CĐ-TTg, NĐ 49/2024 Đ.13.",
    "Thư: a@b.vn, xem dichvucong.gov.vn/a-b_c?x=1.",
    "Khóa X, kỳ XX, số 10x15 cm, xã/phường, ông/bà.",
    "Dữ liệu: có; tel: gọi sau; data: chưa có.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_left_alone_wherever_they_are_read(text: str) -> None:
    assert found(text) == []
    assert proofread([Version("vi", "", text)], TODAY) == ()


@given(st.times(), st.sampled_from(["{0.hour}h{0.minute:02}", "{0:%H:%M}", "{0:%H.%M}"]))
def test_a_time_of_day_is_ordinary(moment: time, written: str) -> None:
    assert found(f"Họp lúc {written.format(moment)}, đúng giờ.") == []


@given(st.from_regex(r"0[235789]\d{2}([ .-])\d{3}\1\d{3}", fullmatch=True))
def test_a_telephone_number_is_ordinary(number: str) -> None:
    assert found(f"Gọi {number} khi cần.") == []


AS_FILED = {
    MisprintKind.HIDDEN_SIGN: FindingKind.HIDDEN_SIGN,
    MisprintKind.PLACEHOLDER: FindingKind.PLACEHOLDER,
    MisprintKind.IMPOSSIBLE_DATE: FindingKind.NO_SUCH_DATE,
    MisprintKind.INSECURE_LINK: FindingKind.LINK_SCHEME,
    MisprintKind.ODD_LINK: FindingKind.LINK_SCHEME,
}
PIECES = st.sampled_from(
    [
        *("Nước ", "{tên} ", "[số] ", "…/2026 ", "xx/xx ", "____ ", "ngày 31/4 ", "30/02/2027 "),
        *("\u202e", "\u200b", "\ufeff", "ទឹក", "👨", "\u200d", "👩", "http://a.vn ", "tg://x "),
        *("https://a.vn@b.vn ", "javascript:alert(1) ", "24/7 ", "… ", "[1] ", "ngày 32/11 "),
    ]
)


@given(st.lists(PIECES, max_size=6).map("".join))
def test_a_file_and_the_chat_find_the_same(text: str) -> None:
    chat = {
        AS_FILED[one.kind]
        for one in proofread([Version("vi", "", text)], TODAY)
        if one.kind in AS_FILED
    }
    assert {kind for kind, _ in found(text)} == chat


@pytest.mark.parametrize("url", ["https://a.vn@b.com", "http://a.vn", "tel:114", "https://а.vn"])
def test_a_link_is_no_better_in_a_file_than_in_the_chat(url: str) -> None:
    version = Version("vi", "", "bấm", (Mark(MarkKind.LINK, 0, 3, url),))

    assert [AS_FILED[one.kind] for one in proofread([version], TODAY)] == [
        one.kind for one in findings_of_link("bấm", url)
    ]
