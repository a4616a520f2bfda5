"""What is typed about material is read as it is meant; what a file is called does no harm."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.model.bulletin import Field
from domain.model.file_name import LONGEST_NAME, safe_name
from domain.model.handout import ENDINGS, Media, handout_of
from domain.model.material import (
    LONGEST,
    MOST_PAIRS,
    MaterialBody,
    MaterialKind,
    MaterialRevision,
    Pair,
)
from domain.model.typed_material import read_last_day, read_minutes, read_words
from domain.model.typed_pairs import read_pairs

TODAY = date(2026, 11, 20)
BODY = MaterialBody(
    MaterialKind.TOPIC,
    "nk",
    title="Đường sá",
    field=Field.DISASTERS,
    text="Tránh chỗ ngập.",
    points="Gọi 114.",
    pairs=(Pair("Đi lối nào?", "Theo biển báo."),),
    minutes=10,
    issuing_body="UBND phường Ninh Kiều",
    source="Công điện 12",
    valid_until=date(2026, 12, 31),
    handout=handout_of("f", "a.pdf", Media.PDF, b"%PDF-1"),
)
OTHERWISE = {
    "kind": MaterialKind.HANDOUT,
    "audience_unit_id": "kv",
    "title": "Khác",
    "field": Field.HEALTH,
    "text": "Khác",
    "points": "Khác",
    "pairs": (),
    "minutes": 11,
    "issuing_body": "Khác",
    "source": "Khác",
    "valid_until": None,
    "handout": handout_of("f", "a.pdf", Media.PDF, b"%PDF-2"),
}


def revision(body: MaterialBody) -> MaterialRevision:
    return MaterialRevision("r", "m", "nk", 1, "an", body)


@pytest.mark.parametrize("part", OTHERWISE)
def test_nothing_can_change_without_changing_the_hash(part: str) -> None:
    values = {name: getattr(BODY, name) for name in OTHERWISE}
    changed = MaterialBody(**values | {part: OTHERWISE[part]})

    assert set(OTHERWISE) == set(MaterialBody.__slots__)
    assert revision(changed).hash != revision(BODY).hash


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Lịch tiêm.pdf", "Lịch tiêm.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Temp\\a.pdf.exe", "a.pdf.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("  .pdf", "tai-lieu.pdf"),
        ("", "tai-lieu.pdf"),
        ("a\n b.pptm", "a b.pdf"),
    ],
)
def test_a_wicked_name_is_made_harmless(name: str, kept: str) -> None:
    assert safe_name(name, ENDINGS[Media.PDF]) == kept


@given(st.text(max_size=200), st.sampled_from(Media))
def test_every_name_is_short_visible_and_of_its_own_kind(name: str, media: Media) -> None:
    kept = safe_name(name, ENDINGS[media])

    assert kept.endswith(ENDINGS[media])
    assert 0 < len(kept) <= LONGEST_NAME + len(ENDINGS[media])
    assert not set(kept) & set('/\\:*?"<>|\n\t')
    assert all(unicodedata.category(c)[0] != "C" for c in kept)


def test_the_first_line_is_the_question_and_the_rest_the_answer() -> None:
    assert read_pairs("Gọi ai?\nGọi 114.\nHoặc phường.") == (
        Pair("Gọi ai?", "Gọi 114.\nHoặc phường."),
    )


def test_several_pairs_can_be_pasted_behind_those_that_are_known() -> None:
    known = (Pair("a?", "b"),)
    pasted = "Hỏi: Gọi ai?\nĐáp: Gọi 114.\nHỏi 2: Khi nào?\nTrả lời: Ngay."

    assert read_pairs(pasted, known) == (
        *known,
        Pair("Gọi ai?", "Gọi 114."),
        Pair("Khi nào?", "Ngay."),
    )


@pytest.mark.parametrize("typed", ["Gọi ai?", "Hỏi: Gọi ai?\nĐáp:", "Hỏi:\nĐáp: 114", "", "\u200b"])
def test_a_question_without_an_answer_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match=r"material\.no_answer"):
        read_pairs(typed)


def test_a_sheet_has_an_end() -> None:
    with pytest.raises(Refusal, match=r"material\.too_many_pairs"):
        read_pairs("a?\nb", (Pair("a?", "b"),) * MOST_PAIRS)


def test_an_answer_that_fits_into_no_message_is_refused() -> None:
    with pytest.raises(Refusal, match=r"material\.too_long"):
        read_pairs("a?\n" + "b" * (LONGEST["answer"] + 1))


@pytest.mark.parametrize(("typed", "minutes"), [("15", 15), ("15 phút", 15), ("1p", 1)])
def test_minutes_are_read(typed: str, minutes: int) -> None:
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["0", "181", "lâu", "-5", "1.5", "99999999"])
def test_what_is_no_length_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match=r"material\.no_minutes"):
        read_minutes(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31/12/2026", date(2026, 12, 31)),
        ("ngày 31-12", date(2026, 12, 31)),
        ("1/2", date(2027, 2, 1)),
        ("20/11", TODAY),
    ],
)
def test_a_last_day_is_read(typed: str, day: date) -> None:
    assert read_last_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["31/02/2026", "mai", "19/11/2026", "29/2"])
def test_a_day_that_there_is_not_or_no_longer_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match=r"material\."):
        read_last_day(typed, TODAY)


def test_a_title_is_one_line() -> None:
    assert read_words("title", " Đường\n sá ") == "Đường sá"
