"""A poster leads to its place, and everything on it can be read."""

from io import BytesIO

import pytest

from content.catalog import LANGUAGES
from domain.errors import Refusal
from domain.model.case_times import CaseTimes
from domain.model.place_link import place_code, place_start
from domain.model.unit import Unit, UnitKind
from domain.usecases.list_places import Placed
from handlers.cli.export_posters import bound
from handlers.periods import office_words, periods
from handlers.posters import FACES, HEIGHT, MARGIN, WIDTH, draw, fitted, font
from tests.unit.handlers.qr_code import read, squares_of

WORDS = office_words()
TIMES = CaseTimes()
QUARTER = Unit("kv", "31135.kv-1", "Khu vực 1", UnitKind.QUARTER, "nk", "UBND phường Ninh Kiều")
LONG = Unit(
    "tdp",
    "31135.tdp",
    "Tổ dân phố Nguyễn Thị Minh Khai – Cách Mạng Tháng Tám số 12",
    UnitKind.NEIGHBOURHOOD,
    "nk",
    "Ủy ban nhân dân phường Vĩnh Phước – Nguyễn Trung Trực mở rộng",
)


def link(unit: Unit) -> str:
    return f"https://t.me/haichieu_cantho_bot?start={place_start(unit.code)}"


@pytest.mark.parametrize("unit", [QUARTER, LONG], ids=["short", "long"])
def test_the_code_on_the_page_leads_to_the_place(unit: Unit) -> None:
    text = read(squares_of(draw(WORDS, Placed(unit, "Phường Ninh Kiều"), link(unit), TIMES)))

    assert text == link(unit)
    assert place_code(text.partition("start=")[2]) == unit.code


def test_the_printed_file_has_a_page_of_a4_for_each_place() -> None:
    pages = []
    for unit in (QUARTER, LONG):
        file = BytesIO()
        draw(WORDS, Placed(unit, ""), link(unit), TIMES).save(file, "JPEG")
        pages.append(file.getvalue())
    paper = bound(pages)

    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Type /Page\n") == 2 or b"/Count 2" in paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_has_a_shape(language: str) -> None:
    """A face without a letter draws a box for it, always the same."""
    for key in ("title", "how", "no_name", "danger", "machine"):
        for line in fitted(WORDS.text(f"poster.{key}", language, **periods(TIMES)), 40):
            for run in line.runs:
                face = line.face(run)
                box = face.getmask("\U000f0000").getbbox(), bytes(face.getmask("\U000f0000"))
                for letter in run:
                    shape = face.getmask(letter)
                    assert letter.isspace() or (shape.getbbox(), bytes(shape)) != box, letter


def test_no_line_is_wider_than_the_page() -> None:
    for text in (LONG.issuing_body.upper(), f"{LONG.name}, {LONG.name}"):
        lines = fitted(text, 62, True)
        assert len(lines) <= 2
        assert all(line.width <= WIDTH - 2 * MARGIN for line in lines)


def test_nothing_runs_over_the_edge() -> None:
    page = draw(WORDS, Placed(LONG, "Phường Vĩnh Phước mở rộng"), link(LONG), TIMES).convert("L")
    edges = [page.crop((0, 0, 60, HEIGHT - 400)), page.crop((0, HEIGHT - 25, WIDTH, HEIGHT))]

    assert page.size == (WIDTH, HEIGHT)
    assert all(min(edge.tobytes()) > 200 for edge in edges)


@pytest.mark.parametrize("code", ["a_b", "ấp 1", "x" * 63])
def test_a_code_that_no_link_can_carry_is_refused(code: str) -> None:
    with pytest.raises(Refusal, match="posters_code"):
        place_start(code)


def test_a_missing_face_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FACES, (False, False), "NoSuchFace.ttf")
    font.cache_clear()

    with pytest.raises(Refusal) as refusal:
        draw(WORDS, Placed(QUARTER, ""), link(QUARTER), TIMES)
    font.cache_clear()
    assert refusal.value.values == {"font": "NoSuchFace.ttf"}
