"""/ykiencuatoi and /xem: what somebody reads of their own."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from domain.usecases import own_cases
from tests.integration.storage.cast import STRANGER
from tests.integration.telegram.house import EM_ID, House, presses, says
from tests.integration.telegram.test_session_media_door import PHOTO
from tests.integration.usecases.media import JPEG
from tests.integration.usecases.story import LAMP, MENDED, answer, file_opinion


async def test_each_open_case_has_a_line_and_a_link(house: House) -> None:
    opinion = await file_opinion(house.office)
    await file_opinion(house.office, "Việc khác.", STRANGER)
    await house.hears(says("/ykiencuatoi"))
    shown = house.office.gateway.to(str(EM_ID))[-1]

    assert opinion.code in shown.markup
    assert [face.url.split("=")[1] for row in shown.payload.buttons for face in row] == [
        f"mine_{opinion.code}"
    ]


async def test_a_link_leads_on_to_those_filed_before(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_cases, "PAGE", 1)
    older = await file_opinion(house.office)
    house.office.wait(minutes=1)
    newer = await file_opinion(house.office, "Việc mới hơn.")
    await house.hears(says("/ykiencuatoi"), says(f"/start more_{newer.code}", number=2))
    first, second = house.said_to(EM_ID)[-2:]

    assert newer.code in first
    assert older.code not in first
    assert older.code in second
    assert newer.code not in second


async def test_the_link_opens_the_case_with_the_way_to_say_whether_it_is_solved(
    house: House,
) -> None:
    opinion = await answer(house.office)
    await house.office.send_all()
    await house.hears(says(f"/start mine_{opinion.code}"))
    assert MENDED in house.said_to(EM_ID)[-1]
    button = await house.office.button(str(EM_ID), "opinion:settle", "not_solved")
    await house.hears(presses(button.id))

    assert house.office.sql("SELECT state FROM opinion") == [("in_progress",)]


async def test_whoever_has_none_is_told_so(house: House) -> None:
    await file_opinion(house.office, "Việc khác.", STRANGER)
    await house.hears(says("/ykiencuatoi"))

    assert house.said_to(EM_ID) == [house.rooms.words.html("own_cases.none", "vi")]


async def test_all_that_is_kept_comes_as_a_message_and_as_a_file(house: House) -> None:
    opinion = await answer(house.office)
    await house.office.send_all()
    await house.hears(says("Đang viết dở.", number=5), says("/xem", number=6))
    *_, page, file = house.office.gateway.to(str(EM_ID))
    assert file.file is not None
    content = file.file.content.decode()

    assert opinion.code in page.markup
    for word in (opinion.code, LAMP, MENDED, "Đang viết dở."):
        assert word in content
    assert "<" not in content.replace(LAMP, "")


async def test_the_pictures_come_along_as_they_are_kept(house: House) -> None:
    house.office.gateway.files = {"f": JPEG}
    picture = says("", number=1)
    picture["message"] |= PHOTO
    del picture["message"]["text"]
    await house.hears(picture, says("/xem", number=2))
    archive = house.office.gateway.to(str(EM_ID))[-1].file

    assert archive is not None
    with ZipFile(BytesIO(archive.content)) as pictures:
        kept = [pictures.read(name) for name in pictures.namelist()]
    draft = (await house.office.known()).draft
    assert draft is not None
    (held,) = await house.office.vault.held_files(draft.handle)
    assert kept == [held.content]
