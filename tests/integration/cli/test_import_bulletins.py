"""`bot.py import bulletins`: files as clerks send them, good and bad, all of them or none."""

import json
import sqlite3
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from domain.clock import LOCAL_ZONE, SystemClock
from domain.model.attached import sha256_of
from domain.model.poll import Poll
from tests.integration.cli.front_door import ROOT, ask
from tests.integration.usecases.pictures import PAPER
from tests.unit.channels.mp4 import NOTES, PLACE, film, track
from tests.unit.channels.ogg import spoken
from tests.unit.channels.test_pictures import PLANTED
from tests.unit.channels.test_pictures import written as with_words

SHELF = ROOT / "content" / "bulletins"
GOOD = """\
---
id: nuoc-sach
title: Lịch cấp nước
field: dien_nuoc
class: thong_thuong
source: Thông báo số 1
---
Bà con **trữ nước**.
"""


@pytest.fixture
def office(office: Path) -> Path:
    """With one author, who has joined."""
    with sqlite3.connect(office / "main.db") as file:
        (unit,) = file.execute("SELECT id FROM unit WHERE parent_id IS NULL").fetchone()
        file.execute("INSERT INTO person (id, name, account) VALUES ('an', 'An', 'telegram:1')")
        file.execute(
            "INSERT INTO role_grant (person_id, role, unit_id) VALUES ('an', 'author', ?)", (unit,)
        )
    return office


def written(folder: Path, content: str | bytes = GOOD, name: str = "nuoc-sach.md") -> Path:
    folder.mkdir(exist_ok=True)
    raw = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(raw)
    return folder


def flaws(path: Path, office: Path) -> list[tuple[str, int, str, str]]:
    done = ask("import", "bulletins", str(path), "--json", DATA_DIR=office)
    assert (done.returncode, done.stderr) == (1, ""), done.stderr
    report = json.loads(done.stdout)
    assert not report["kept"]
    assert titles(office) == []
    return [(one["file"], one["line"], one["field"], one["reason"]) for one in report["flaws"]]


def titles(office: Path) -> list[str]:
    with sqlite3.connect(office / "main.db") as file:
        found = file.execute("SELECT title FROM bulletin_draft ORDER BY title")
        return [title for (title,) in found]


def test_the_shelf_is_taken_over_whole(office: Path) -> None:
    done = ask("import", "bulletins", str(SHELF), "--as", "an", DATA_DIR=office)
    assert done.returncode == 0, done.stderr
    assert "vi, km, en" in done.stdout
    assert "Đã nhập xong. An bấm /soan" in done.stdout
    assert len(titles(office)) == 12


def test_the_second_time_nothing_is_new(office: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "files")
    ask("import", "bulletins", str(path), DATA_DIR=office)
    again = ask("import", "bulletins", str(path), DATA_DIR=office)
    assert "Không có gì mới" in again.stdout
    assert titles(office) == ["Lịch cấp nước"]


def test_a_dry_run_changes_nothing(office: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "files")
    done = ask("import", "bulletins", str(path), "--dry-run", DATA_DIR=office)
    assert (done.returncode, titles(office)) == (0, [])
    assert "Mới chỉ xem trước" in done.stdout


def test_one_file_is_enough(office: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "files") / "nuoc-sach.md"
    assert ask("import", "bulletins", str(path), DATA_DIR=office).returncode == 0


