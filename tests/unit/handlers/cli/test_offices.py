"""Places become units: who is above whom, and who speaks for whom."""

import pytest

from content.catalog import Words
from content.units.gazetteer import ListedUnit, demo_units
from domain.ids import RandomIds
from domain.model.unit import Unit
from handlers.cli.offices import as_units


@pytest.fixture(scope="module")
def units() -> dict[str, Unit]:
    made = as_units(demo_units(), None, RandomIds(), Words.load())
    return {unit.code: unit for unit in made}


def test_the_first_place_is_the_top(units: dict[str, Unit]) -> None:
    assert units["92"].parent_id is None


def test_a_ward_comes_below_its_city(units: dict[str, Unit]) -> None:
    assert units["31135"].parent_id == units["92"].id


def test_a_committee_is_named_after_its_place(units: dict[str, Unit]) -> None:
    assert units["31135"].issuing_body == "UBND phường Ninh Kiều"


def test_a_hamlet_speaks_under_its_communes_name(units: dict[str, Unit]) -> None:
    assert units["31594.chau-thanh"].issuing_body == "UBND xã An Ninh"


def test_a_place_whose_parent_is_not_listed_comes_below_the_given_one(
    units: dict[str, Unit],
) -> None:
    place = ListedUnit("31135.moi", "Khu vực mới", "khu_vuc", None)
    (unit,) = as_units([place], units["31135"], RandomIds(), Words.load())

    assert unit.parent_id == units["31135"].id
