"""`docs/privacy.md` against the code: every table is in its map, every promise has its proof."""

import re

from storage.tables import MAIN
from storage.vault.tables import VAULT
from tests.architecture.tree import ROOT

PRIVACY = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
PROMISES = [str(number) for number in range(1, 11)]
"""The ten promises, and what is never built, in the order in which they are given."""
NEVER = [f"N{number}" for number in range(1, 7)]

_ROW = re.compile(
    r"^\| (?P<number>N?\d+) \| (?P<words>[^|]+) \| (?P<proofs>[^|]*) \|$", re.MULTILINE
)
_PROOF = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def section(title: str) -> str:
    return PRIVACY.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_table_is_in_the_data_map() -> None:
    mapped = set(re.findall(r"`(\w+)`", section("Data map")))
    lacking = (MAIN.tables.keys() | VAULT.tables.keys()) - mapped

    assert not lacking, f"docs/privacy.md has to say what these keep, why and how long: {lacking}"


def test_every_promise_stands_there_once_and_in_order() -> None:
    rows = [row["number"] for row in _ROW.finditer(section("Promises and their tests"))]

    assert rows == PROMISES + NEVER


def test_every_promise_is_proved_or_said_not_to_be() -> None:
    open_ones = section("Not proved yet")
    for row in _ROW.finditer(section("Promises and their tests")):
        said = f"**{row['number']}**" in open_ones
        assert _PROOF.findall(row["proofs"]) or said, row["words"]


def test_every_proof_is_a_test_that_exists() -> None:
    proofs = _PROOF.findall(PRIVACY)
    for file, test in proofs:
        path = ROOT / file
        assert path.is_file(), file
        assert re.search(rf"def {test}\(", path.read_text(encoding="utf-8")), f"{file}::{test}"
    assert len(proofs) > len(PROMISES + NEVER)
