"""Em simply writes on where the office has asked her back: she is asked what it is, in private."""

from tests.integration.telegram.house import EM_ID, House
from tests.integration.telegram.test_queue_door import hear, press
from tests.integration.usecases.test_unasked_replies import WHERE, asked_back


async def test_the_question_names_the_case_and_the_words_go_along(house: House) -> None:
    words = house.office.letterhead.words
    case = await asked_back(house.office)
    said = await hear(house, EM_ID, WHERE)
    assert case.code in said
    assert WHERE in said

    last = await press(house, EM_ID, words.text("button.reply_belongs"))
    assert last.startswith("Anh/chị xem lại phần bổ sung")
    await press(house, EM_ID, words.text("button.reply_send"))
    assert house.office.sql("SELECT text FROM addition") == [(WHERE,)]
