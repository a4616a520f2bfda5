"""Words of staff that the bot cannot place."""

import pytest

from domain.model.access import Person
from tests.integration.storage.cast import AN, BINH, GIANG, HANH
from tests.integration.telegram.house import House, says
from tests.integration.usecases.office import private


@pytest.mark.parametrize(
    ("person", "command"), [(AN, "/soan"), (BINH, "/duyet"), (GIANG, "/hangdoi"), (HANH, "/donvi")]
)
async def test_staff_are_told_the_command_of_their_own_role(
    house: House, person: Person, command: str
) -> None:
    chat = int(private(person))
    await house.hears(says("Xin chào.", chat))
    said = house.said_to(chat)[-1]

    named = [one for one in ("/soan", "/duyet", "/hangdoi", "/donvi", "/phien") if one in str(said)]
    assert named == [command]
