"""Units: the demo's places are real and sound; a province's come from the official list."""

import sys
from pathlib import Path

import pytest

from content.records import FlawedContent, Reason
from content.units import gazetteer
from content.units.gazetteer import ListedUnit, UnknownProvince, demo_units, province_units
from domain.model.unit import UnitKind

CITY = '- code: "92"\n  name: Thành phố Cần Thơ\n  kind: thanh_pho\n'


def found(folder: Path, content: str) -> list[tuple[int, str, str]]:
    path = folder / "units.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FlawedContent) as caught:
        demo_units(path)
    return [(flaw.line, flaw.field, flaw.reason) for flaw in caught.value.flaws]


def test_the_demo_has_a_city_communes_and_hamlets() -> None:
    kinds = [unit.kind for unit in demo_units()]
    assert kinds.count("thanh_pho") == 1
    assert kinds.count("phuong") + kinds.count("xa") >= 4
    assert kinds.count("ap") + kinds.count("khu_vuc") >= 6


def test_the_demos_communes_are_official() -> None:
    official = set(province_units("92"))
    communes = {unit for unit in demo_units() if unit.kind in {"thanh_pho", "phuong", "xa"}}
    assert communes <= official


def test_every_demo_unit_stands_below_one_listed_before() -> None:
    codes = [unit.code for unit in demo_units()]
    parents = [unit.parent_code for unit in demo_units()]
    assert parents[0] is None
    assert all(p in codes[:n] for n, p in enumerate(parents) if n)


def test_can_tho_has_its_31_wards_and_72_communes() -> None:
    kinds = [unit.kind for unit in province_units("92")]
    assert (kinds.count("phuong"), kinds.count("xa"), len(kinds)) == (31, 72, 104)


def test_codes_keep_their_leading_zeros() -> None:
    units = list(province_units("1"))
    assert units[0] == ListedUnit("01", "Thành phố Hà Nội", "thanh_pho", None)
    assert {len(unit.code) for unit in units[1:]} == {5}


def test_names_have_single_spaces() -> None:
    assert "Xã Phú Hữu" in {unit.name for unit in province_units("92")}


@pytest.mark.parametrize("code", ["93", "999", "Cần Thơ", ""])
def test_an_unknown_province_is_refused(code: str) -> None:
    with pytest.raises(UnknownProvince):
        list(province_units(code))


def test_the_official_list_is_not_loaded_until_it_is_asked_for() -> None:
    sys.modules.pop("vietnam_provinces", None)
    demo_units()
    assert "vietnam_provinces" not in sys.modules


def test_kinds_are_those_of_the_domain() -> None:
    assert set(gazetteer.KINDS) == {kind.value for kind in UnitKind}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", (1, "", Reason.NOT_A_LIST)),
        ("code: 92\n", (1, "", Reason.NOT_A_LIST)),
        ("- Cần Thơ\n", (1, "", Reason.NOT_A_MAPPING)),
        ("- [\n", (2, "", Reason.BAD_YAML)),
        (CITY + CITY, (4, "code", Reason.DUPLICATE)),
        (CITY.replace("thanh_pho", "quan"), (3, "kind", Reason.UNKNOWN_VALUE)),
        (CITY.replace("92", "092"), (1, "code", Reason.MALFORMED)),
        (CITY + "  parent: '91'\n", (4, "parent", Reason.UNKNOWN_PARENT)),
        (CITY + "  district: x\n", (4, "district", Reason.UNKNOWN_FIELD)),
        (CITY.replace("  kind: thanh_pho\n", ""), (1, "kind", Reason.MISSING_FIELD)),
    ],
)
def test_a_flaw_in_the_list_has_its_line_and_field(
    tmp_path: Path, content: str, expected: tuple[int, str, Reason]
) -> None:
    assert found(tmp_path, content) == [expected]
