"""Staff and communicators leave the date of their last day; residents leave nothing."""

from tests.integration.storage.cast import EM, HANH
from tests.integration.telegram.house import House, says
from tests.integration.usecases.office import private


async def test_a_registered_person_leaves_a_date(house: House) -> None:
    await house.hears(says("/trogiup", int(private(HANH))))

    assert house.office.sql("SELECT person_id FROM person_seen") == [(HANH.id,)]


async def test_a_resident_leaves_none(house: House) -> None:
    await house.hears(says("Đèn đường hỏng.", int(EM.chat)))

    assert house.office.sql("SELECT * FROM person_seen") == []
