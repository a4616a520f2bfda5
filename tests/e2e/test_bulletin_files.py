"""A bulletin's file with pictures beside it: the groups get them as one album, clean."""

import io

import pytest
from PIL import Image

from tests.e2e.test_album import ROADS, albums
from tests.e2e.town import Process, Town, until
from tests.unit.channels.test_pictures import PLANTED

pytestmark = pytest.mark.e2e

TITLE = "Cấm cầu Cái Khế"
NEWS = "Cầu Cái Khế cấm xe từ 8 giờ sáng; bà con đi đường vòng như trong ảnh."
FILE = f"""\
---
id: cau-cai-khe
title: {TITLE}
field: giao_thong_do_thi
class: thong_thuong
source: Thông báo số 46/TB-UBND ngày 20/11/2026
pictures:
  - file: ban-do.jpg
    alt: Bản đồ đường vòng
  - file: cau.jpg
    alt: Cầu đang sửa
  - file: duong.jpg
    alt: Đường vòng
---
{NEWS}
"""


async def take_over(town: Town) -> None:
    folder = town.folder / "files"
    folder.mkdir()
    (folder / "cau-cai-khe.md").write_text(FILE)
    for name, content in zip(("ban-do", "cau", "duong"), ROADS, strict=True):
        (folder / f"{name}.jpg").write_bytes(content)
    asked = ["import", "bulletins", str(folder), "--as", "An"]
    run = Process(asked, {"DATA_DIR": str(town.folder / "data")}, town.folder / "import.log")
    town.runs.append(run)
    assert await run.ended() == 0, run.log.read_text()


async def test_pictures_of_a_file_reach_the_groups_as_one_album(town: Town) -> None:
    await town.open()
    await take_over(town)
    an, binh = town.person("An"), town.person("Bình")
    await an.say("/soan")
    await an.press("Bản nháp của tôi")
    await an.press(TITLE)
    await an.press("Gửi duyệt", TITLE)
    await binh.sees(r"1\. Bản đồ đường vòng.*2\. Cầu đang sửa.*3\. Đường vòng")
    await binh.press("Duyệt", TITLE)

    async def everywhere() -> bool:
        return all([await albums(town, group) for group in town.groups])

    await until(everywhere, "the album in each of the six groups", 120)
    for group in town.groups:
        (album,) = await albums(town, group)
        assert (len(album), NEWS in album[0]["caption"]) == (3, True)
        for message in album:
            content = await town.practice.file(message["photo"][-1]["file_id"])
            assert PLANTED not in content
            with Image.open(io.BytesIO(content)) as seen:
                assert dict(seen.getexif()) == {}
