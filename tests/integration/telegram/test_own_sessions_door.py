"""/phiencuatoi as a communicator walks it: the picture, the month, what was logged, a file."""

from io import BytesIO

from openpyxl import load_workbook

from content.catalog import LANGUAGES
from domain.model.attachment import AttachmentKind
from domain.model.delivery import Rejected
from domain.model.session import SessionState
from domain.model.text import utf16_units, visible
from domain.usecases.list_own_sessions import HISTORY, OPEN
from handlers.month_chart import HEIGHT, WIDTH
from handlers.periods import office_words
from tests.integration.storage.cast import HANH, WARD
from tests.integration.telegram.house import House, presses, says
from tests.integration.usecases.communicators import DUNG, join
from tests.integration.usecases.office import actor, private
from tests.integration.usecases.test_activity import log, session

DUNG_ID = int(private(DUNG))
CAPTION_LIMIT = 1024


async def pressed(house: House, action: str, choice: str = "") -> None:
    button = await house.office.button(private(DUNG), action, choice)
    await house.hears(presses(button.id, DUNG_ID))


async def logged(house: House) -> None:
    await join(house.office, DUNG)
    await log(house.office, session("s1", topic="Nước sạch", people=40), SessionState.CONFIRMED)
    await log(house.office, session("s2", topic="=1+1"), SessionState.SUBMITTED)


async def test_the_page_is_a_picture_and_the_month_beside_the_plan(house: House) -> None:
    await logged(house)
    office = house.office
    await office.monthly_plan.set_plan(actor(HANH), WARD.id, "4", office.cause())
    await house.hears(says("/phiencuatoi", DUNG_ID))
    picture, page = office.gateway.to(private(DUNG))

    assert picture.file
    assert picture.file.kind is AttachmentKind.PHOTO
    assert picture.file.content[16:24] == WIDTH.to_bytes(4, "big") + HEIGHT.to_bytes(4, "big")
    assert "<b>1</b> (kế hoạch 4 buổi, do Ninh Kiều đặt)" in page.markup
    assert "chờ xác nhận: 1" in page.markup
    assert "người nghe: <b>40</b>" in page.markup


async def test_a_picture_that_cannot_be_shown_keeps_nobody_from_the_figures(house: House) -> None:
    await logged(house)
    house.office.gateway.will(private(DUNG), Rejected("no picture"))
    await house.hears(says("/phiencuatoi", DUNG_ID))

    assert "<b>1</b> (chưa có kế hoạch)" in house.said_to(DUNG_ID)[-1]


async def test_an_earlier_session_is_found_and_read(house: House) -> None:
    await logged(house)
    await house.hears(says("/phiencuatoi", DUNG_ID))
    await pressed(house, HISTORY)
    assert "<b>11/2026</b>" in house.said_to(DUNG_ID)[-1]
    await pressed(house, OPEN, "s1")

    assert "Nước sạch" in house.said_to(DUNG_ID)[-1]
    assert house.rooms.words.text("session_state.confirmed") in house.said_to(DUNG_ID)[-1]


async def test_all_of_it_comes_as_a_workbook(house: House) -> None:
    await logged(house)
    await house.hears(says("/phiencuatoi", DUNG_ID))
    await pressed(house, "own:export")
    sent = house.office.gateway.to(private(DUNG))[-1]

    assert sent.file
    sheet = load_workbook(BytesIO(sent.file.content)).worksheets[0]
    assert sheet.max_row == 3
    assert "=1+1" in [cell.value for cell in sheet[2]] + [cell.value for cell in sheet[3]]


async def test_whoever_logs_nothing_is_refused_with_a_sentence(house: House) -> None:
    await house.hears(says("/phiencuatoi", 999))

    assert house.said_to(999) == [house.rooms.words.html("session.not_yours_to_log")]


def test_what_stands_below_the_picture_fits_there_in_every_language() -> None:
    words = office_words()
    for language in LANGUAGES:
        below = visible(words.html("own.picture", language))

        assert utf16_units(below) <= CAPTION_LIMIT
