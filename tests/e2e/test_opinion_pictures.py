"""Pictures of an opinion, from a resident's phone to whoever handles the case."""

import io

import pytest
from PIL import Image

from tests.e2e.test_session_media import ROOM, received
from tests.e2e.town import Town
from tests.unit.channels.test_pictures import PLANTED

pytestmark = pytest.mark.e2e

HOLE = "Đường Hai Bà Trưng có ổ gà lớn."


async def test_the_place_and_hour_inside_a_picture_reach_neither_disk_nor_staff(town: Town) -> None:
    await town.open()
    em, giang = town.person("Em"), town.person("Giang")
    await em.send("photo", ROOM, album="k1", caption=HOLE)
    await em.send("photo", ROOM, album="k1")
    await em.sees("Đã giữ 2 ảnh")
    await em.press("đồng ý", "113.*114.*115")
    await em.press("Phản ánh")
    await em.press("Đường sá")
    await em.press("Ninh Kiều")
    await em.press("📨", "Ảnh gửi kèm: 2")
    await em.sees(r"HC-\w{5}-\w{5}.*/tracuu")

    await giang.follow(await giang.sees("Ý kiến mới", chat=town.staff), "đọc")
    await giang.press("Xem ảnh", f"{HOLE}.*")
    album = await received(giang, "photo", 2)

    assert PLANTED in ROOM
    data = town.folder / "data"
    kept = [path for path in data.rglob("*") if path.is_file() and "sandbox" not in path.parts]
    assert kept
    assert not [path for path in kept if PLANTED in path.read_bytes()]
    for message in album:
        content = await town.practice.file(message["photo"][-1]["file_id"])
        assert PLANTED not in content
        assert message["has_protected_content"]
        with Image.open(io.BytesIO(content)) as seen:
            assert dict(seen.getexif()) == {}