def test_everything_wrong_is_named_at_once(office: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "files")
    written(folder, GOOD.replace("id: nuoc", "id: b").replace("dien_nuoc", "nuoc"), "b.md")
    wrong = "Họp ngày 31/02, {giờ}.\n[dichvucong.gov.vn](https://a.vn/x)\nNộp\u202etiền\n<b>x</b>\n"
    written(
        folder, GOOD.replace("id: nuoc", "id: c").replace("Bà con **trữ nước**.\n", wrong), "c.md"
    )
    written(folder, GOOD.replace("id: nuoc", "id: d").replace("Thông báo", "{số}"), "d.md")
    written(folder, GOOD, "e.md")
    assert flaws(folder, office) == [
        ("b.md", 4, "field", "unknown_value"),
        ("c.md", 8, "text", "no_such_date"),
        ("c.md", 8, "text", "placeholder"),
        ("c.md", 9, "text", "link_disguised"),
        ("c.md", 10, "text", "hidden_sign"),
        ("c.md", 11, "text", "html_tag"),
        ("d.md", 6, "source", "placeholder"),
        ("nuoc-sach.md", 2, "id", "duplicate"),
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Nộp\u202etiền", "hidden_sign"),
        ("Nộp\u200btiền", "hidden_sign"),
        ("Xem http://a.vn nhé", "link_scheme"),
        ("Xem https://a.vn@b.vn nhé", "link_scheme"),
        ("[bấm](tg://resolve?domain=x)", "link_scheme"),
        ("[dichvucong.gov.vn](https://a.vn/x)", "link_disguised"),
    ],
)
def test_one_flaw_is_named_once(office: Path, tmp_path: Path, words: str, reason: str) -> None:
    folder = written(tmp_path / "files", GOOD.replace("Bà con **trữ nước**.", f"Bà con.\n{words}"))
    assert flaws(folder, office) == [("nuoc-sach.md", 9, "text", reason)]


def test_rules_and_files_are_refused_together(office: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "files", GOOD.replace("---\nBà", "send_at: hôm kia\n---\nBà"))
    written(folder, GOOD.replace("id: nuoc", "id: b").replace("dien_nuoc", "nuoc"), "b.md")
    assert flaws(folder, office) == [
        ("b.md", 4, "field", "unknown_value"),
        ("nuoc-sach.md", 7, "send_at", "moment.not_understood"),
    ]


def test_too_long_counts_the_footer(office: Path, tmp_path: Path) -> None:
    long = "\N{WATER WAVE}" * 1990
    folder = written(tmp_path / "files", GOOD.replace("Bà con **trữ nước**.", long))
    assert flaws(folder, office) == [("nuoc-sach.md", 8, "text", "compose.too_long_vi")]


