"""Three pictures to six groups, with a `kill -9` in the middle: each group has them once, clean."""

import io
import re

import pytest
from PIL import Image

from tests.e2e.test_post_is_killed import in_line_before
from tests.e2e.test_session_media import ROOM
from tests.e2e.town import Json, Person, Town, button, until
from tests.unit.channels.test_pictures import PLANTED, SIDEWAYS, written

pytestmark = [pytest.mark.e2e, pytest.mark.chaos]

NEWS = "Cầu Cái Khế cấm xe từ 8 giờ ngày mai; bà con đi đường vòng như trong ảnh."
TITLED = f"{NEWS}\nBà con nhắn nhau cùng biết."
BEFORE = 28
"""Entries ahead of the albums: what the demo sends of itself, and the approver's cards."""
MIDDLE = f"sent:{BEFORE + 3}"
ROADS = [
    ROOM,
    *(
        written(Image.new("RGB", (800, 600), colour), "JPEG", SIDEWAYS)
        for colour in ("navy", "olive")
    ),
]


async def albums(town: Town, group: int) -> list[list[Json]]:
    """The albums that a group has, each with its messages."""
    found: dict[str, list[Json]] = {}
    for message in await town.person("Hạnh").messages(group):
        if "media_group_id" in message:
            found.setdefault(message["media_group_id"], []).append(message)
    return list(found.values())


async def listed(person: Person, words: str) -> Json:
    """The message with buttons that holds these words, in its text or below a picture."""

    async def newest() -> Json | None:
        fitting = [
            message
            for message in await person.messages()
            if re.search(words, message.get("text", "") or message.get("caption", ""), re.DOTALL)
            and message.get("reply_markup")
        ]
        return fitting[-1] if fitting else None

    found: Json = await until(newest, f"{words!r} with buttons")
    return found


async def write_with_pictures(town: Town) -> None:
    an = town.person("An")
    await an.say("/soan")
    await an.offered("Bỏ bản tin")
    for number, content in enumerate(ROADS):
        await an.send("photo", content, album="k1", caption="" if number else TITLED)
    await an.press_on(await listed(an, "Kèm bản tin: 3 ảnh"), "Xong")
    for place in (1, 2, 3):
        asked = await listed(an, f"{place}/3: trong đó có gì")
        if place == 1:
            await an.say("Bản đồ đường vòng")
        else:
            await an.press_on(asked, "Để trống")
    await an.press("Giao thông")
    await an.sees("Công văn số")
    await an.say("Thông báo số 46/TB-UBND ngày 20/11/2026 của UBND phường")
    await an.press("Gửi duyệt", NEWS)


async def decide(town: Town) -> bool:
    """An says what is true of each group that the receipts ask about; whether all have it."""
    an = town.person("An")
    for card in await an.messages():
        for group in town.groups:
            title = town.titles[group]
            if button(card, f"Đã tới: {title}"):
                label = "Đã tới" if await albums(town, group) else "Gửi lại"
                await an.press_on(card, f"{label}: {title}")
    return all([await albums(town, group) for group in town.groups])


async def test_an_album_reaches_every_group_once_through_a_kill(town: Town) -> None:
    await town.open(CRASH_AT=MIDDLE)
    await town.fall_silent()
    await write_with_pictures(town)
    binh = town.person("Bình")
    await binh.sees(r"1\. Bản đồ đường vòng.*2\. chưa có mô tả")
    await binh.press("Duyệt", NEWS)

    async def everywhere() -> bool:
        return await decide(town)

    await until(everywhere, "the album in each of the six groups", 120)
    assert in_line_before(town, NEWS) == BEFORE
    assert re.search(r"post.*-9", town.log.read_text()), "it was not killed at all"
    for group in town.groups:
        (album,) = await albums(town, group)
        assert len(album) == 3
        assert NEWS in album[0]["caption"]
        for message in album:
            content = await town.practice.file(message["photo"][-1]["file_id"])
            assert PLANTED not in content
            with Image.open(io.BytesIO(content)) as seen:
                assert dict(seen.getexif()) == {}
