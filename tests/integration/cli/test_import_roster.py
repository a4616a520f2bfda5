"""`bot.py import roster`: files as offices send them, good and bad, on files and on a server."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.databases import named_on
from tests.integration.cli.front_door import AROUND, PATIENCE, ROOT, ask
from tests.postgres import Cluster

HEADINGS = "Họ và tên,Mã đơn vị,Tên đơn vị,Loại đơn vị,Mã cấp trên,Vai trò,Từ ngày,Ngôn ngữ"
ROSTER = f"""{HEADINGS}
Nguyễn Văn Dung,31135.kv1,Khu vực 1,Khu vực,31135,"TTV, Báo cáo viên",1/7/2026,"Việt, Khmer"
Trần Thị Lan,31135.kv1,,,,Tuyên truyền viên,,
,31135.kv2,Khu vực 2,khu_vuc,31135,,,
"""
TOLD = {
    "units": {"new": 2, "described": 0, "same": 0},
    "people": {"new": 2, "changed": 0, "same": 0},
}


@pytest.fixture
def server(postgres: Cluster, office: Path, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings that name two databases of a server, with the ward in them."""
    with named_on(postgres, f"roster_{tmp_path.name}") as settings:
        moved = ask("migrate", "--copy-from", str(office), DATA_DIR=tmp_path / "new", **settings)
        assert moved.returncode == 0, moved.stderr
        yield settings


def written(folder: Path, data: str | bytes) -> str:
    path = folder / "roster.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def names(office: Path) -> list[str]:
    with sqlite3.connect(office / "main.db") as file:
        return [name for (name,) in file.execute("SELECT name FROM person ORDER BY name")]


def told(*arguments: str, **settings: object) -> dict[str, object]:
    done = ask("import", "roster", *arguments, "--json", **settings)
    assert done.returncode == 0, done.stderr + done.stdout
    report: dict[str, object] = json.loads(done.stdout)
    return {"units": report["units"], "people": report["people"]}


def test_a_dry_run_tells_the_same_as_the_import_and_changes_nothing(office: Path) -> None:
    path = written(office, ROSTER)

    assert told(path, "--dry-run", DATA_DIR=office) == TOLD
    assert names(office) == []
    assert told(path, DATA_DIR=office) == TOLD
    assert names(office) == ["Nguyễn Văn Dung", "Trần Thị Lan"]


def test_the_second_time_everything_is_as_before(office: Path) -> None:
    path = written(office, ROSTER)
    ask("import", "roster", path, DATA_DIR=office)
    again = ask("import", "roster", path, DATA_DIR=office)

    assert "Người: 0 mới, 0 đổi, 2 như cũ." in again.stdout


def test_a_workbook_is_taken_over_like_a_file_of_commas(office: Path) -> None:
    book, path = Workbook(), office / "roster.xlsx"
    for row in csv.reader(ROSTER.splitlines()):
        book.worksheets[0].append(row)
    book.save(path)

    assert told(str(path), DATA_DIR=office) == TOLD
    assert told(written(office, ROSTER), DATA_DIR=office)["people"] == {
        "new": 0,
        "changed": 0,
        "same": 2,
    }


def test_a_terminal_shows_how_far_it_is(office: Path) -> None:
    seen, terminal = os.openpty()
    command = [sys.executable, str(ROOT / "bot.py"), "import", "roster", written(office, ROSTER)]
    surroundings = AROUND | {"DATA_DIR": str(office)}
    with subprocess.Popen(
        command, env=surroundings, stderr=terminal, stdout=subprocess.PIPE
    ) as one:
        assert one.wait(PATIENCE) == 0
    os.close(terminal)

    assert "2/2" in os.read(seen, 4096).decode()
    os.close(seen)


def test_on_a_server_it_is_the_same(office: Path, tmp_path: Path, server: dict[str, str]) -> None:
    path, settings = written(office, ROSTER), {"DATA_DIR": tmp_path / "new", **server}

    assert told(path, "--dry-run", **settings) == TOLD
    assert told(path, **settings) == TOLD
    assert told(path, **settings)["people"] == {"new": 0, "changed": 0, "same": 2}
    assert ask("audit", "verify", **settings).returncode == 0


