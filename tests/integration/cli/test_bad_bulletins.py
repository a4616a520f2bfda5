"""Bulletin files as they come from everywhere: all that is wrong at once, nothing by halves."""

import sqlite3
import unicodedata
from pathlib import Path

from tests.integration.cli.front_door import ask
from tests.integration.cli.test_import_bulletins import (
    GOOD,
    POLL,
    TWO,
    asking,
    flaws,
    in_days,
    naming,
    office,
    picture,
    titles,
    written,
)

__all__ = ["office"]
TEXT = "Bà con **trữ nước**."


def named(name: str, content: str) -> str:
    return content.replace("id: nuoc-sach", f"id: {name}")


def options(*said: str) -> str:
    return asking(POLL.replace(TWO, "".join(f"    - {one}\n" for one in said)))


def with_picture(file: str) -> str:
    return naming(f"pictures:\n  - file: {file}\n    alt: Ao cá\n")


WRONG = {
    "closes-first": (
        asking(POLL.replace("3 ngày\n", f"{in_days(2)}\nsend_at: {in_days(3)}\n")),
        (15, "closes", "poll.closes_before_opening"),
    ),
    "equal": (options("Sáng", "SÁNG"), (9, "options", "poll.equal_options")),
    "html": (GOOD.replace(TEXT, "Bà con <b>trữ</b>."), (8, "text", "html_tag")),
    "missing": (with_picture("khong-co.png"), (8, "pictures", "file_missing")),
    "other-scheme": (GOOD.replace(TEXT, "Xem ftp://a.vn/x"), (8, "text", "link_scheme")),
    "right-to-left": (GOOD.replace(TEXT, "Nộp \u202eneit"), (8, "text", "hidden_sign")),
    "single": (
        options("Sáng").replace("correct: 2", "correct: 1"),
        (9, "options", "poll.options_count"),
    ),
    "the-bomb": (with_picture("bomb.png"), (8, "pictures", "file_too_many_pixels")),
    "thirteen": (
        options(*(f"giờ {n}" for n in range(13))),
        (9, "options", "poll.options_count"),
    ),
    "unknown": (naming("colour: red\n"), (7, "colour", "unknown_field")),
    "zero-width": (GOOD.replace(TEXT, "Nộp\u200btiền"), (8, "text", "hidden_sign")),
}
"""Each bad file with its line, its field and what is wrong there."""


def test_all_that_is_bad_is_named_at_once_and_nothing_is_imported(
    office: Path, tmp_path: Path
) -> None:
    folder = written(tmp_path / "files")
    written(folder, GOOD, "twice.md")
    written(folder, picture(30_000, 30_000), "bomb.png")
    for name, (content, _) in WRONG.items():
        written(folder, named(name, content), f"{name}.md")

    found = flaws(folder, office)
    assert [(file, *rest) for file, *rest in found if file in {f"{name}.md" for name in WRONG}] == [
        (f"{name}.md", *said) for name, (_, said) in sorted(WRONG.items())
    ]
    assert [one[2:] for one in found if one[0] in ("nuoc-sach.md", "twice.md")] == [
        ("id", "duplicate")
    ]
    with sqlite3.connect(office / "main.db") as file:
        assert file.execute("SELECT count(*) FROM bulletin_media").fetchone() == (0,)


def test_a_mark_at_the_front_other_line_ends_and_loose_accents_are_no_flaws(
    office: Path, tmp_path: Path
) -> None:
    loose = unicodedata.normalize("NFD", GOOD).replace("\n", "\r\n")
    folder = written(tmp_path / "files", "\ufeff".encode() + loose.encode())
    done = ask("import", "bulletins", str(folder), DATA_DIR=office)

    assert (done.returncode, titles(office)) == (0, ["Lịch cấp nước"])
    with sqlite3.connect(office / "main.db") as file:
        assert file.execute("SELECT text FROM bulletin_draft").fetchone() == ("Bà con trữ nước.",)
