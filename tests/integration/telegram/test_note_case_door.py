"""A note on a case in the chat, and the way back to the case."""

from urllib.parse import parse_qs, urlsplit

from tests.integration.storage.cast import GIANG
from tests.integration.telegram.house import House, presses, says
from tests.integration.usecases.hands import further, opened
from tests.integration.usecases.office import private
from tests.integration.usecases.story import LAMP, file_opinion, take

GIANG_ID = int(private(GIANG))
WORDS = LAMP.partition(" <")[0]
CALLED = "Đã gọi đội chiếu sáng."


async def test_whoever_noted_something_goes_back_to_the_case_by_one_button(house: House) -> None:
    opinion = await take(house.office, await file_opinion(house.office))
    await opened(house.office, GIANG, opinion)
    note = await further(house.office, GIANG, "opinion:note")
    await house.hears(presses(note.id, GIANG_ID))
    await house.hears(says(CALLED, GIANG_ID, next(house.numbers)))
    noted = house.office.gateway.shown_in(private(GIANG))[-1].payload
    ((back,),) = noted.buttons
    assert (back.label, WORDS in noted.markup) == (f"Đọc {opinion.number}", False)

    (start,) = parse_qs(urlsplit(back.url).query)["start"]
    before = len(house.said_to(GIANG_ID))
    await house.hears(says(f"/start {start}", GIANG_ID, next(house.numbers)))
    await house.office.send_all()
    shown = house.said_to(GIANG_ID)[before:]
    assert any(WORDS in one for one in shown)
    assert any(CALLED in one for one in shown)