def picture(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "file_missing"),
        (b"GIF89a", "file_no_picture"),
        (picture(400, 400)[:-40], "file_broken_picture"),
        (picture(30_000, 30_000), "file_too_many_pixels"),
        (b"x" * (20 * 2**20 + 1), "file_too_large"),
    ],
    ids=["missing", "none", "broken", "bomb", "large"],
)
def test_a_picture_that_cannot_go_along_is_named(
    office: Path, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    listed = "pictures:\n  - file: a.png\n    alt: Ao cá\n---\nBà"
    folder = written(tmp_path / "files", GOOD.replace("---\nBà", listed))
    if content is not None:
        written(folder, content, "a.png")
    assert ("nuoc-sach.md", 8, "pictures", reason) in flaws(folder, office)


def test_a_picture_of_an_impossible_name_is_missing(office: Path, tmp_path: Path) -> None:
    listed = 'pictures:\n  - file: "a\\0.png"\n    alt: Ao cá\n---\nBà'
    folder = written(tmp_path / "files", GOOD.replace("---\nBà", listed))
    assert ("nuoc-sach.md", 8, "pictures", "file_missing") in flaws(folder, office)


def naming(fields: str) -> str:
    return GOOD.replace("---\nBà", f"{fields}---\nBà")


def along(office: Path) -> list[tuple[dict[str, Any], bytes]]:
    """What goes along with the only draft, with the bytes as they are kept."""
    with sqlite3.connect(office / "main.db") as file:
        (listed,) = file.execute("SELECT attachments FROM bulletin_draft").fetchone()
        kept = dict(file.execute("SELECT sha256, content FROM bulletin_media"))
    return [(one, kept[one["sha256"]]) for one in json.loads(listed)]


def test_pictures_come_into_the_draft_without_place_and_hour(office: Path, tmp_path: Path) -> None:
    two = "pictures:\n  - file: a.jpg\n    alt: Ao cá\n  - file: b.png\n    alt: Cầu\n"
    folder = written(tmp_path / "files", naming(two))
    phone = with_words(Image.new("RGB", (60, 40), "navy"), "JPEG")
    assert PLANTED in phone
    written(folder, phone, "a.jpg")
    written(folder, picture(40, 40), "b.png")
    done = ask("import", "bulletins", str(folder), DATA_DIR=office)
    assert (done.returncode, "vào bản nháp của: Lịch cấp nước." in done.stdout) == (0, True)
    files = along(office)
    assert [one["alt"] for one, _ in files] == ["Ao cá", "Cầu"]
    for one, content in files:
        assert sha256_of(content) == one["sha256"]
        assert PLANTED not in content
        with Image.open(BytesIO(content)) as seen:
            assert dict(seen.getexif()) == {}
    assert "Không có gì mới" in ask("import", "bulletins", str(folder), DATA_DIR=office).stdout


def test_another_picture_of_the_same_name_changes_the_draft(office: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "files", naming("pictures:\n  - file: a.png\n    alt: Ao cá\n"))
    written(folder, picture(40, 40), "a.png")
    ask("import", "bulletins", str(folder), DATA_DIR=office)
    before = along(office)
    written(folder, picture(50, 40), "a.png")
    again = ask("import", "bulletins", str(folder), "--json", DATA_DIR=office)
    (told,) = json.loads(again.stdout)["bulletins"]
    assert (told["fate"], told["files"], along(office) != before) == ("changed", 1, True)


@pytest.mark.parametrize(
    ("field", "content", "kept"),
    [
        ("video", NOTES[0], {"name": "phim.mp4", "seconds": 12, "width": 640, "height": 360}),
        ("voice", spoken(80), {"name": "loi-noi.ogg", "seconds": 80}),
        ("document", PAPER, {"name": "Thông báo 12.pdf"}),
    ],
    ids=["video", "voice", "document"],
)
def test_one_other_file_comes_into_the_draft(
    office: Path, tmp_path: Path, field: str, content: bytes, kept: dict[str, object]
) -> None:
    named = f"{field}:\n  file: Thông báo 12.bin\n  alt: Lời dặn\n"
    folder = written(tmp_path / "files", naming(named))
    written(folder, content, "Thông báo 12.bin")
    done = ask("import", "bulletins", str(folder), DATA_DIR=office)
    assert done.returncode == 0, done.stdout
    ((one, stored),) = along(office)
    assert one | kept | {"alt": "Lời dặn", "kind": field} == one
    assert PLACE not in stored


@pytest.mark.parametrize(
    ("field", "content", "reason"),
    [
        ("video", None, "file_missing"),
        ("video", PAPER, "file_no_film"),
        ("video", film()[:-9], "file_broken_film"),
        ("video", film(track(b"meta")), "file_film_with_data"),
        ("voice", b"a song", "file_no_voice"),
        ("voice", spoken(301), "file_voice_too_long"),
        ("voice", spoken(9) + bytes(2 * 2**20), "file_too_large"),
        ("document", b"MZ a program", "file_no_paper"),
        ("document", PAPER + b" trailer << /Encrypt 5 0 R >>", "file_locked_paper"),
        ("document", PAPER + b" << /S /JavaScript >>", "file_paper_with_programs"),
    ],
)
def test_a_file_that_cannot_go_along_is_named(
    office: Path, tmp_path: Path, field: str, content: bytes | None, reason: str
) -> None:
    folder = written(tmp_path / "files", naming(f"{field}:\n  file: a\n  alt: Lời dặn\n"))
    written(folder, GOOD.replace("id: nuoc", "id: b"), "b.md")
    if content is not None:
        written(folder, content, "a")
    assert flaws(folder, office) == [("nuoc-sach.md", 8, field, reason)]
    assert media_in(office) == 0


def media_in(office: Path) -> int:
    with sqlite3.connect(office / "main.db") as file:
        (count,) = file.execute("SELECT count(*) FROM bulletin_media").fetchone()
    return int(count)


def test_two_kinds_at_once_are_named_where_the_second_stands(office: Path, tmp_path: Path) -> None:
    both = "voice:\n  file: a\n  alt: Lời dặn\npictures:\n  - file: b\n    alt: Cầu\n"
    folder = written(tmp_path / "files", naming(both))
    written(folder, spoken(9), "a")
    written(folder, picture(40, 40), "b")
    assert flaws(folder, office) == [("nuoc-sach.md", 11, "pictures", "file_two_kinds")]
    assert media_in(office) == 0


def test_everything_wrong_with_pictures_comes_at_once(office: Path, tmp_path: Path) -> None:
    shown = [("0", "Ảnh 0"), ("same", "Ảnh {số}"), ("missing", "Ảnh 2"), ("3", "à" * 201)]
    eleven = [(str(n), f"Ảnh {n}") for n in range(11)]
    folder = written(tmp_path / "files", naming(listing(eleven)))
    written(folder, naming(listing(shown)).replace("id: nuoc", "id: b"), "b.md")
    for n in range(11):
        written(folder, picture(40 + n, 40), f"{n}.png")
    written(folder, picture(40, 40), "same.png")
    assert flaws(folder, office) == [
        ("b.md", 10, "pictures", "file_there_already"),
        ("b.md", 11, "alt", "placeholder"),
        ("b.md", 12, "pictures", "file_missing"),
        ("b.md", 15, "alt", "file_alt_too_long"),
        ("nuoc-sach.md", 28, "pictures", "file_too_many"),
    ]


def listing(pictures: list[tuple[str, str]]) -> str:
    return "pictures:\n" + "".join(f"  - file: {n}.png\n    alt: {alt}\n" for n, alt in pictures)


def test_a_file_that_cannot_go_along_takes_its_room(office: Path, tmp_path: Path) -> None:
    long = naming("pictures:\n  - file: a.png\n    alt: Ao cá\n").replace(
        "nước**", "nước" * 300 + "**"
    )
    folder = written(tmp_path / "files", long)
    assert flaws(folder, office) == [
        ("nuoc-sach.md", 8, "pictures", "file_missing"),
        ("nuoc-sach.md", 11, "text", "compose.too_long_vi"),
    ]


def test_nothing_to_read_is_said_in_a_sentence(office: Path, tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "x", "Không có tệp"),
        (written(tmp_path / "y", "", "a.txt"), ".md"),
    ):
        done = ask("import", "bulletins", str(path), DATA_DIR=office)
        assert done.returncode == 1
        assert said in done.stderr


