"""Once the address is gone, the code still shows, corrects and erases the case."""

import pytest

from tests.integration.telegram.house import EM_ID, House, says
from tests.integration.usecases.story import LAMP, MENDED, answer, settle


async def forgotten(house: House) -> str:
    """The code of a case whose address died thirty days after it was closed."""
    opinion = await answer(house.office)
    await settle(house.office, "solved")
    house.office.wait(days=31)
    await house.office.purge.forget_expired()
    assert house.office.sql("SELECT count(*) FROM address", which="vault") == [(0,)]
    return opinion.code


async def test_the_code_shows_all_that_is_kept_of_it(house: House) -> None:
    code = await forgotten(house)
    await house.hears(says(f"/xem {code}"))
    file = house.office.gateway.to(str(EM_ID))[-1].file

    assert file is not None
    assert LAMP in file.content.decode()
    assert MENDED in file.content.decode()


@pytest.mark.parametrize("command", ["/xoa", "/rutdongy"])
async def test_the_code_erases_it(house: House, command: str) -> None:
    code = await forgotten(house)
    await house.hears(says(f"{command} {code}"))

    assert house.office.sql("SELECT state, text FROM opinion") == [("withdrawn", "")]
    assert house.office.sql("SELECT text FROM answer") == [("",)]
    assert house.said_to(EM_ID)[-1] == house.rooms.words.html("rights.erased", "vi", code=code)
