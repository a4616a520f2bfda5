"""What a communicator takes along: their own rows, whole and inert."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from content.catalog import LANGUAGES
from domain.model.form import FIRST_FORM, Form
from domain.model.session import OutreachSession, SessionState, Value
from domain.usecases.list_own_sessions import OwnList
from handlers.own_files import workbook_of
from handlers.periods import office_words
from tests.integration.storage.cast import NOW, QUARTER
from tests.integration.storage.logged import ANSWERS, DRAFT

WORDS = office_words()


def one(name: str = "s1", **answers: Value) -> OutreachSession:
    return replace(DRAFT, id=name, answers=ANSWERS | answers, state=SessionState.CONFIRMED)


def own(*sessions: OutreachSession, form: Form = FIRST_FORM, **questions: int) -> OwnList:
    return OwnList(form, sessions, {QUARTER.id: QUARTER}, questions)


def cells(listed: OwnList, language: str = "vi") -> Sequence[Sequence[Any]]:
    content = workbook_of(WORDS, listed, language).content
    return list(load_workbook(BytesIO(content)).worksheets[0].iter_rows())


def rows(listed: OwnList, language: str = "vi") -> list[dict[str, Any]]:
    headings, *below = ([cell.value for cell in row] for row in cells(listed, language))
    return [dict(zip(headings, row, strict=True)) for row in below]


def test_each_session_is_a_row_with_what_was_answered() -> None:
    (row,) = rows(own(one(audience=("phu_nu", "nong_dan")), s1=2))

    start = ANSWERS["start"]
    assert isinstance(start, datetime)
    local = start + timedelta(hours=7)
    assert row["Ngày"].date() == local.date()
    assert row["Giờ"] == f"{local:%H:%M}"
    assert row[WORDS.text("session_field.people")] == 45
    assert row[WORDS.text("session_field.unit")] == "Khu vực 1"
    assert row[WORDS.text("session_field.mode")] == "Trực tiếp"
    assert WORDS.text("session_audience.phu_nu") in row[WORDS.text("session_field.audience")]
    assert row[WORDS.text("session_field.questions")] == 2
    assert row["Trạng thái"] == "Đã xác nhận"


def test_what_looks_like_a_formula_stays_text() -> None:
    listed = own(one(topic='=HYPERLINK("http://a.vn")', place="+84"))
    written = [cell for row in cells(listed)[1:] for cell in row if isinstance(cell.value, str)]

    assert {cell.data_type for cell in written} == {"s"}
    assert [cell.quotePrefix for cell in written if cell.value.startswith(("=", "+"))] == [True] * 2


def test_numbers_of_people_are_masked_in_what_was_typed() -> None:
    (row,) = rows(own(one(difficulties="Chị Khách, 0912 345 678, xin loa mới.")))

    assert "0912" not in str(row)
    assert "78, xin loa mới" in str(row)


def test_a_field_that_is_hidden_now_is_there_for_whoever_answered_it() -> None:
    form = FIRST_FORM.with_hidden("place", True)
    place = WORDS.text("session_field.place")
    without = replace(one(), answers={k: v for k, v in ANSWERS.items() if k != "place"})

    assert place in rows(own(one(), form=form))[0]
    assert place not in rows(own(without, form=form))[0]


def test_every_language_has_its_headings() -> None:
    headings = [tuple(rows(own(one()), language)[0]) for language in LANGUAGES]

    assert len(set(headings)) == len(LANGUAGES)
    assert {len(one) for one in headings} == {len(headings[0])}


def test_a_session_begun_at_night_has_the_local_day() -> None:
    night = NOW.replace(hour=17, minute=30)
    (row,) = rows(own(one(start=night)))

    assert (row["Ngày"].day, row["Giờ"]) == (NOW.day + 1, "00:30")


def test_the_doors_open_without_what_draws_and_writes_workbooks() -> None:
    loaded = "import sys, handlers.telegram.routes; print({'PIL', 'openpyxl'} & {*sys.modules})"

    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)

    assert told.stdout.decode().strip() == "set()"
