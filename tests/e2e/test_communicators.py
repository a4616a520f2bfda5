"""Dung sees what goes out today, and passes on what she heard, with her name and without."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.town import Person, Town, button, labels

pytestmark = pytest.mark.e2e

POINTS = "Đậy đồ ăn, đưa trẻ nhỏ ra ngoài 30 phút."
NEWS = "Ngày mai phun thuốc diệt muỗi ở khu vực 1."
RUBBISH = "Bà con nói xe rác ba ngày chưa vào hẻm 7."
LAMP = "Bà con khen đèn đường mới."
ANSWER = "Phường đã nhắc đội thu gom."


async def test_the_days_bulletin_comes_with_its_points_and_no_group_gets_those(
    town: Town,
) -> None:
    await town.open()
    an, dung = town.person("An"), town.person("Dung")
    await an.say("/soan")
    await an.offered("Bỏ bản tin")
    await an.say(f"{NEWS}\nBà con nhắn nhau cùng biết.")
    await an.press("Y tế")
    await an.sees("Công văn số")
    await an.say("Công văn 9/UBND")
    await an.press("Ý chính để nói", NEWS)
    await an.offered("Không kèm ý chính")
    last = await an.last()
    await an.say(POINTS)
    await an.press("Gửi duyệt", NEWS, after=last)
    binh = town.person("Bình")
    await binh.sees(POINTS)
    await binh.press("Duyệt", NEWS)
    await an.sees(f"đã duyệt.*{NEWS}")

    await dung.say("/homnay")
    day = await dung.sees(f"địa bàn của anh/chị.*{NEWS}")
    for label in labels(day):
        if "Đọc số" in label:
            await dung.press_on(day, label)
    await dung.sees(f"📢.*{NEWS}")
    await dung.sees(f"đã duyệt cùng bản tin.*{POINTS}")
    await dung.press_on(day, "Đã đọc")
    await dung.sees("Đã ghi nhận")
    await an.sees(f"6/6.*{NEWS}")
    assert [await town.copies(group, POINTS) for group in town.groups] == [0] * len(town.groups)


async def pass_on(dung: Person, bearing: str, text: str, file: str) -> None:
    last = await dung.last()
    await dung.say("/nghe")
    await dung.press(bearing, after=last)
    await dung.sees("Bà con nói gì", after=last)
    await dung.say(text)
    for choice in ("Môi trường", "Nhiều ý kiến", "Trung bình", file):
        await dung.press(choice, after=last)
    await dung.sees("Mã ý kiến", after=last)


async def opened(giang: Person, town: Town, text: str) -> str:
    """The newest case, as Giang reads it."""
    fitting = [m for m in await giang.messages(town.staff) if button(m, "Mở đọc riêng")]
    await giang.follow(fitting[-1], "Mở đọc riêng")
    return str((await giang.sees(text))["text"])


async def test_what_was_heard_comes_to_staff_and_its_answer_comes_back(town: Town) -> None:
    await town.open()
    dung, giang = town.person("Dung"), town.person("Giang")
    await dung.say("/nghe")
    await dung.press("Tôi đồng ý")
    await dung.press("Hủy")

    await pass_on(dung, "Giữ kín tên tôi", RUBBISH, "Gửi, giữ kín tên tôi")
    await giang.sees("Ý kiến mới", town.staff)
    unnamed = await opened(giang, town, RUBBISH)
    assert "xin giữ kín tên" in unnamed
    assert "Dung" not in unnamed
    await giang.press("Nhận xử lý", RUBBISH)
    await giang.press("Trả lời", RUBBISH)
    await giang.sees("câu trả lời")
    await giang.say(ANSWER)
    await giang.press("Gửi câu trả lời", ANSWER)
    await dung.sees(f"trả lời ý kiến.*{ANSWER}")

    await pass_on(dung, "Ghi tên tôi", LAMP, "Gửi, ghi tên tôi")
    await giang.sees("Ý kiến mới.*Khu vực 1", town.staff)
    assert "người chuyển: Dung" in await opened(giang, town, LAMP)
    assert bearers(town.folder / "data" / "main.db") == {RUBBISH: None, LAMP: "Dung"}


def bearers(main: Path) -> dict[str, str | None]:
    """Who is written down as having brought each case."""
    with closing(sqlite3.connect(main)) as file:
        found = file.execute(
            "SELECT opinion.text, person.name FROM opinion"
            " LEFT JOIN person ON person.id = opinion.bearer_id"
        ).fetchall()
    return dict(found)