def test_whoever_is_not_in_the_file_is_named_and_stays(office: Path) -> None:
    ask("import", "roster", written(office, ROSTER), DATA_DIR=office)
    shorter = "".join(row for row in ROSTER.splitlines(True) if "Lan" not in row)
    done = ask("import", "roster", written(office, shorter), DATA_DIR=office)

    assert "Trần Thị Lan – Khu vực 1 (31135.kv1)" in done.stdout
    assert names(office) == ["Nguyễn Văn Dung", "Trần Thị Lan"]


def test_a_phone_number_is_not_stored_and_that_is_said(office: Path) -> None:
    row = "Dung,31135,TTV,0912345678"
    path = written(office, f"Họ tên,Mã đơn vị,Vai trò,Số điện thoại\n{row}\n")
    done = ask("import", "roster", path, DATA_DIR=office)

    assert (done.returncode, "không lưu: Số điện thoại" in done.stdout) == (0, True)
    assert b"0912345678" not in b"".join(p.read_bytes() for p in office.glob("main.db*"))


def test_every_bad_cell_is_named_and_nothing_is_imported(office: Path) -> None:
    bad = (
        ROSTER
        + """Chi,31135,,,,Thầy cúng,31/02/2026,
Hạnh,31135.x,,,,TTV,,
An,31135.a,A,Ấp,31135.b,TTV,,Việt
An,31135.b,B,Ấp,31135.a,TTV,,tiếng lóng
"""
    )
    done = ask("import", "roster", written(office, bad), DATA_DIR=office)

    assert [line.partition(":")[0] for line in done.stdout.splitlines()[:-1]] == [
        "Dòng 5, cột “Vai trò”",
        "Dòng 5, cột “Từ ngày”",
        "Dòng 6, cột “Mã đơn vị”",
        "Dòng 7, cột “Mã đơn vị cấp trên”",
        "Dòng 8, cột “Ngôn ngữ”",
    ]
    assert (done.returncode, names(office)) == (1, [])


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "không có dòng nào"),
    "no headings": (b"An,31135,TTV\n", "Không thấy cột"),
    "one heading missing": ("Họ tên,Mã đơn vị\nAn,31135\n".encode(), "Vai trò"),
    "one heading twice": (f"{HEADINGS},Họ tên\n".encode(), "hai lần"),
    "not UTF-8": (f"{HEADINGS}\nTrần,".encode() + b"\xff\xfe", "UTF-8"),
    "half a workbook": (b"PK\x03\x04 and so on", "XLSX"),
    "zeros": (b"An\0,B\n", "CSV UTF-8"),
    "an open quote": (f'{HEADINGS}\n"An,31135,,,,TTV,,\n'.encode(), "ngoặc kép"),
}


@pytest.mark.parametrize(("data", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(
    office: Path, data: bytes, said: str
) -> None:
    done = ask("import", "roster", written(office, data), DATA_DIR=office)

    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_named(office: Path) -> None:
    done = ask("import", "roster", "nowhere.csv", DATA_DIR=office)

    assert (done.returncode, "nowhere.csv" in done.stderr) == (1, True)


def test_before_the_first_unit_nothing_can_be_imported(data_dir: Path) -> None:
    done = ask("import", "roster", written(data_dir, ROSTER), DATA_DIR=data_dir)

    assert (done.returncode, "init" in done.stderr) == (1, True)


def test_without_the_bots_name_no_invite_is_made_and_nothing_is_written(office: Path) -> None:
    ask("import", "roster", written(office, ROSTER), DATA_DIR=office)
    sheet = office / "sheet.html"
    done = ask("export", "invites", "--unit", "31135", str(sheet), DATA_DIR=office)

    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert not sheet.exists()
    with sqlite3.connect(office / "main.db") as file:
        assert file.execute("SELECT count(*) FROM invite WHERE meant_for > ''").fetchone() == (0,)
