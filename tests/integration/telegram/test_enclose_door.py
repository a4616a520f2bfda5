"""Pictures and files of a bulletin as they are sent and pressed in the chat."""

from typing import Any

import pytest

from domain.model.delivery import Rejected
from tests.integration.storage.cast import AN, BINH
from tests.integration.telegram.house import House, says
from tests.integration.telegram.test_plan_doors import hear, press
from tests.integration.telegram.test_session_media_door import FILM, PAPER, PHOTO, SONG
from tests.integration.usecases.office import private
from tests.integration.usecases.pictures import PAPER as PDF
from tests.integration.usecases.pictures import ROADS
from tests.integration.usecases.story import TIDE

TITLED = f"Triều cường\n{TIDE}"
AN_ID, BINH_ID = int(private(AN)), int(private(BINH))


@pytest.fixture(autouse=True)
async def files(house: House) -> None:
    house.office.gateway.files = {"f": ROADS[0], "p": PDF}


async def send(house: House, what: dict[str, Any], **more: object) -> str:
    """What An is answered to it."""
    before = len(house.said_to(AN_ID))
    update = says("", AN_ID, next(house.numbers), **what, **more)
    del update["message"]["text"]
    await house.hears(update)
    return "\n".join(house.said_to(AN_ID)[before:])


async def test_a_picture_with_words_begins_a_bulletin(house: House) -> None:
    await hear(house, AN_ID, "/soan")
    said = await send(house, PHOTO, caption=TIDE)

    assert "Kèm bản tin: 1 ảnh" in said
    assert house.office.sql("SELECT text FROM bulletin_draft") == [(TIDE,)]


async def test_of_an_album_there_is_one_message_in_which_the_count_goes_up(house: House) -> None:
    await hear(house, AN_ID, "/soan")
    said = []
    for content in ROADS:
        house.office.gateway.files["f"] = content
        said.append(await send(house, PHOTO, media_group_id="k1"))

    assert "1 ảnh" in said[0]
    assert [call.act for call in house.office.gateway.calls[-2:]] == ["edit", "edit"]
    assert "3 ảnh" in house.office.gateway.calls[-1].markup


@pytest.mark.parametrize(
    ("what", "said"), [(SONG, "Không nhận tệp loại này"), (FILM, "chỉ kèm một loại")]
)
async def test_what_is_not_taken_is_named_and_nothing_is_lost(
    house: House, what: dict[str, Any], said: str
) -> None:
    await hear(house, AN_ID, "/soan")
    await send(house, PHOTO)

    assert said in await send(house, what)
    assert len(house.office.sql("SELECT 1 FROM bulletin_media")) == 1


async def test_words_where_a_file_is_wanted_are_said_to_be_words(house: House) -> None:
    await hear(house, AN_ID, "/soan")
    await send(house, PAPER)

    assert "Đang chờ ảnh hoặc tệp" in await hear(house, AN_ID, "đây là chữ")


async def test_each_picture_is_described_and_the_way_back_is_the_next_question(
    house: House,
) -> None:
    await hear(house, AN_ID, "/soan")
    await send(house, PHOTO, caption=TITLED)
    await press(house, AN_ID, "media:done", "")
    said = await hear(house, AN_ID, "Bản đồ đường vòng")

    assert "lĩnh vực" in said
    ((attachments,),) = house.office.sql("SELECT attachments FROM bulletin_draft")
    assert "Bản đồ đường vòng" in attachments


async def finish(house: House) -> None:
    """An answers what is still asked."""
    await press(house, AN_ID, "compose:field", "dien_nuoc")
    await hear(house, AN_ID, "Công văn 12/UBND")


async def test_the_preview_is_the_album_as_it_will_look(house: House) -> None:
    await hear(house, AN_ID, "/soan")
    await send(house, PHOTO, caption=TITLED)
    await press(house, AN_ID, "media:done", "")
    await press(house, AN_ID, "media:skip", "0")
    await finish(house)

    (shown,) = [call for call in house.office.gateway.calls if call.file and TIDE in call.markup]
    assert shown.file
    assert shown.file.content == ROADS[0]


async def hand_over(house: House) -> None:
    """An submits a bulletin with a picture."""
    await hear(house, AN_ID, "/soan")
    await send(house, PHOTO, caption=TITLED)
    await press(house, AN_ID, "media:done", "")
    await press(house, AN_ID, "media:skip", "0")
    await finish(house)
    await press(house, AN_ID, "compose:submit", "")


async def test_whoever_asks_what_waits_sees_the_picture(house: House) -> None:
    await hand_over(house)
    await hear(house, BINH_ID, "/duyet")

    shown = [call for call in house.office.gateway.to(private(BINH)) if call.file]
    assert [call.file.content for call in shown if call.file] == [ROADS[0]]


async def test_from_a_reminder_the_picture_is_seen_too(house: House) -> None:
    await hand_over(house)
    await house.office.send_all()
    house.office.wait(hours=6)
    await house.office.remind_approvers.remind_due()
    await house.office.send_all()
    before = len(house.office.gateway.calls)
    await press(house, BINH_ID, "review:open")

    shown = house.office.gateway.calls[before:]
    assert [call.file.content for call in shown if call.file] == [ROADS[0]]


async def test_where_the_picture_cannot_be_shown_there_is_nothing_to_agree_with(
    house: House,
) -> None:
    await hand_over(house)
    house.office.gateway.will(private(BINH), Rejected("too large"))
    said = await hear(house, BINH_ID, "/duyet")

    assert "Chưa hiện được hết" in said
    offered = house.office.gateway.to(private(BINH))[-1].payload.buttons
    assert [len(row) for row in offered] == [1, 1, 1]
    with pytest.raises(AssertionError, match="no bulletin:approve"):
        await house.office.button(private(BINH), "bulletin:approve")


async def test_a_picture_that_did_not_come_with_the_card_is_seen_by_asking_again(
    house: House,
) -> None:
    await hand_over(house)
    house.office.gateway.will(private(BINH), Rejected("too large"))
    await house.office.send_all()
    await press(house, BINH_ID, "bulletin:approve")
    assert house.office.sql("SELECT count(*) FROM approval") == [(0,)]
    await hear(house, BINH_ID, "/duyet")
    await press(house, BINH_ID, "bulletin:approve")

    assert house.office.sql("SELECT count(*) FROM approval") == [(1,)]
