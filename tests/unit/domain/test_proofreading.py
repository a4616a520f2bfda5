"""What is found wrong in a text before it is submitted, and what is let through."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.attached import Attached
from domain.model.attachment import AttachmentKind
from domain.model.bulletin import Draft
from domain.model.links import MOST_LINKS, links_in
from domain.model.marks import Mark, MarkKind
from domain.model.poll import Poll, PollWords
from domain.model.proofreading import REFUSED, MisprintKind, proofread, words_beside
from domain.model.version import Version

TODAY = date(2026, 11, 20)
"""A Friday."""
NAMES = ("Thứ Hai", "thứ 3", "Thứ tư", "thứ năm", "thứ 6", "Thứ Bảy", "Chủ nhật")
KHMER_NAMES = ("ចន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍", "អាទិត្យ")


def found(text: str, language: str = "vi", *, is_template: bool = False) -> list[MisprintKind]:
    version = Version(language, "", text)
    return [one.kind for one in proofread([version], TODAY, is_template)]


def link(words: str, url: str) -> Version:
    return Version("vi", "", words, (Mark(MarkKind.LINK, 0, len(words), url),))


@pytest.mark.parametrize(
    "text",
    [
        "Gọi ____ nhé",
        "ngày xx/xx/2026",
        "ngày …/…/2026",
        "ngày .../...",
        "{tên}",
        "[tên ấp]",
        "Số điện thoại: ........",
        "XX/XX",
    ],
)
def test_what_was_to_be_filled_in_is_found(text: str) -> None:
    assert MisprintKind.PLACEHOLDER in found(text)


def test_the_choices_of_a_template_are_none_of_it() -> None:
    assert found("Nước lên [mức: 1,8 m | 2,0 m].", is_template=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tiêm lúc 7h ngày 24/11, hỗ trợ 24/7.",
        "45/50 hộ đã ký; Công văn số 12/UBND; Quyết định số 05/2020/QĐ-TTg, 33/2013/QH13.",
        "Nước cao 1.8 m… Gọi 0292.3820.114 hoặc 1900.1006.",
        "Thứ Ba, ngày 24/11/2026; thứ ba 24/11; 24/11/2026 (thứ Ba)",
        "ngày 24 tháng 11 năm 2026",
    ],
)
def test_usual_text_is_let_through(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["31/02", "30/02/2027", "31/4", "ngày 31 tháng 11", "29/02/2027", "32/13/2026"]
)
def test_a_day_that_there_is_not_is_found(text: str) -> None:
    assert found(f"Tiêm ngày {text}.") == [MisprintKind.IMPOSSIBLE_DATE]


@given(st.integers(0, 300), st.integers(0, 6), st.booleans())
def test_a_weekday_is_wrong_exactly_when_the_day_is_another(
    ahead: int, weekday: int, in_khmer: bool
) -> None:
    day = TODAY + timedelta(days=ahead)
    written = f"{day.day}/{day.month}/{day.year}"
    name = f"ថ្ងៃ{KHMER_NAMES[weekday]} ទី {written}" if in_khmer else f"{NAMES[weekday]}, {written}"
    misprints = proofread([Version("km" if in_khmer else "vi", "", name)], TODAY)

    wrong = [(MisprintKind.WRONG_WEEKDAY, day)] if weekday != day.weekday() else []
    assert [(one.kind, one.day) for one in misprints] == wrong


def test_a_weekday_without_a_year_is_that_of_the_nearest_day() -> None:
    assert found("thứ hai 24/11") == [MisprintKind.WRONG_WEEKDAY]
    assert found("Monday, 24 November", "en") == [MisprintKind.WRONG_WEEKDAY]


def test_a_day_that_is_over_is_found_and_today_is_not() -> None:
    assert found("hạn 19/11/2026") == [MisprintKind.PAST_DATE]
    assert found("hạn 20/11/2026") == []


def test_a_day_from_which_on_something_holds_may_be_over() -> None:
    assert found("từ ngày 01/07/2025") == found("Từ 1/7/2025") == []
    assert found("from 1 July 2025", "en") == found("ចាប់ពីថ្ងៃទី 01/07/2025", "km") == []


@given(
    st.sampled_from(
        "\u202e\u202a\u2066\u200e\u200f\u061c\u200b\u200d\ufeff\u00ad\x07\u2028\u3164\u2800"
    )
)
def test_a_sign_that_nobody_sees_is_named_wherever_it_stands(sign: str) -> None:
    (one,) = proofread([Version("vi", "", f"Nước{sign} lên")], TODAY)

    assert (one.kind, one.is_refused) == (MisprintKind.HIDDEN_SIGN, True)
    assert f"U+{ord(sign):04X}" in one.passage
    assert f"U+{ord(sign):04X}" in one.detail
    assert sign not in one.passage


@pytest.mark.parametrize(
    ("text", "language"),
    [("👨\u200d👩\u200d👧 nhà mình", "vi"), ("🏳️\u200d🌈", "vi"), ("ទឹក\u200bឡើង", "km")],
)
def test_what_joins_an_emoji_or_parts_khmer_words_belongs(text: str, language: str) -> None:
    assert found(text, language) == []


@pytest.mark.parametrize(
    ("words", "url", "kind"),
    [
        ("cổng dịch vụ công", "https://dichvucong.gov.vn", None),
        ("www.DichVuCong.gov.vn/tra-cuu", "https://dichvucong.gov.vn/", None),
        ("dichvucong.gov.vn", "https://dichvucong.gov.vn.example.com", MisprintKind.OTHER_TARGET),
        ("https://vssid.vn", "https://vssid.com", MisprintKind.OTHER_TARGET),
        ("bấm đây", "http://dichvucong.gov.vn", MisprintKind.INSECURE_LINK),
        ("bấm đây", "https://dichvucong.gov.vn@example.com", MisprintKind.ODD_LINK),
        ("bấm đây", "https://dịchvucông.vn", MisprintKind.ODD_LINK),
        ("bấm đây", f"https://a.vn/{'x' * 300}", MisprintKind.ODD_LINK),
    ],
)
def test_a_link_leads_where_its_words_say(words: str, url: str, kind: MisprintKind | None) -> None:
    misprints = proofread([link(words, url)], TODAY)

    assert [one.kind for one in misprints] == ([kind] if kind else [])
    assert all(one.kind in REFUSED for one in misprints)


@pytest.mark.parametrize("url", ["http://can.tho", "ftp://a.vn/x", "tg://resolve?domain=x"])
def test_an_address_in_the_text_that_is_not_secure_is_refused(url: str) -> None:
    assert found(f"Xem {url} nhé") == [MisprintKind.INSECURE_LINK]


def test_every_address_is_listed_once_in_its_order() -> None:
    text = "Xem dichvucong.gov.vn, hoặc https://vssid.vn/a. Lại dichvucong.gov.vn! Thư: a@b.vn"

    assert [one.url for one in links_in(Version("vi", "", text))] == [
        "dichvucong.gov.vn",
        "https://vssid.vn/a",
    ]


def test_more_links_than_an_approver_is_shown_are_refused() -> None:
    text = " ".join(f"a{n}.vn" for n in range(MOST_LINKS + 1))

    assert found(text) == [MisprintKind.TOO_MANY_LINKS]


@pytest.mark.parametrize("place", ["question", "option", "explanation", "alt", "source"])
def test_what_stands_beside_the_words_hides_nothing_either(place: str) -> None:
    said = {"question": "Họp?", "option": "Sáng", "explanation": "", "alt": "Đường", "source": "CV"}
    said[place] += "\u202egnod\u202c"
    words = PollWords(said["question"], (said["option"], "Tối"), said["explanation"])
    road = Attached(AttachmentKind.PHOTO, "0" * 64, "anh.jpg", said["alt"], 1)
    draft = Draft(
        "b1", "nk", "nk", source=said["source"], poll=Poll({"vi": words}), attachments=(road,)
    )
    misprints = proofread(draft.versions, TODAY, beside=words_beside(draft))

    assert [one.is_refused for one in misprints] == [True, True]


def test_a_khmer_question_parts_its_words_as_khmer_is_written() -> None:
    words = {"vi": PollWords("Họp?", ("A", "B")), "km": PollWords("ទឹក\u200bឡើង", ("ក", "ខ"))}
    draft = Draft("b1", "nk", "nk", poll=Poll(words))

    assert proofread(draft.versions, TODAY, beside=words_beside(draft)) == ()


def test_a_link_in_what_is_said_of_a_picture_is_listed() -> None:
    road = Attached(AttachmentKind.PHOTO, "0" * 64, "anh.jpg", "Xem http://a.vn", 1)
    draft = Draft("b1", "nk", "nk", attachments=(road,))
    (one,) = proofread(draft.versions, TODAY, beside=words_beside(draft))

    assert one.kind is MisprintKind.INSECURE_LINK
