"""A supervisor says how many people live in a unit; nobody else does."""

import pytest

from domain.errors import AlreadyProcessed, Forbidden, Refusal
from domain.model.access import Grant, Person, Role
from domain.model.unit import Unit
from domain.usecases.set_population import SetPopulation
from tests.integration.storage.cast import AN, CITY, GIANG, HANH, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.communicators import DUNG, join
from tests.integration.usecases.office import Office, actor

KHANH = Person("khanh", "Khánh", "telegram:120", (Grant(Role.SUPERVISOR, OTHER_WARD.id),))


async def live(office: Office, typed: str, unit: Unit = WARD, who: Person = HANH) -> Unit:
    use = SetPopulation(office.memory, office.clock)
    return await use.set_population(actor(who), unit.id, typed, office.cause())


async def known(office: Office, *units: Unit) -> dict[str, int]:
    async with office.file.begin() as work:
        return await work.units.populations([unit.id for unit in units])


async def test_a_population_is_the_own_units_or_that_of_the_nearest_above(office: Office) -> None:
    await live(office, "110000", CITY)
    await live(office, "1.850 người", WARD)

    assert await known(office, QUARTER, WARD, OTHER_WARD) == {
        QUARTER.id: 1850,
        WARD.id: 1850,
        OTHER_WARD.id: 110_000,
    }


@pytest.mark.parametrize("typed", ["-5", "1000000000", "đông lắm"])
async def test_what_can_be_no_population_changes_nothing(office: Office, typed: str) -> None:
    await live(office, "1850")
    with pytest.raises(Refusal, match=r"population\."):
        await live(office, typed)

    assert await known(office, WARD) == {WARD.id: 1850}


async def test_only_whoever_supervises_a_unit_sets_it(office: Office) -> None:
    await join(office, DUNG, KHANH)
    for person in (AN, GIANG, DUNG, KHANH):
        with pytest.raises(Forbidden):
            await live(office, "1850", WARD, person)

    assert await known(office, WARD) == {}


async def test_one_message_sets_it_once(office: Office) -> None:
    use, cause = SetPopulation(office.memory, office.clock), office.cause()
    await use.set_population(actor(HANH), WARD.id, "1850", cause)

    with pytest.raises(AlreadyProcessed):
        await use.set_population(actor(HANH), WARD.id, "1850", cause)
