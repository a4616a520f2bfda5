"""Photos and a voice note as they are sent and pressed in the chat."""

from typing import Any

import pytest

from channels.recordings import only_sound
from domain.model.attachment import AttachmentKind
from tests.integration.storage.cast import HANH
from tests.integration.telegram.house import House, presses, says
from tests.integration.telegram.test_plan_doors import hear, press
from tests.integration.telegram.test_sessions_door import TYPED, log
from tests.integration.usecases.communicators import DUNG, join
from tests.integration.usecases.media import JPEG
from tests.integration.usecases.office import private
from tests.unit.channels.ogg import spoken

DUNG_ID, HANH_ID = int(private(DUNG)), int(private(HANH))
SIZES = [{"file_id": name, "file_unique_id": name, "width": 9, "height": 9} for name in ("s", "f")]
PHOTO = {"photo": SIZES}
PICTURE_AS_FILE = {"document": {"file_id": "f", "file_unique_id": "f", "mime_type": "image/png"}}
PAPER = {"document": {"file_id": "p", "file_unique_id": "p", "mime_type": "application/pdf"}}
FILM = {
    "video": {"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9, "duration": 9},
}
SONG = {"audio": {"file_id": "p", "file_unique_id": "p", "duration": 9}}


def voice(seconds: int = 80) -> dict[str, Any]:
    return {"voice": {"file_id": "v", "file_unique_id": "v", "duration": seconds}}


@pytest.fixture(autouse=True)
async def dung(house: House) -> None:
    """With a photo and a voice note in her phone."""
    await join(house.office, DUNG)
    house.office.gateway.files = {"f": JPEG, "v": spoken(80)}


def sent(house: House, what: dict[str, Any], **more: object) -> dict[str, Any]:
    update = says("", DUNG_ID, next(house.numbers), **what, **more)
    del update["message"]["text"]
    return update


async def send(house: House, what: dict[str, Any], **more: object) -> str:
    """What is answered to it."""
    before = len(house.said_to(DUNG_ID))
    await house.hears(sent(house, what, **more))
    return "\n".join(house.said_to(DUNG_ID)[before:])


def kept(house: House) -> list[Any]:
    return house.office.sql("SELECT kind, number FROM session_media ORDER BY kind, number")


@pytest.mark.parametrize("what", [PHOTO, PICTURE_AS_FILE], ids=["photo", "file"])
async def test_a_photo_is_kept_whenever_it_is_sent(house: House, what: dict[str, Any]) -> None:
    await log(house)
    said = await send(house, what)

    assert "Đã giữ <b>1 ảnh</b> (tối đa 4)" in said
    assert "trẻ em" in said
    assert "Ảnh: <b>1 ảnh</b>" in said


async def test_the_step_for_photos_asks_for_no_faces(house: House) -> None:
    await log(house)
    said = await press(house, DUNG_ID, "session:edit", "photos")

    assert "chụp từ phía sau" in said
    assert "đừng để rõ mặt người nghe, nhất là trẻ em" in said


async def test_a_photo_in_the_middle_leaves_the_question_open(house: House) -> None:
    for typed in ("/phien", *TYPED[:2]):
        await hear(house, DUNG_ID, typed)

    assert "Ở đâu" in await send(house, PHOTO)
    assert "nói về việc gì" in await hear(house, DUNG_ID, TYPED[2])


async def test_a_photo_without_a_session_is_answered_as_before(house: House) -> None:
    assert await send(house, PHOTO) == house.office.words("start.text_only")
    await log(house)
    await press(house, DUNG_ID, "session:submit")

    assert await send(house, PHOTO) == house.office.words("start.text_only")
    assert kept(house) == []


async def test_a_residents_photo_begins_an_opinion(house: House) -> None:
    update = says("", 4711, 5, **PHOTO)
    del update["message"]["text"]
    await house.hears(update)

    assert "Đã giữ <b>1 ảnh</b>" in house.said_to(4711)[0]


async def test_words_below_a_photo_are_said_to_be_left_out(house: House) -> None:
    await log(house)

    assert "không được giữ" in await send(house, PHOTO, caption="45 người")
    assert "không được giữ" not in await send(house, PHOTO)


async def test_of_an_album_of_six_four_are_kept_in_one_message_and_one_sentence(
    house: House,
) -> None:
    await log(house)
    before = len(house.said_to(DUNG_ID))
    await house.hears(*(sent(house, PHOTO, media_group_id="k") for _ in range(6)))

    first, second = house.said_to(DUNG_ID)[before:]
    assert "Đã giữ <b>1 ảnh</b>" in first
    assert second.startswith("Một buổi giữ tối đa 4 ảnh")
    edited = [call for call in house.office.gateway.calls if call.act == "edit"][-1]
    assert "Đã giữ <b>4 ảnh</b>" in edited.markup
    assert kept(house) == [("photo", number) for number in (1, 2, 3, 4)]


async def test_after_an_album_the_buttons_below_it_go_on(house: House) -> None:
    await log(house)
    await house.hears(*(sent(house, PHOTO, media_group_id="k") for _ in range(2)))

    edited = [call for call in house.office.gateway.calls if call.act == "edit"][-1]
    done = edited.payload.buttons[0][0]
    await house.hears(presses(done.press, DUNG_ID))
    assert house.office.sql("SELECT state FROM outreach_session") == [("submitted",)]


async def test_a_voice_note_is_kept_and_a_newer_one_takes_its_place(house: House) -> None:
    await log(house)
    assert "ghi âm <b>80 giây</b>" in await send(house, voice())
    house.office.gateway.files["v"] = spoken(7)

    assert "ghi âm <b>7 giây</b>" in await send(house, voice(7))
    assert kept(house) == [("voice", 1)]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (voice(121), "Đoạn ghi âm dài quá 2 phút"),
        (FILM, "Bot chưa nhận video"),
        (SONG, "Tệp này không phải đoạn ghi âm"),
        (PAPER, "Tệp này không phải ảnh"),
    ],
    ids=["long", "film", "song", "paper"],
)
async def test_what_is_not_taken_is_named_and_nothing_is_lost(
    house: House, what: dict[str, Any], said: str
) -> None:
    await log(house)
    await send(house, PHOTO)
    version = house.office.sql("SELECT version FROM outreach_session")

    assert (await send(house, what)).startswith(said)
    assert house.office.sql("SELECT version FROM outreach_session") == version
    assert kept(house) == [("photo", 1)]


