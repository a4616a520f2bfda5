"""`bot.py export roster`: what goes out is what came in, for a whole city of real communes."""

import csv
import json
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from content.units.gazetteer import province_units
from tests.integration.cli.front_door import ask

HEADINGS = ["Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã đơn vị cấp trên", "Họ và tên"]
MORE = ["Vai trò", "Từ ngày", "Đến ngày", "Ngôn ngữ"]
CAN_THO = "92"
COMMUNES, COMMUNICATORS = 103, 3000
FAMILY = ("Nguyễn", "Trần", "Lê", "Sơn", "Thạch", "Lý", "Đặng")
GIVEN = ("An", "Bình", "Chi", "Dung", "Em", "Giang", "Hạnh", "Khách", "Lan", "Phúc", "Ửng")
Row = dict[str, str]


def roster() -> Iterator[list[str]]:
    """3,000 communicators in hamlets of all 103 communes, each name once in its hamlet."""
    communes = [one for one in province_units(CAN_THO) if one.code != CAN_THO]
    assert len(communes) == COMMUNES
    for number in range(COMMUNICATORS):
        commune = communes[number % COMMUNES]
        hamlet = number // COMMUNES % 4 + 1
        code, kind = f"{commune.code}.a{hamlet}", "Ấp" if commune.kind == "xa" else "Khu vực"
        name = f"{FAMILY[number % len(FAMILY)]} {GIVEN[number % len(GIVEN)]} {number}"
        spoken = "Việt, Khmer" if number % 3 == 0 else "Việt"
        unit = [code, f"{kind} {hamlet}", kind, commune.code]
        yield [*unit, name, "Tuyên truyền viên", "01/07/2026", "30/06/2031", spoken]


@pytest.fixture(scope="module")
def city(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole city with its communicators, brought in by an import."""
    folder = tmp_path_factory.mktemp("city")
    (folder / "main.db").write_bytes((migrated / "main.db").read_bytes())
    (folder / "vault.db").write_bytes((migrated / "vault.db").read_bytes())
    founded = ask("init", "--unit-code", CAN_THO, "--supervisor", "Hạnh", DATA_DIR=folder)
    assert founded.returncode == 0, founded.stderr
    with (folder / "in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS + MORE, *roster()])
    done = ask("import", "roster", str(folder / "in.csv"), DATA_DIR=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def exported(city: Path, name: str) -> Path:
    path = city / name
    done = ask("export", "roster", str(path), DATA_DIR=city)
    assert done.returncode == 0, done.stderr
    return path


def rows(path: Path) -> list[Row]:
    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))
    heads, *below = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    texts = [
        ["" if c is None else f"{c:%d/%m/%Y}" if hasattr(c, "day") else str(c) for c in row]
        for row in below
    ]
    return [dict(zip(map(str, heads), row, strict=True)) for row in texts]


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_three_thousand_communicators_of_103_communes_come_back_the_same(
    city: Path, name: str
) -> None:
    found = [row for row in rows(exported(city, name)) if row["Họ và tên"]]

    told = [[row[heading] for heading in HEADINGS + MORE] for row in found]
    assert sorted(told) == sorted(roster())


def test_every_real_commune_is_named(city: Path) -> None:
    found = {(row["Mã đơn vị"], row["Tên đơn vị"]) for row in rows(exported(city, "units.csv"))}

    assert {(one.code, one.name) for one in province_units(CAN_THO)} <= found


@pytest.mark.parametrize("name", ["again.csv", "again.xlsx"])
def test_taking_it_back_changes_nothing(city: Path, name: str) -> None:
    path = exported(city, name)
    report = json.loads(ask("import", "roster", str(path), "--json", DATA_DIR=city).stdout)

    assert (report["kept"], report["flaws"], report["missing"]) == (False, [], [])
    assert report["people"] == {"new": 0, "changed": 0, "same": COMMUNICATORS}


def test_only_its_owner_reads_the_file(city: Path) -> None:
    assert stat.S_IMODE(exported(city, "mine.csv").stat().st_mode) == 0o600


def test_an_export_is_on_record(city: Path) -> None:
    exported(city, "recorded.csv")
    with sqlite3.connect(city / "main.db") as file:
        newest = file.execute("SELECT action FROM audit ORDER BY seq DESC LIMIT 1").fetchone()

    assert newest == ("roster:export",)


def test_a_place_that_cannot_be_written_is_named(city: Path) -> None:
    done = ask("export", "roster", str(city / "gone" / "x.csv"), DATA_DIR=city)

    assert (done.returncode, "x.csv" in done.stderr) == (1, True)


def test_an_office_elsewhere_takes_the_export_over(city: Path, office: Path) -> None:
    """The ward of that office is there already; the rest of its branch is founded by the file."""
    moved = city / "ward.csv"
    with exported(city, "moving.csv").open(encoding="utf-8-sig") as file:
        branch = "".join(line for line in file if line.startswith(("Mã", "31135")))
    moved.write_text(branch.replace("Phường,92,", "Phường,,"), encoding="utf-8")
    told = [ask("import", "roster", str(moved), "--json", DATA_DIR=office) for _ in "ab"]
    first, again = (json.loads(one.stdout)["people"] for one in told)

    assert first["new"] == again["same"] > 20
    assert (first["changed"], again["new"], again["changed"]) == (0, 0, 0)
