"""Starter bulletins: six sound ones ship; a flawed file is named with line and field."""

import unicodedata
from pathlib import Path

import pytest

from content.bulletins import shelf
from content.catalog import Words
from content.records import Flaw, FlawedContent, Reason
from domain.model.bulletin import BulletinClass, Field

FRONT = """\
---
id: nuoc-sach
title: Lịch cấp nước
field: dien_nuoc
class: thong_thuong
issuing_body: UBND phường Ninh Kiều
source: Thông báo số 1
language: vi
---
"""
TEXT_LINE = 10


def put(folder: Path, content: str | bytes, name: str = "a.md") -> Path:
    raw = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(raw)
    return folder


def flaws(folder: Path) -> list[Flaw]:
    with pytest.raises(FlawedContent) as caught:
        shelf.load(folder)
    return list(caught.value.flaws)


def found(folder: Path) -> list[tuple[int, str, Reason]]:
    return [(flaw.line, flaw.field, flaw.reason) for flaw in flaws(folder)]


def test_a_sound_file_is_read_whole(tmp_path: Path) -> None:
    (bulletin,) = shelf.load(put(tmp_path, f"{FRONT}Bà con trữ nước.\n\nCảm ơn bà con.\n"))
    assert (bulletin.id, bulletin.field) == ("nuoc-sach", "dien_nuoc")
    assert bulletin.text == "Bà con trữ nước.\n\nCảm ơn bà con."
    assert bulletin.source_url is None


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("\N{BYTE ORDER MARK}", ""), ("", "\r")],
    ids=["plain", "byte order mark", "windows line ends"],
)
def test_what_editors_add_is_accepted(tmp_path: Path, before: str, after: str) -> None:
    content = before + f"{FRONT}Trữ nước.\n".replace("\n", f"{after}\n")
    assert shelf.load(put(tmp_path, content))[0].text == "Trữ nước."


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", f"{FRONT}Trữ nước.\n")
    (bulletin,) = shelf.load(put(tmp_path, decomposed))
    assert (bulletin.text, bulletin.title) == ("Trữ nước.", "Lịch cấp nước")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("source: Thông báo số 1\n", "", (2, "source", Reason.MISSING_FIELD)),
        ("source: Thông báo số 1", "source:", (7, "source", Reason.EMPTY)),
        ("source: Thông báo số 1", "source: [a]", (7, "source", Reason.NOT_TEXT)),
        ("title:", "subtitle: x\ntitle:", (3, "subtitle", Reason.UNKNOWN_FIELD)),
        ("title:", "title: x\ntitle:", (4, "title", Reason.REPEATED_FIELD)),
        ("dien_nuoc", "nuoc", (4, "field", Reason.UNKNOWN_VALUE)),
        ("thong_thuong", "khan_cap", (5, "class", Reason.UNKNOWN_VALUE)),
        ("language: vi", "language: zh", (8, "language", Reason.UNKNOWN_VALUE)),
        ("id: nuoc-sach", "id: Nước sạch", (2, "id", Reason.MALFORMED)),
        ("language: vi", "language: vi\nsource_url: ftp://x", (9, "source_url", Reason.MALFORMED)),
        ("title: Lịch", "title: 'Lịch", (8, "", Reason.BAD_YAML)),
        ("id: nuoc-sach", "- nuoc-sach", (3, "", Reason.BAD_YAML)),
        ("language: vi\n---\n", "language: vi\n", (1, "", Reason.NO_FRONT_MATTER)),
        ("---\nid", "id", (1, "", Reason.NO_FRONT_MATTER)),
    ],
)
def test_a_flaw_in_the_front_matter_has_its_line(
    tmp_path: Path, old: str, new: str, expected: tuple[int, str, Reason]
) -> None:
    put(tmp_path, FRONT.replace(old, new, 1) + "Trữ nước.\n")
    assert found(tmp_path) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (TEXT_LINE - 1, "text", Reason.EMPTY)),
        (" \n\n", (TEXT_LINE - 1, "text", Reason.EMPTY)),
        ("Một\n<b>Hai</b>\n", (TEXT_LINE + 1, "text", Reason.HTML_TAG)),
        ("Một\nHai<br/>\n", (TEXT_LINE + 1, "text", Reason.HTML_TAG)),
        ("\N{WATER WAVE}" * 1751, (TEXT_LINE, "text", Reason.TOO_LONG)),
    ],
)
def test_a_flaw_in_the_text_has_its_line(
    tmp_path: Path, text: str, expected: tuple[int, str, Reason]
) -> None:
    assert found(put(tmp_path, FRONT + text)) == [expected]


@pytest.mark.parametrize("text", ["\N{WATER WAVE}" * 1750, "Mực nước < 2,0 m và > 1,8 m"])
def test_a_text_within_the_limits_is_accepted(tmp_path: Path, text: str) -> None:
    assert shelf.load(put(tmp_path, FRONT + text))[0].text == text


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    put(tmp_path, FRONT.encode() + b"M\xf4t\n")
    assert found(tmp_path) == [(TEXT_LINE, "", Reason.NOT_UTF8)]


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    assert found(put(tmp_path, "")) == [(1, "", Reason.NO_FRONT_MATTER)]


def test_a_front_matter_without_fields_is_named(tmp_path: Path) -> None:
    assert found(put(tmp_path, "---\n---\nTrữ nước.\n")) == [(2, "", Reason.NOT_A_MAPPING)]


def test_an_id_used_twice_names_both_places(tmp_path: Path) -> None:
    put(tmp_path, f"{FRONT}Một")
    put(tmp_path, f"{FRONT}Hai", "b.md")
    (flaw,) = flaws(tmp_path)
    assert (flaw.file, flaw.line, flaw.reason) == ("b.md", 2, Reason.DUPLICATE)
    assert flaw.values["place"] == "a.md:2"


def test_all_flaws_of_all_files_come_at_once(tmp_path: Path) -> None:
    put(tmp_path, FRONT.replace("dien_nuoc", "nuoc") + "<i>x</i>")
    put(tmp_path, FRONT.replace("id: nuoc-sach\n", "") + "x", "b.md")
    assert [(f.file, f.line) for f in flaws(tmp_path)] == [("a.md", 4), ("a.md", 10), ("b.md", 2)]


def test_a_flaw_is_told_in_one_vietnamese_sentence(tmp_path: Path) -> None:
    (flaw,) = flaws(put(tmp_path, FRONT.replace("source: Thông báo số 1\n", "") + "x"))
    assert flaw.sentence(Words.load()) == "a.md, dòng 2, mục “source”: Thiếu mục này."


def test_every_flaw_has_what_its_sentence_needs(tmp_path: Path) -> None:
    put(tmp_path, FRONT.replace("dien_nuoc", "x").replace("title", "y") + "<b>" + "x" * 3600)
    put(tmp_path, FRONT.replace("id: nuoc-sach", "id: N"), "b.md")
    words = Words.load()
    assert all(flaw.sentence(words).startswith(flaw.file) for flaw in flaws(tmp_path))


def test_six_bulletins_ship_and_are_sound() -> None:
    assert len(shelf.load()) == 6


def test_shipped_bulletins_are_short() -> None:
    lengths = {b.id: len(b.text.encode("utf-16-le")) // 2 for b in shelf.load()}
    assert {id_ for id_, length in lengths.items() if length > 900} == set()


def test_fields_and_classes_are_those_of_the_domain() -> None:
    assert set(shelf.FIELDS) == {field.value for field in Field}
    assert set(shelf.CLASSES) <= {member.value for member in BulletinClass}