async def test_a_long_voice_note_that_says_it_is_short_is_refused_too(house: House) -> None:
    await log(house)
    house.office.gateway.files["v"] = spoken(500)

    assert "dài quá 2 phút" in await send(house, voice(5))


async def test_a_photo_is_taken_away_by_its_button(house: House) -> None:
    await log(house)
    await send(house, PHOTO)
    await press(house, DUNG_ID, "session:edit", "photos")
    await press(house, DUNG_ID, "session:remove", "photos=1")

    assert kept(house) == []
    assert "Số người nghe: <b>45</b>" in await press(house, DUNG_ID, "session:done")


async def test_photos_are_numbered_as_they_are_shown(house: House) -> None:
    await log(house)
    for _ in range(3):
        await send(house, PHOTO)
    await press(house, DUNG_ID, "session:edit", "photos")
    await press(house, DUNG_ID, "session:remove", "photos=2")

    assert kept(house) == [("photo", 1), ("photo", 3)]
    rows = house.office.gateway.to(str(DUNG_ID))[-1].payload.buttons
    labels = [face.label for row in rows for face in row if "Bỏ" in face.label]
    assert labels == ["🗑 Bỏ ảnh 1", "🗑 Bỏ ảnh 2"]


async def test_whoever_confirms_is_shown_an_album_and_the_voice_note(house: House) -> None:
    await log(house)
    for what in (PHOTO, PHOTO, voice()):
        await send(house, what)
    await press(house, DUNG_ID, "session:submit")
    await hear(house, HANH_ID, "/phien")
    assert "Ảnh: <b>2 ảnh</b>" in await press(house, HANH_ID, "session:review", "0")

    await press(house, HANH_ID, "session:media")

    note, album = house.office.gateway.to(str(HANH_ID))[-2:]
    assert note.file
    assert (note.file.kind, note.file.content) == (AttachmentKind.VOICE, only_sound(spoken(80)))
    assert [(one.content, one.is_guarded) for one in album.album] == [(JPEG, True)] * 2


async def test_a_single_photo_is_shown_as_one(house: House) -> None:
    await log(house)
    await send(house, PHOTO)
    await press(house, DUNG_ID, "session:edit", "photos")
    await press(house, DUNG_ID, "session:media")

    shown = house.office.gateway.to(str(DUNG_ID))[-1]
    assert shown.file
    assert shown.file.content == JPEG


async def test_no_name_of_a_file_stays(house: House) -> None:
    """By it the file could be fetched again, place and time and all."""
    house.office.gateway.files["AgACAgUAAx0C"] = JPEG
    await log(house)
    size = SIZES[1] | {"file_id": "AgACAgUAAx0C"}
    await send(house, {"photo": [size]})

    for which in ("main", "vault"):
        for table in house.office.databases.tables(which):
            rows = house.office.sql(f"SELECT * FROM {table}", which=which)
            assert "AgACAgUAAx0C" not in str(rows)
