"""Dung's own page: her month beside the plan, what she logged, a file of it, a good word."""

import struct
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from domain.clock import LOCAL_ZONE, SystemClock
from tests.e2e.test_session import Counting, log_first
from tests.e2e.town import Json, Person, Town, until

pytestmark = pytest.mark.e2e

PRAISE = "Buổi ở khu vực 1 nói dễ hiểu."


async def sent_file(who: Person, kind: str, after: int) -> Json:
    """The newest message with such a file, once there is one."""

    async def newest() -> Json | None:
        found = [m for m in await who.messages() if m["message_id"] > after and kind in m]
        return found[-1] if found else None

    found: Json = await until(newest, f"a {kind} sent to {who.user}")
    return found


async def content_of(town: Town, file_id: str) -> bytes:
    about = {"id": file_id}
    async with town.session.get(f"{town.practice.url}/control/file", params=about) as answer:
        assert answer.status == 200
        return await answer.read()


async def set_plan(hanh: Person) -> None:
    await hanh.say("/donvi")
    await hanh.press("Hoạt động tháng này")
    await hanh.press("Kế hoạch tháng")
    await hanh.sees("chưa có kế hoạch")
    await hanh.say("-5")
    await hanh.sees("kế hoạch phải từ 0 đến 60")
    await hanh.say("4")
    await hanh.sees("kế hoạch 4 buổi")


async def praise(hanh: Person) -> None:
    last = await hanh.last()
    await hanh.say("/donvi")
    for label in ("Ninh Kiều", "Khu vực 1", "Nhân sự", "Dung", "Lời khen", "Viết lời khen"):
        message = await hanh.offered(label, after=last)
        last = int(message["message_id"])
        await hanh.press_on(message, label)
    await hanh.sees("một hai câu", after=last)
    await hanh.say(PRAISE)


async def test_a_communicator_sees_their_month_and_takes_it_along(
    kept_in: dict[str, str], town: Town
) -> None:
    await town.open(**kept_in)
    dung, hanh = town.person("Dung"), town.person("Hạnh")
    await set_plan(hanh)
    await log_first(Counting(town, "Dung"))
    await dung.sees("Đã ghi nhận buổi tuyên truyền")
    await hanh.say("/phien")
    await hanh.press("Xem số 1", "Dung")
    await hanh.press("Xác nhận", "Nhà văn hóa Khu vực 1.*45")
    last = await dung.last()

    await dung.say("/phiencuatoi")
    picture = await sent_file(dung, "photo", last)
    page = await dung.sees("Buổi tuyên truyền của tôi", after=last)
    png = await content_of(town, picture["photo"][-1]["file_id"])
    assert struct.unpack(">II", png[16:24]) == (1000, 600)
    assert "Đường màu cam: kế hoạch" in picture["caption"]
    assert "kế hoạch 4 buổi" in page["text"]

    await dung.press("Các buổi đã ghi", after=last)
    await dung.press("Phòng chống sốt xuất huyết", "Các buổi tôi đã ghi", after=last)
    await dung.sees("Đã xác nhận.*Nhà văn hóa Khu vực 1", after=last)
    await dung.press("Tải về", after=last)
    file = await sent_file(dung, "document", last)
    workbook = load_workbook(BytesIO(await content_of(town, file["document"]["file_id"])))
    headings, *rows = workbook.worksheets[0].iter_rows(values_only=True)
    (row,) = [dict(zip(headings, one, strict=True)) for one in rows]
    yesterday = SystemClock().now().astimezone(LOCAL_ZONE).date() - timedelta(days=1)
    assert (row["Ngày"].date(), row["Trạng thái"]) == (yesterday, "Đã xác nhận")
    assert {45, 90, "Nhà văn hóa Khu vực 1", "19:00"} <= set(row.values())


async def test_a_good_word_is_given_and_read(town: Town) -> None:
    await town.open()
    dung, hanh = town.person("Dung"), town.person("Hạnh")

    await praise(hanh)

    await dung.sees(f"Hạnh.*gửi lời khen.*{PRAISE}")
    last = await dung.last()
    await dung.say("/phiencuatoi")
    await dung.sees(f"Lời khen.*{PRAISE}.*Hạnh", after=last)
    await hanh.press("Rút lại")
    await hanh.sees("Chưa có lời khen")

    async def is_gone() -> bool:
        texts = [m.get("text", "") for m in await dung.messages()]
        return not any("gửi lời khen" in text for text in texts)

    await until(is_gone, "the message to be deleted")
