"""What `import units` says, and writes down, of labels and templates that do not go along."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from domain.model.access import Grant, Role
from domain.model.opinion import Opinion
from domain.model.unit import Unit
from handlers.cli.import_units import UnitsImport
from handlers.cli.terminal import Terminal
from tests.integration.storage.cast import CITY, HANH, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.office import Office
from tests.integration.usecases.story import file_opinion
from tests.integration.usecases.test_labels import keep as keep_label
from tests.integration.usecases.test_labels import put as put_label
from tests.integration.usecases.test_labels import standing as labels_on
from tests.integration.usecases.test_letter_templates import keep as keep_template

HEADINGS = "Mã đơn vị,Hình thức,Vào đơn vị,Hết hiệu lực từ,Chuyển quyền\n"
ELSEWHERE = replace(QUARTER, id="kv9", code="kv9", name="Khu vực 9", parent_id=OTHER_WARD.id)
NEIGHBOUR = replace(QUARTER, id="kv2", code="kv2", name="Khu vực 2")
ENDS = f"{QUARTER.code},Sáp nhập,{ELSEWHERE.code},20/11/2026,Không\n"
MOVES = f"{NEIGHBOUR.code},Chuyển,{OTHER_WARD.code},,\n"
WARD_ENDS = f"{WARD.code},Sáp nhập,{OTHER_WARD.code},20/11/2026,Có\n"


async def said(
    office: Office,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    rows: str,
    dry: bool,
    as_json: bool = False,
) -> list[str]:
    path = folder / "sap-xep.csv"
    path.write_text(HEADINGS + rows)
    capsys.readouterr()
    terminal = Terminal(office.letterhead.words)
    units = UnitsImport(office.memory, office.clock, office.ids, terminal, office.letterhead)
    assert await units(path, dry, as_json) == 0
    return capsys.readouterr().out.splitlines()


async def found(office: Office, *units: Unit) -> None:
    async with office.memory.begin() as work:
        for unit in units:
            await work.units.add(unit)
        await work.commit()


async def filed_in(office: Office, unit: Unit, number: int) -> Opinion:
    own = await file_opinion(office)
    named = {"code": f"HC-{number}", "number": f"YK-{number}", "handle": f"h{number}"}
    async with office.memory.begin() as work:
        opinion = replace(own, id=f"o{number}", unit_id=unit.id, **named)  # type: ignore[arg-type]
        await work.opinions.add(opinion)
        await work.commit()
    return opinion


async def labelled(office: Office) -> tuple[Opinion, Opinion]:
    """One case in the quarter with four labels, two of them the ward's, and one beside it."""
    for name, unit in (
        ("Chiếu sáng", WARD),
        ("Thoát nước", WARD),
        ("Khẩn", CITY),
        ("Hẻm", QUARTER),
    ):
        await keep_label(office, name, unit)
    quarter, neighbour = await filed_in(office, QUARTER, 2), await filed_in(office, NEIGHBOUR, 3)
    for name in ("Chiếu sáng", "Thoát nước", "Khẩn", "Hẻm"):
        await put_label(office, quarter, name)
    await put_label(office, neighbour, "Chiếu sáng")
    return quarter, neighbour


def details(office: Office) -> dict[str, str]:
    """Of the record, by the unit that ended or moved."""
    acts = "SELECT subject, detail FROM audit WHERE action IN ('unit:merge', 'unit:move')"
    return {str(unit): str(detail) for unit, detail in office.sql(acts)}


async def test_labels_that_are_taken_off_are_counted_beforehand_and_on_record(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await found(office, ELSEWHERE, NEIGHBOUR)
    quarter, neighbour = await labelled(office)
    looked = await said(office, tmp_path, capsys, ENDS + MOVES, dry=True)
    written = await said(office, tmp_path, capsys, ENDS + MOVES, dry=True, as_json=True)
    assert len(await labels_on(office, quarter)) == 4
    done = await said(office, tmp_path, capsys, ENDS + MOVES, dry=False)

    for told in (looked, done):
        assert [line for line in told if "nhãn" in line] == [
            "  Gỡ 2 nhãn đang gắn trên ý kiến, vì nơi mới không dùng các nhãn đó.",
            "  Gỡ 1 nhãn đang gắn trên ý kiến, vì nơi mới không dùng các nhãn đó.",
        ]
    changes = json.loads("\n".join(written))["changes"]
    assert [one["labels_off"] for one in changes] == [2, 1]
    assert await labels_on(office, quarter) == ["Hẻm", "Khẩn"]
    assert await labels_on(office, neighbour) == []
    record = details(office)
    assert " labels_off=2 " in record[QUARTER.id]
    assert " labels_off=1 " in record[NEIGHBOUR.id]


async def test_a_label_that_a_later_row_brings_along_is_not_taken_off(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await found(office, ELSEWHERE, NEIGHBOUR)
    quarter, neighbour = await labelled(office)
    done = await said(office, tmp_path, capsys, ENDS + MOVES + WARD_ENDS, dry=False)

    assert [line for line in done if "nhãn" in line] == []
    assert len(await labels_on(office, quarter)) == 4
    assert await labels_on(office, neighbour) == ["Chiếu sáng"]
    assert all(" labels_off=0 " in detail for detail in details(office).values())


async def test_templates_whose_words_the_successor_has_are_counted_beforehand_and_on_record(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = replace(HANH, grants=(Grant(Role.SUPERVISOR, OTHER_WARD.id),))
    await keep_template(office, "Đèn đường\nĐèn sẽ được thay.")
    await keep_template(office, "ĐÈN ĐƯỜNG\nĐèn sẽ được thay.", OTHER_WARD, who=theirs)
    await keep_template(office, "Thoát nước\nCũ.")
    looked = await said(office, tmp_path, capsys, WARD_ENDS, dry=True)
    written = await said(office, tmp_path, capsys, WARD_ENDS, dry=True, as_json=True)
    done = await said(office, tmp_path, capsys, WARD_ENDS, dry=False)

    for told in (looked, done):
        assert "  Không chuyển 1 mẫu thư, vì đơn vị mới đã có mẫu giống từng chữ." in told
    (change,) = json.loads("\n".join(written))["changes"]
    assert (change["templates"], change["templates_same"]) == (1, 1)
    assert " templates=1 left=0 views=0 same=1 " in details(office)[WARD.id]
    kept = office.sql("SELECT name, text FROM letter_template ORDER BY name")
    assert sorted(kept) == [("Thoát nước", "Cũ."), ("ĐÈN ĐƯỜNG", "Đèn sẽ được thay.")]
