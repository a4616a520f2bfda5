"""`bot.py import bulletins`: files as clerks send them, good and bad, all of them or none."""

import json
import sqlite3
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from domain.model.poll import Poll
from tests.integration.cli.front_door import ROOT, ask

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
        (None, "picture_missing"),
        (b"GIF89a", "picture_no_picture"),
        (picture(400, 400)[:-40], "picture_broken_picture"),
        (picture(30_000, 30_000), "picture_too_many_pixels"),
        (b"x" * (20 * 2**20 + 1), "picture_too_large"),
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
    assert ("nuoc-sach.md", 8, "pictures", "picture_missing") in flaws(folder, office)


def test_a_draft_whose_pictures_are_still_to_be_sent_is_named(office: Path, tmp_path: Path) -> None:
    listed = "pictures:\n  - file: a.png\n    alt: Ao cá\n---\nBà"
    folder = written(tmp_path / "files", GOOD.replace("---\nBà", listed))
    written(folder, picture(40, 40), "a.png")
    done = ask("import", "bulletins", str(folder), DATA_DIR=office)
    assert (done.returncode, "rồi gửi ảnh của: Lịch cấp nước." in done.stdout) == (0, True)


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
