"""A place shared as a point on the map: a hamlet's name is left of it, and nothing else."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import pytest

from domain.model.access import Grant, Role
from domain.model.locality import Point
from domain.model.unit import Unit, UnitKind
from domain.ports import Inbox, Received
from storage.tables import MAIN
from storage.vault.tables import VAULT
from tests.integration.storage.cast import QUARTER, WARD
from tests.integration.telegram.house import House, Json, says
from tests.integration.telegram.test_plan_doors import hear, press
from tests.integration.telegram.test_sessions_door import DUNG_ID, TYPED
from tests.integration.usecases.communicators import DUNG, join

HERE = {"latitude": 10.033847, "longitude": 105.784219}
"""Planted: no unit lies at exactly this point."""
FURTHER = Unit("kv9", "nk.kv9", "Khu vực 9", UnitKind.QUARTER, WARD.id, WARD.issuing_body)


@pytest.fixture(autouse=True)
async def dung(house: House) -> None:
    """She goes to the whole ward, and is asked for the place."""
    await join(house.office, replace(DUNG, grants=(Grant(Role.COMMUNICATOR, WARD.id),)))
    for typed in ("/phien", *TYPED[:2]):
        await hear(house, DUNG_ID, typed)


def shared() -> Json:
    return says("", DUNG_ID, 77, location=HERE)


async def lie(house: House, *units: Unit) -> None:
    async with house.office.file.begin() as work:
        for unit in units:
            await work.units.describe(unit)
        await work.commit()


async def found_further(house: House) -> None:
    async with house.office.file.begin() as work:
        await work.units.add(replace(FURTHER, point=Point(10.06, 105.78)))
        await work.commit()


def kept(house: House) -> str:
    """All that is in both databases."""
    tables = [("main", name) for name in MAIN.tables] + [("vault", name) for name in VAULT.tables]
    sql = house.office.sql
    return str([list(map(tuple, sql(f"SELECT * FROM {name}", which=at))) for at, name in tables])


async def test_the_nearest_hamlet_is_offered_and_pressed(house: House) -> None:
    await found_further(house)
    await lie(house, replace(QUARTER, point=Point(10.03, 105.78)))
    await house.hears(shared())

    assert "Gần nhất là <b>Khu vực 1</b>" in house.said_to(DUNG_ID)[-2]
    assert house.office.sql("SELECT place FROM outreach_session") == [(None,)]
    await press(house, DUNG_ID, "session:choose", "place=Khu vực 1")
    assert house.office.sql("SELECT place FROM outreach_session") == [("Khu vực 1",)]


async def test_another_name_can_be_typed_instead(house: House) -> None:
    await lie(house, replace(QUARTER, point=Point(10.03, 105.78)))
    await house.hears(shared())
    await hear(house, DUNG_ID, "Chùa Ông")

    assert house.office.sql("SELECT place FROM outreach_session") == [("Chùa Ông",)]


async def test_where_no_hamlet_is_known_it_becomes_the_units_name(house: House) -> None:
    await house.hears(shared())

    assert "Tọa độ không được lưu" in house.said_to(DUNG_ID)[-2]
    assert house.office.sql("SELECT place FROM outreach_session") == [(WARD.name,)]


@pytest.mark.parametrize("lies_at", [None, Point(10.03, 105.78)], ids=["unknown", "known"])
async def test_a_shared_point_leaves_no_coordinates_anywhere(
    house: House, lies_at: Point | None, caplog: pytest.LogCaptureFixture
) -> None:
    await lie(house, replace(QUARTER, point=lies_at))
    with caplog.at_level(logging.DEBUG):
        await house.bring(shared())
        assert house.office.sql("SELECT length(sealed) FROM inbox ORDER BY id", which="vault")[-1][
            0
        ]
        await house.handle_all()

    everything = kept(house) + caplog.text + repr(house.said_to(DUNG_ID))
    assert "Khu vực 1" in everything
    for digits in ("033847", "784219"):
        assert digits not in everything
    assert house.rooms.points.shared == {}


async def test_after_a_restart_it_becomes_the_units_name(house: House) -> None:
    await lie(house, replace(QUARTER, point=Point(10.03, 105.78)))
    await house.bring(shared())
    house.rooms.points.shared.clear()
    await house.handle_all()

    assert house.office.sql("SELECT place FROM outreach_session") == [(WARD.name,)]


async def test_a_point_that_nobody_asked_for_is_answered(house: House) -> None:
    await hear(house, DUNG_ID, "Chùa Ông")
    before = len(house.said_to(DUNG_ID))
    await house.hears(shared())

    assert len(house.said_to(DUNG_ID)) == before + 1


@dataclass
class Swift:
    """An inbox of which everything is handled before whoever stores it is told."""

    house: House

    async def store(self, bot_id: int, updates: Sequence[Received]) -> tuple[Received, ...]:
        turned_away = await self.house.rooms.inbox.store(bot_id, updates)
        await self.house.handle_all()
        return turned_away


async def test_a_point_is_known_however_soon_its_turn_comes(house: House) -> None:
    await lie(house, replace(QUARTER, point=Point(10.03, 105.78)))
    rooms = replace(house.rooms, inbox=cast("Inbox", Swift(house)))
    swift = replace(house, inlet=replace(house.inlet, rooms=rooms))
    house.pump.news.set()
    await swift.bring(shared())

    assert "Gần nhất là <b>Khu vực 1</b>" in house.said_to(DUNG_ID)[-2]
    assert house.rooms.points.shared == {}
