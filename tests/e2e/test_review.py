"""Two approvals, and a deputy's, by chat alone, on real processes."""

import re

import pytest

from tests.e2e.town import Person, Process, Town, sentence, until

pytestmark = pytest.mark.e2e

NEWS = "Ngày mai cúp điện từ 8 giờ đến 11 giờ để thay trạm biến áp đường Lê Lợi."
LAN = 1020
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


async def come_in(town: Town, kept_in: dict[str, str]) -> Person:
    """Lan, a second approver, by her invite."""
    settings = {"DATA_DIR": str(town.folder / "data"), "SANDBOX_BIND": town.sandbox} | kept_in
    log = town.folder / "invite.log"
    asked = ("invite", "--unit-code", "92", "--name", "Lan", "--role", "approver")
    assert await Process(asked, settings, log).ended() == 0, log.read_text()
    await town.practice.post("users", id=LAN, first_name="Lan", language_code="vi")
    lan = Person(town.practice, LAN, town.bot)
    token = re.search(r"inv_[\w-]+", log.read_text())
    assert token is not None
    await lan.start(token[0])
    await town.person("Hạnh").press("Đúng người", "Lan")
    await lan.sees(sentence("access.welcome"))
    return lan


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
    lan = await come_in(town, kept_in)
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