def test_somebody_who_does_not_write_there_is_refused(office: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "files")
    done = ask("import", "bulletins", str(path), "--as", "Bình", DATA_DIR=office)
    assert (done.returncode, "Người soạn: An (an)" in done.stderr) == (1, True)


POLL = """poll:
  question: Giờ nào: sáng hay chiều?
  options:
    - Sáng: 5 giờ
    - "Chiều"
  kind: quiz
  correct: 2
  explanation: Chiều nước mạnh.
  closes: 3 ngày
"""
POLL_EN = """---
id: nuoc-sach
language: en
title: Water
poll:
  question: When?
  options:
    - Morning
    - Afternoon
---
Store water.
"""


def asking(poll: str) -> str:
    return GOOD.replace("---\nBà", f"{poll}---\nBà")


def test_a_poll_comes_with_its_draft(office: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / "files", asking(POLL))
    written(folder, POLL_EN, "nuoc-sach.en.md")
    done = ask("import", "bulletins", str(folder), DATA_DIR=office)
    assert done.returncode == 0, done.stdout
    with sqlite3.connect(office / "main.db") as file:
        (kept,) = file.execute("SELECT poll FROM bulletin_draft").fetchone()
    poll = Poll.of(json.loads(kept))
    assert (poll.options, poll.correct) == (("Sáng: 5 giờ", "Chiều"), 1)
    assert poll.words["en"].options == ("Morning", "Afternoon")
    assert poll.open_for == timedelta(days=3)
    assert "Không có gì mới" in ask("import", "bulletins", str(folder), DATA_DIR=office).stdout


