"""Photos and a voice note, from a communicator's phone to whoever confirms the session."""

import io

import pytest
from PIL import Image

from channels.recordings import only_sound
from tests.e2e.test_session import Counting, fill_in
from tests.e2e.town import Json, Person, Town, sentence, until
from tests.unit.channels.ogg import PLACE, spoken
from tests.unit.channels.test_pictures import PLANTED, SIDEWAYS, written

pytestmark = pytest.mark.e2e

ROOM = written(Image.effect_noise((2400, 1800), 60).convert("RGB"), "JPEG", SIDEWAYS)
"""As a phone takes it: on its side, with the place and the hour in it."""
SPOKEN = spoken(80)


async def filled_in(town: Town) -> Person:
    """Dung, with a session in which nothing is missing."""
    dung = Counting(town, "Dung")
    await fill_in(dung)
    await dung.sees("Nhà văn hóa.*45")
    return dung.person


async def received(person: Person, kind: str, count: int) -> list[Json]:
    """What the bot has shown this person, once it is all there."""

    async def shown() -> list[Json] | None:
        found = [m for m in await person.messages() if kind in m and m["from"]["is_bot"]]
        return found if len(found) == count else None

    found: list[Json] = await until(shown, f"{count} of kind {kind}")
    return found


async def test_of_an_album_of_five_four_reach_the_supervisor_without_place_and_hour(
    kept_in: dict[str, str], town: Town
) -> None:
    await town.open(**kept_in)
    dung, hanh = await filled_in(town), town.person("Hạnh")
    for _ in range(5):
        await dung.send("photo", ROOM, album="k1")
    await dung.sees(sentence("session.too_many_photos"))
    await dung.sees(r"Đã giữ 4 ảnh")
    await dung.send("voice", SPOKEN)
    await dung.press("Xong, gửi", "Ghi âm: 80 giây")

    await dung.sees("Đã ghi nhận buổi tuyên truyền")
    refusals = [m for m in await dung.messages() if "tối đa 4 ảnh nên" in m.get("text", "")]
    assert len(refusals) == 1

    await hanh.say("/phien")
    await hanh.press("Xem số 1", "Dung")
    await hanh.press("Xem ảnh", "Ảnh: 4 ảnh")
    album = await received(hanh, "photo", 4)
    (note,) = await received(hanh, "voice", 1)

    assert len({message["media_group_id"] for message in album}) == 1
    assert all(message["has_protected_content"] for message in [*album, note])
    assert PLACE in SPOKEN
    assert await town.practice.file(note["voice"]["file_id"]) == only_sound(SPOKEN)
    for message in album:
        content = await town.practice.file(message["photo"][-1]["file_id"])
        assert PLANTED not in content
        with Image.open(io.BytesIO(content)) as seen:
            assert (seen.size, dict(seen.getexif())) == ((1200, 1600), {})


async def test_each_file_that_cannot_be_kept_has_its_sentence_and_nothing_is_lost(
    town: Town,
) -> None:
    await town.open()
    dung = await filled_in(town)
    for kind, content, key in (
        ("document", b"%PDF-1.7", "file.no_picture"),
        ("photo", ROOM[:9000], "file.broken_picture"),
        ("video", b"film", "session.no_film"),
        ("voice", spoken(300), "file.voice_too_long"),
    ):
        await dung.send(kind, content)
        await dung.sees(sentence(key))

    await dung.press("Xong, gửi")
    await dung.sees("Đã ghi nhận buổi tuyên truyền")
