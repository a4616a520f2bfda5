"""Two approvals, and a deputy's, by chat alone, on real processes."""

import pytest

from tests.e2e.newcomer import Newcomer, come_in
from tests.e2e.town import Town, until

pytestmark = pytest.mark.e2e

NEWS = "Ngày mai cúp điện từ 8 giờ đến 11 giờ để thay trạm biến áp đường Lê Lợi."
LAN = Newcomer("Lan", 1020, "approver", "92")
"""A second approver."""
SOURCE = "Thông báo số 46/TB-UBND ngày 20/11/2026 của UBND phường"


async def name_a_deputy(town: Town) -> None:
    """Hạnh lets Giang stand in for Bình, who goes on leave."""
    hanh = town.person("Hạnh")
    await hanh.say("/donvi")
    await hanh.press("Ủy quyền", "nhân sự|tuyên truyền|Cần Thơ")
    await hanh.press("Ủy quyền mới", "không ai được ủy quyền")
    await hanh.press("Bình", "Ủy quyền thay ai")
    await hanh.press("Giang", "Ai sẽ thay")
    await hanh.press("1 tuần", "từ ngày nào")
    await town.person("Giang").sees("được ủy quyền thay Bình")
    await town.person("Bình").sees("Giang được ủy quyền thay anh/chị")


async def demand_two(town: Town) -> None:
    """Hạnh sets two approvals for what is urgent."""
    hanh = town.person("Hạnh")
    await hanh.say("/donvi")
    await hanh.press("Quy định duyệt")
    await hanh.press("Ưu tiên: 2", "quy định duyệt bản tin")
    await hanh.sees("Ưu tiên: 2 người duyệt")


async def submit(town: Town, urgent: bool = False) -> None:
    an = town.person("An")
    await an.say("/soan")
    await an.offered("Bỏ bản tin")
    await an.say(f"{NEWS}\nBà con nhắn nhau cùng biết.")
    await an.press("Điện, nước")
    await an.sees("Công văn số")
    await an.say(SOURCE)
    if urgent:
        await an.press("Loại tin", NEWS)
        await an.press("Ưu tiên")
        await an.press("Gửi duyệt", "Loại: Ưu tiên")
    else:
        await an.press("Gửi duyệt", NEWS)
    await an.sees("Đã gửi tới người duyệt")


async def groups_with_it(town: Town) -> list[int]:
    return [await town.copies(group, NEWS) for group in town.groups]


async def test_an_urgent_bulletin_goes_out_when_two_have_agreed(
    kept_in: dict[str, str], town: Town
) -> None:
    await town.open(**kept_in)
    lan = await come_in(town, LAN, kept_in)
    await demand_two(town)
    await submit(town, urgent=True)

    await town.person("Bình").press("Duyệt", NEWS[:40])
    await town.person("An").sees("Bình đã duyệt.*còn chờ một người nữa")
    assert await groups_with_it(town) == [0] * len(town.groups)
    await lan.press("Duyệt", NEWS[:40])

    async def everywhere() -> bool:
        return await groups_with_it(town) == [1] * len(town.groups)

    await until(everywhere, "one copy in each of the six groups")
    await town.person("Bình").sees("Lan cũng đã duyệt")


async def test_a_deputy_approves_while_the_holder_is_away(
    kept_in: dict[str, str], town: Town
) -> None:
    await town.open(**kept_in)
    await name_a_deputy(town)
    await submit(town)
    await town.person("Giang").press("Duyệt", NEWS[:40])

    async def everywhere() -> bool:
        return await groups_with_it(town) == [1] * len(town.groups)

    await town.person("An").sees("Giang đã duyệt bản tin của anh/chị")
    await until(everywhere, "one copy in each of the six groups")
