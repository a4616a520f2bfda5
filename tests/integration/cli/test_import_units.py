"""`bot.py import units`: looked at first, then done, and the second time nothing."""

import json
import sqlite3
from pathlib import Path

from domain.model.letter_template import MOST_TEMPLATES
from tests.integration.cli.front_door import ask

ROSTER = """Họ và tên,Mã đơn vị,Tên đơn vị,Loại đơn vị,Mã cấp trên,Vai trò
,31135.kv1,Khu vực 1,Khu vực,31135,
Nguyễn Văn Dung,31135.kv2,Khu vực 2,khu_vuc,31135,TTV
"""
UNITS = """Mã đơn vị,Hình thức,Vào đơn vị,Hết hiệu lực từ,Chuyển quyền
31135.kv2,Sáp nhập,31135.kv1,01/07/2026,Có
"""
BAD = """Mã đơn vị,Hình thức,Vào đơn vị,Hết hiệu lực từ,Chuyển quyền
31135.kv2,xóa,31135.kv1,01/07/2026,Có
31135.kv1,sáp nhập,31135.kv9,31/02/2026,không
"""


def written(office: Path, name: str, text: str) -> str:
    path = office / name
    path.write_text(text)
    return str(path)


def test_a_file_is_looked_at_then_done_and_then_done_already(office: Path) -> None:
    ask("import", "roster", written(office, "roster.csv", ROSTER), DATA_DIR=office)
    path = written(office, "units.csv", UNITS)

    looked = ask("import", "units", path, "--dry-run", DATA_DIR=office)
    done = ask("import", "units", path, "--json", DATA_DIR=office)
    again = ask("import", "units", path, DATA_DIR=office)

    assert "Khu vực 2 sáp nhập vào Khu vực 1:" in looked.stdout
    assert "Nguyễn Văn Dung – Tuyên truyền viên" in looked.stdout
    assert "chưa ghi gì" in looked.stdout
    report = json.loads(done.stdout)
    assert report["kept"]
    assert report["changes"][0]["rights"] == [{"name": "Nguyễn Văn Dung", "role": "communicator"}]
    assert "Đã sắp xếp từ trước, giữ nguyên: 1 dòng." in again.stdout


def test_every_bad_cell_is_named_and_nothing_is_done(office: Path) -> None:
    ask("import", "roster", written(office, "roster.csv", ROSTER), DATA_DIR=office)

    refused = ask("import", "units", written(office, "units.csv", BAD), DATA_DIR=office)

    assert refused.returncode == 1
    for said in ("“xóa” không phải là hình thức", "31/02/2026", "không có đơn vị mã “31135.kv9”"):
        assert said in refused.stdout


def test_a_template_that_finds_no_room_is_given_back_word_for_word(office: Path) -> None:
    ask("import", "roster", written(office, "roster.csv", ROSTER), DATA_DIR=office)
    with sqlite3.connect(office / "main.db") as file:
        theirs = [(number, "31135.kv1") for number in range(MOST_TEMPLATES)]
        for number, code in [*theirs, (MOST_TEMPLATES, "31135.kv2")]:
            file.execute(
                "INSERT INTO letter_template (id, unit_id, name, text, kept_by, kept_at)"
                " SELECT 't' || ?1, unit.id, 'Đèn ' || ?1, 'Lời ' || ?1, person.id,"
                " '2026-11-01 00:00:00' FROM unit, person WHERE unit.code = ?2 LIMIT 1",
                (number, code),
            )
    path = written(office, "units.csv", UNITS)

    looked = ask("import", "units", path, "--dry-run", DATA_DIR=office)
    done = ask("import", "units", path, "--json", DATA_DIR=office)

    assert f"đã đủ {MOST_TEMPLATES} mẫu mỗi loại" in looked.stdout
    assert "“Đèn 6”: Lời 6" in looked.stdout
    left = {"kind": "answer", "name": "Đèn 6", "text": "Lời 6"}
    assert json.loads(done.stdout)["changes"][0]["templates_left"] == [left]
