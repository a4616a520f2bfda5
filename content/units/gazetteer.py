"""Answers for places and their codes: the demo's, and a whole province's official ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from content.records import Entry, FlawedContent, Reading, Reason, Rule

DEMO_UNITS = Path(__file__).parent / "can_tho.yaml"

KINDS = (
    "tinh",
    "thanh_pho",
    "xa",
    "phuong",
    "dac_khu",
    "ap",
    "khu_vuc",
    "khom",
    "thon",
    "to_dan_pho",
)
OFFICIAL_KINDS = {
    "TINH": "tinh",
    "THANH_PHO_TRUNG_UONG": "thanh_pho",
    "XA": "xa",
    "PHUONG": "phuong",
    "DAC_KHU": "dac_khu",
}
RULES = {
    "code": Rule(pattern=r"[0-9]{2}|[0-9]{5}(\.[a-z0-9-]+)?"),
    "name": Rule(),
    "kind": Rule(among=KINDS),
    "parent": Rule(required=False),
    "population": Rule(pattern=r"[1-9][0-9]{0,7}", required=False),
}


@dataclass(frozen=True)
class ListedUnit:
    """A place with its official code; hamlets have a code of ours below their commune's."""

    code: str
    name: str
    kind: str
    parent_code: str | None
    population: int | None = None
    """How many live there; None if it is not told."""


class UnknownProvince(LookupError):
    """No province or city has this code."""


def demo_units(path: Path = DEMO_UNITS) -> tuple[ListedUnit, ...]:
    """The units of the file, parents first, or FlawedContent with all that is wrong in it."""
    reading = Reading(path)
    text = reading.text()
    tree = None if reading.flaws else reading.tree(text)
    units = tuple(_units(reading, tree))
    if reading.flaws:
        raise FlawedContent(reading.flaws)
    return units


def _units(reading: Reading, tree: yaml.Node | None) -> Iterator[ListedUnit]:
    if reading.flaws:
        return
    if not isinstance(tree, yaml.SequenceNode):
        reading.flaw(1, "", Reason.NOT_A_LIST)
        return
    seen: dict[str, int] = {}
    for node in tree.value:
        fields = reading.record(node, RULES)
        _check_codes(reading, fields, seen)
        if fields.keys() >= {"code", "name", "kind"}:
            parent = fields["parent"].value if "parent" in fields else None
            people = int(fields["population"].value) if "population" in fields else None
            code, name, kind = (fields[key].value for key in ("code", "name", "kind"))
            yield ListedUnit(code, name, kind, parent, people)


def _check_codes(reading: Reading, fields: dict[str, Entry], seen: dict[str, int]) -> None:
    parent, code = fields.get("parent"), fields.get("code")
    if parent and parent.value not in seen:
        reading.flaw(parent.line, "parent", Reason.UNKNOWN_PARENT, value=parent.value)
    if code and code.value in seen:
        place = f"{reading.path.name}:{seen[code.value]}"
        reading.flaw(code.line, "code", Reason.DUPLICATE, value=code.value, place=place)
    elif code:
        seen[code.value] = code.line


def province_units(province_code: str) -> Iterator[ListedUnit]:
    """The province or city, then all its commune-level units, under their official codes."""
    # 3,321 communes are built at this import, which only `bot.py init` needs
    from vietnam_provinces import Province, ProvinceCode, Ward  # noqa: PLC0415

    try:
        code = ProvinceCode(int(province_code))
    except ValueError:
        raise UnknownProvince(province_code) from None
    province = Province.from_code(code)
    own_code = f"{code.value:02}"
    kind = OFFICIAL_KINDS[province.division_type.name]
    yield ListedUnit(own_code, _tidy(province.name), kind, None)
    for ward in Ward.iter_by_province(code):
        kind = OFFICIAL_KINDS[ward.division_type.name]
        yield ListedUnit(f"{ward.code.value:05}", _tidy(ward.name), kind, own_code)


def _tidy(name: str) -> str:
    """The list has a few names with two spaces in a row."""
    return " ".join(name.split())
