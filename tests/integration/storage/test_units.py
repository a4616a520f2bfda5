"""The tree of units keeps its closure."""

import pytest

from domain.errors import Missing
from domain.model.unit import Lineage, Unit, UnitKind
from domain.ports import Work
from tests.integration.storage.cast import CITY, OTHER_WARD, QUARTER, WARD


async def test_a_unit_comes_back_as_it_went_in(work: Work) -> None:
    assert await work.units.get(WARD.id) == WARD


async def test_a_unit_without_quiet_hours_stays_without(work: Work) -> None:
    assert (await work.units.get(QUARTER.id)).quiet_hours is None


async def test_a_unit_is_found_by_its_code(work: Work) -> None:
    assert await work.units.by_code("cr") == OTHER_WARD
    assert await work.units.by_code("xx") is None


async def test_a_missing_unit_is_named(work: Work) -> None:
    with pytest.raises(Missing, match="nowhere"):
        await work.units.get("nowhere")


async def test_lineage_climbs_to_the_root(work: Work) -> None:
    assert await work.units.lineage(QUARTER.id) == Lineage(("kv", "nk", "ct"))


async def test_the_subtree_starts_with_the_unit_itself(work: Work) -> None:
    assert await work.units.subtree(CITY.id) == (CITY, OTHER_WARD, QUARTER, WARD)


async def test_the_root_is_the_unit_without_a_parent(work: Work) -> None:
    assert await work.units.root() == CITY


async def test_children_are_one_step_below(work: Work) -> None:
    assert await work.units.children(CITY.id) == (OTHER_WARD, WARD)


async def test_a_new_unit_joins_every_subtree_above_it(work: Work) -> None:
    hamlet = Unit("ap", "ap", "Ấp Thới Hòa", UnitKind.HAMLET, QUARTER.id, "Ấp Thới Hòa")
    await work.units.add(hamlet)

    assert hamlet in await work.units.subtree(CITY.id)
    assert hamlet not in await work.units.subtree(OTHER_WARD.id)
