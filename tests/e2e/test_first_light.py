"""From an author's draft to six groups, and from a resident's words to an answer."""

import re

import pytest

from tests.e2e.town import Town, until

pytestmark = pytest.mark.e2e

NEWS = "Ngày mai ngừng nước từ 8 giờ đến 11 giờ để sửa ống trên đường Hai Bà Trưng."
OPINION = "Đường Hai Bà Trưng có ổ gà lớn trước số 12, xe máy dễ té."
ANSWER = "Phường đã cho vá ổ gà sáng 25/11. Cảm ơn anh/chị đã báo."


@pytest.fixture
def begins_with() -> None:
    """Nothing: the first start of all has both databases to make."""


async def test_author_approver_groups_resident_and_triager(
    kept_in: dict[str, str], town: Town
) -> None:
    await town.open(**kept_in)

    await write_and_submit(town)
    await approve(town)
    await every_group_has_it_once(town)
    code = await file_opinion(town)
    await answer(town)
    await follow_up(town, code)

    assert (await town.desk("/healthz"))[0] == 200
    assert 'haichieu_deliveries_total{outcome="sent"}' in (await town.desk("/metrics"))[1]


async def write_and_submit(town: Town) -> None:
    an = town.person("An")
    await an.say("/soan")
    await an.offered("Bỏ bản tin")
    await an.say(f"{NEWS}\nBà con nhắn nhau cùng biết.")
    await an.press("Điện, nước")
    await an.sees("Công văn số")
    await an.say("Thông báo số 45/TB-UBND ngày 20/11/2026 của UBND phường")
    panel = await an.offered("Gửi duyệt", NEWS)
    assert NEWS in (await an.sees(f"📢.*{NEWS}"))["text"]
    assert all(town.titles[group] in panel["text"] for group in town.groups)
    await an.press_on(panel, "Gửi duyệt")


async def approve(town: Town) -> None:
    await town.person("Bình").press("Duyệt", NEWS)
    await town.person("An").sees(f"đã duyệt.*{NEWS}")


async def every_group_has_it_once(town: Town) -> None:
    async def everywhere() -> bool:
        return all([await town.copies(group, NEWS) == 1 for group in town.groups])

    await until(everywhere, "one copy in each of the six groups")
    receipts = await town.person("An").sees(f"6/6 nhóm.*{NEWS}")
    links = [each for each in receipts["entities"] if each["type"] == "text_link"]
    assert len(links) == len(town.groups)


async def file_opinion(town: Town) -> str:
    em = town.person("Em")
    await em.say(OPINION)
    await em.press("đồng ý", "113.*114.*115")
    await em.press("Phản ánh")
    await em.press("Đường sá")
    await em.press("Ninh Kiều")
    await em.press("📨", "ổ gà")
    receipt = await em.sees(r"HC-\w{5}-\w{5}.*/tracuu")
    found = re.search(r"HC-\w{5}-\w{5}", receipt["text"])
    assert found
    return found.group()


async def answer(town: Town) -> None:
    giang = town.person("Giang")
    card = await giang.sees("Ý kiến mới", chat=town.staff)
    assert "ổ gà" not in card["text"]
    await giang.follow(card, "đọc")
    await giang.press("Nhận xử lý", "ổ gà")
    await giang.press("Trả lời", "ổ gà")
    await giang.sees("câu trả lời.*YK-")
    await giang.say(ANSWER)
    await giang.press("📨", ANSWER)


async def follow_up(town: Town, code: str) -> None:
    em = town.person("Em")
    await em.press("Đã xong", f"{code}.*{ANSWER}")
    await em.press("Chưa xong", f"{code}.*{ANSWER}")
    await town.person("Giang").sees("mở lại", chat=town.staff)
    await nobody_on_the_staff_side_knows(town, code)
    await em.say(f"/tracuu {code}")
    status = await em.sees(f"{code}.*Tình trạng")
    assert ANSWER in status["text"]


async def nobody_on_the_staff_side_knows(town: Town, code: str) -> None:
    """Neither who it was nor the code, which opens and erases the case, ever reached staff."""
    giang, em = town.person("Giang"), town.people["Em"]
    seen = [*await giang.messages(), *await giang.messages(town.staff)]
    shown = " ".join(message.get("text", "") for message in seen)
    assert code not in shown
    assert str(em) not in shown
