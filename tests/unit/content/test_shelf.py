"""Bulletins in files: twelve sound ones ship; a flawed file is named with line and field."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.bulletins import shelf
from content.bulletins.fields import CLASSES, FIELDS
from content.catalog import Words
from content.records import LARGEST, Flaw, FlawedContent, Reason
from domain.model.bulletin import BulletinClass, Field
from domain.model.findings import findings_in, findings_of_link

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
CALLED = re.compile(r"\b(?:1\d\d|1900 \d{4})\b")
"""Numbers to call."""


def put(folder: Path, content: str | bytes, name: str = "a.md") -> Path:
    raw = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(raw)
    return folder


def flaws(folder: Path) -> list[Flaw]:
    with pytest.raises(FlawedContent) as caught:
        shelf.load(folder)
    return list(caught.value.flaws)


def found(folder: Path) -> list[tuple[int, str, str]]:
    return [(flaw.line, flaw.field, flaw.reason) for flaw in flaws(folder)]


def test_a_sound_file_is_read_whole(tmp_path: Path) -> None:
    (bulletin,) = shelf.load(put(tmp_path, f"{FRONT}Bà con trữ nước.\n\nCảm ơn bà con.\n"))
    assert (bulletin.id, bulletin.field) == ("nuoc-sach", "dien_nuoc")
    assert bulletin.text == "Bà con trữ nước.\n\nCảm ơn bà con."
    assert bulletin.source_url == ""


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
        ("source: Thông báo số 1", "source:\n  - a", (7, "source", Reason.NOT_TEXT)),
        ("title:", "subtitle: x\ntitle:", (3, "subtitle", Reason.UNKNOWN_FIELD)),
        ("title:", "title: x\ntitle:", (4, "title", Reason.REPEATED_FIELD)),
        ("dien_nuoc", "nuoc", (4, "field", Reason.UNKNOWN_VALUE)),
        ("thong_thuong", "khan_cap", (5, "class", Reason.UNKNOWN_VALUE)),
        ("language: vi", "language: zh", (8, "language", Reason.UNKNOWN_VALUE)),
        ("id: nuoc-sach", "id: Nước sạch", (2, "id", Reason.MALFORMED)),
        ("title: Lịch cấp nước\n", "? [a]\n: x\ntitle: y\n", (3, "", Reason.NOT_TEXT)),
        ("language: vi", "language: vi\nsource_url: ftp://x", (9, "source_url", Reason.MALFORMED)),
        ("title: Lịch", "title: 'Lịch", (4, "", Reason.BAD_YAML)),
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
        ("Một\n# Hai\n", (TEXT_LINE + 1, "text", Reason.FOREIGN_MARKUP)),
        ("![ao](ao.jpg)\n", (TEXT_LINE, "text", Reason.FOREIGN_MARKUP)),
        ("Một\n\n**Hai\n", (TEXT_LINE + 2, "text", Reason.NOT_CLOSED)),
        ("[chữ](https://a.vn/(x))\n", (TEXT_LINE, "text", Reason.BROKEN_LINK)),
    ],
)
def test_a_flaw_in_the_text_has_its_line(
    tmp_path: Path, text: str, expected: tuple[int, str, Reason]
) -> None:
    assert found(put(tmp_path, FRONT + text)) == [expected]


def test_comparing_is_no_html(tmp_path: Path) -> None:
    text = "Mực nước < 2,0 m và > 1,8 m"
    assert shelf.load(put(tmp_path, FRONT + text))[0].text == text


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    assert found(put(tmp_path, "x" * (LARGEST + 1))) == [(1, "", Reason.TOO_LARGE)]


def test_a_folder_with_a_files_name_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    assert found(tmp_path) == [(1, "", Reason.NOT_READABLE)]


@pytest.mark.parametrize("head", ["x:\n  " + "[" * 5000, "? &a [*a]\n: x"])
def test_a_head_that_goes_down_without_end_is_named(tmp_path: Path, head: str) -> None:
    assert "" in [name for _, name, _ in found(put(tmp_path, f"---\n{head}\n---\nMột"))]


@pytest.mark.parametrize(
    "title",
    ["Lưu ý: nước lên", "{x} [y] *z", "#1 & !x", "Chợ 'Bà Điểm'", "1.0", "no", "@x %y - z, w: v"],
)
def test_a_title_means_every_sign_that_was_typed(tmp_path: Path, title: str) -> None:
    put(tmp_path, FRONT.replace("Lịch cấp nước", title) + "Trữ nước.")
    assert shelf.load(tmp_path)[0].title == title


KHMER = "---\nid: nuoc-sach\nlanguage: km\ntitle: ទឹកស្អាត\n---\nសូមស្តុកទឹក។\n"


def test_a_translation_stands_beside_the_first_language(tmp_path: Path) -> None:
    put(tmp_path, f"{FRONT}Trữ nước.")
    (bulletin,) = shelf.load(put(tmp_path, KHMER, "a.km.md"))
    assert [one.language for one in bulletin.wordings] == ["vi", "km"]
    assert (bulletin.title, bulletin.wordings[1].title) == ("Lịch cấp nước", "ទឹកស្អាត")


def test_a_translation_alone_is_no_bulletin(tmp_path: Path) -> None:
    assert found(put(tmp_path, KHMER)) == [(2, "id", Reason.NO_FIRST_LANGUAGE)]


def test_a_translation_decides_nothing(tmp_path: Path) -> None:
    put(tmp_path, f"{FRONT}Trữ nước.")
    put(tmp_path, KHMER.replace("title:", "send_at: mai 7h\ntitle:"), "a.km.md")
    assert found(tmp_path) == [(4, "send_at", Reason.UNKNOWN_FIELD)]


PICTURES = "pictures:\n  - file: ao.jpg\n    alt: Ao cá\n"


def test_pictures_are_read_with_what_is_on_them(tmp_path: Path) -> None:
    put(tmp_path, FRONT.replace("language: vi\n", PICTURES) + "Trữ nước.")
    ((picture,),) = (one.files for one in shelf.load(tmp_path))
    assert (picture.file, picture.alt) == ("ao.jpg", "Ao cá")
    assert (picture.field, picture.line, picture.alt_line) == ("pictures", 9, 10)


@pytest.mark.parametrize("field", ["video", "voice", "document"])
def test_one_other_file_is_read_with_what_is_in_it(tmp_path: Path, field: str) -> None:
    listed = f"{field}:\n  file: ao.bin\n  alt: Ao cá: buổi sáng\n"
    put(tmp_path, FRONT.replace("language: vi\n", listed) + "Trữ nước.")
    ((file,),) = (one.files for one in shelf.load(tmp_path))
    assert (file.field, file.file, file.alt) == (field, "ao.bin", "Ao cá: buổi sáng")


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("pictures: ao.jpg\n", (8, "pictures", Reason.NOT_A_LIST)),
        ("pictures: []\n", (8, "pictures", Reason.NOT_A_LIST)),
        (PICTURES.replace("    alt: Ao cá\n", ""), (9, "alt", Reason.MISSING_FIELD)),
        (PICTURES.replace("ao.jpg", "../ao.jpg"), (9, "file", Reason.MALFORMED)),
        ("video: phim.mp4\n", (8, "video", Reason.NOT_A_MAPPING)),
        ("voice:\n  file: noi.ogg\n", (9, "alt", Reason.MISSING_FIELD)),
    ],
)
def test_a_flaw_in_the_pictures_has_its_line(
    tmp_path: Path, listed: str, expected: tuple[int, str, Reason]
) -> None:
    put(tmp_path, FRONT.replace("language: vi\n", listed) + "Trữ nước.")
    assert found(tmp_path) == [expected]


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
    put(tmp_path, FRONT.replace("dien_nuoc", "x").replace("title", "y") + "<b>\n# *x [a](b)](")
    put(tmp_path, FRONT.replace("id: nuoc-sach", "id: N"), "b.md")
    words = Words.load()
    assert all(flaw.sentence(words).startswith(flaw.file) for flaw in flaws(tmp_path))


def test_twelve_bulletins_ship_in_three_languages() -> None:
    languages = {b.id: [one.language for one in b.wordings] for b in shelf.load()}
    assert len(languages) == 12
    assert set(map(tuple, languages.values())) == {("vi", "km", "en")}


def test_shipped_bulletins_are_short() -> None:
    texts = [one.written.text for bulletin in shelf.load() for one in bulletin.wordings]
    assert max(len(text.encode("utf-16-le")) // 2 for text in texts) <= 900


def test_shipped_bulletins_say_the_same_in_every_language() -> None:
    """The same lines, and the same numbers to call: a translation that lost one would show."""
    for bulletin in shelf.load():
        shapes = {
            (one.written.text.count("\n"), tuple(sorted(CALLED.findall(one.written.text))))
            for one in bulletin.wordings
        }
        assert len(shapes) == 1, bulletin.id


def test_nothing_slipped_into_a_shipped_bulletin() -> None:
    for bulletin in shelf.load():
        written = [(one.title, one.written) for one in bulletin.wordings]
        texts = [bulletin.source, *(title for title, _ in written), *(w.text for _, w in written)]
        links = [
            findings_of_link(w.text[span.begin : span.end], span.url)
            for _, w in written
            for span in w.spans
            if span.kind == "link"
        ]
        assert [*map(findings_in, texts), *links] == [()] * (len(texts) + len(links))


def test_fields_and_classes_are_those_of_the_domain() -> None:
    assert set(FIELDS) == {field.value for field in Field}
    assert set(CLASSES) <= {member.value for member in BulletinClass}


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_a_bulletin_or_flaws(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, with_head: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.md"
    path.write_bytes(FRONT.encode() + raw if with_head else raw)
    bulletins, sheets = shelf.read([path])
    assert bool(bulletins) != bool(sheets[0].reading.flaws)


@given(st.text(alphabet="-:[]{}*&!|>'\"#%@?,x \n", max_size=80))
def test_any_head_is_read_or_named(tmp_path_factory: pytest.TempPathFactory, head: str) -> None:
    path = tmp_path_factory.getbasetemp() / "head.md"
    path.write_text(f"---\n{head}\n---\nMột")
    bulletins, sheets = shelf.read([path])
    assert bool(bulletins) != bool(sheets[0].reading.flaws)