def in_days(days: int) -> str:
    """A moment as it is typed."""
    day = (SystemClock().now() + timedelta(days=days)).astimezone(LOCAL_ZONE)
    return f"{day.day}/{day.month}/{day.year} 7h"


TWO = '    - Sáng: 5 giờ\n    - "Chiều"\n'


@pytest.mark.parametrize(
    ("was", "now", "line", "field", "reason"),
    [
        (TWO, "    - Sáng\n", 9, "options", "poll.options_count"),
        (
            TWO,
            "".join(f"    - giờ {n}\n" for n in range(13)),
            9,
            "options",
            "poll.options_count",
        ),
        (TWO, "    - Sáng\n    - SÁNG \n", 9, "options", "poll.equal_options"),
        (TWO, "    - Sáng\n    -\n", 11, "options", "empty"),
        ("Giờ nào: sáng hay chiều?", "", 8, "question", "empty"),
        ("3 ngày", "hôm kia", 15, "closes", "cli.bulletins_closes"),
        ("3 ngày", "1/1/2020 7h", 15, "closes", "moment.past"),
        (
            "3 ngày\n",
            f"{in_days(2)}\nsend_at: {in_days(3)}\n",
            15,
            "closes",
            "poll.closes_before_opening",
        ),
        ("correct: 2", "correct: 3", 13, "correct", "unknown_value"),
        ("  correct: 2\n", "", 7, "correct", "missing_field"),
        ("  kind: quiz\n", "", 12, "correct", "only_quiz"),
        ("kind: quiz", "kind: vui", 12, "kind", "unknown_value"),
        ("Chiều nước", "{tên}", 14, "explanation", "placeholder"),
        ("poll:", "send_at: mỗi thứ hai 7h\npoll:", 8, "poll", "poll.goes_out_once"),
    ],
)
def test_what_is_wrong_with_a_poll_is_named(
    office: Path, tmp_path: Path, was: str, now: str, line: int, field: str, reason: str
) -> None:
    folder = written(tmp_path / "files", asking(POLL.replace(was, now)))
    assert ("nuoc-sach.md", line, field, reason) in flaws(folder, office)


def test_all_that_is_wrong_with_a_poll_comes_at_once(office: Path, tmp_path: Path) -> None:
    wrong = POLL.replace(TWO, "    - Sáng\n    - sáng\n").replace("3 ngày", "9 tuần")
    folder = written(tmp_path / "files", asking(wrong))
    other = POLL_EN.replace("    - Afternoon\n", "    - Noon\n    - Night\n")
    written(folder, other, "nuoc-sach.en.md")
    assert flaws(folder, office) == [
        ("nuoc-sach.en.md", 7, "options", "poll.other_count"),
        ("nuoc-sach.md", 9, "options", "poll.equal_options"),
        ("nuoc-sach.md", 15, "closes", "poll.too_long"),
    ]


def test_a_translated_poll_without_the_vietnamese_one_is_named(
    office: Path, tmp_path: Path
) -> None:
    folder = written(tmp_path / "files")
    written(folder, POLL_EN, "nuoc-sach.en.md")
    assert flaws(folder, office) == [("nuoc-sach.en.md", 5, "poll", "poll.no_vietnamese")]
