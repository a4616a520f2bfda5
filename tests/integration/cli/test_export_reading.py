"""`bot.py export reading`: what cannot be written is said in a sentence, and no file is left."""

from pathlib import Path

from tests.integration.cli.front_door import ask


def test_a_day_with_nothing_to_read_is_said(office: Path, tmp_path: Path) -> None:
    path = tmp_path / "doc.txt"
    done = ask("export", "reading", str(path), "--unit", "31135", DATA_DIR=office)

    assert done.returncode == 1
    assert "không có bản tin nào đã duyệt để đọc" in done.stderr
    assert not path.exists()


def test_what_is_no_day_is_named(office: Path, tmp_path: Path) -> None:
    asked = (
        "export",
        "reading",
        str(tmp_path / "doc.txt"),
        "--unit",
        "31135",
        "--on",
        "31/02/2026",
    )
    done = ask(*asked, DATA_DIR=office)

    assert done.returncode == 1
    assert "“31/02/2026” không phải là ngày" in done.stderr
