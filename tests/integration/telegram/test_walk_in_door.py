"""/ghiho in the chat: the notice to be read out, a warning about numbers, and the slip."""

from tests.integration.storage.cast import GIANG
from tests.integration.telegram.house import EM_ID, House
from tests.integration.telegram.test_queue_door import hear, press
from tests.integration.usecases.office import private

GIANG_ID = int(private(GIANG))


async def test_from_the_notice_to_the_slip(house: House) -> None:
    words = house.office.letterhead.words
    assert "đọc cho người đó nghe" in await hear(house, GIANG_ID, "/ghiho")
    await press(house, GIANG_ID, words.text("button.walk_in_agree"))
    await hear(house, GIANG_ID, "Cống nghẹt, gọi 0903123456.")
    await press(house, GIANG_ID, words.text("button.intake_kind"))
    await press(house, GIANG_ID, words.text("button.intake_field"))
    last = await press(house, GIANG_ID, "Ninh Kiều")
    assert words.text("heard.has_numbers") in last

    await press(house, GIANG_ID, words.text("button.walk_in_file"))
    await house.office.send_all()
    assert "Chép ra giấy" in house.said_to(GIANG_ID)[-1]


async def test_a_resident_has_no_desk(house: House) -> None:
    said = await hear(house, EM_ID, "/ghiho")

    assert house.office.words("errors.forbidden") in said
