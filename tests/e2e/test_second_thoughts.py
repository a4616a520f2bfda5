"""What six groups got is taken back, or corrected: in those six, and nowhere else."""

import re

import pytest

from tests.e2e import test_first_light as walk
from tests.e2e.town import Json, Town, until

pytestmark = pytest.mark.e2e

RIGHT = walk.NEWS.replace("11 giờ", "13 giờ")


async def test_what_was_sent_is_taken_back_from_its_groups_alone(town: Town) -> None:
    await town.open()
    await walk.write_and_submit(town)
    await walk.approve(town)
    await walk.every_group_has_it_once(town)
    others = await numbers(town, "")
    ours = await numbers(town, walk.NEWS)

    await withdraw(town)
    await until(lambda: gone(town), "no copy in any group")

    binh = town.person("Bình")
    assert walk.NEWS in (await binh.sees("Đã gỡ khỏi 6/6 nhóm"))["text"]
    assert others - ours <= await numbers(town, "")


async def withdraw(town: Town) -> None:
    await press_in_plan(town, "Thu hồi")
    await town.person("An").press("Đúng, thu hồi", walk.NEWS[:40])


async def press_in_plan(town: Town, label: str) -> None:
    """The button about An's news: the demo's own bulletin may have gone out after it."""
    an = town.person("An")
    await an.say("/lich")
    sent = rf"^(\d+)\. [^\n]* ✅ [^\n]*{re.escape(walk.NEWS[:30])}"
    plan = await an.sees(f"(?m){sent}")
    found = re.search(sent, plan["text"], re.MULTILINE)
    assert found is not None, plan["text"]
    await an.press_on(plan, found[1])
    await an.press(label, "✍️ An soạn")


async def gone(town: Town) -> bool:
    return all([await town.copies(group, walk.NEWS) == 0 for group in town.groups])


async def test_what_was_wrong_is_corrected_in_its_place(town: Town) -> None:
    await town.open()
    await walk.write_and_submit(town)
    await walk.approve(town)
    await walk.every_group_has_it_once(town)
    before = await numbers(town, walk.NEWS)

    await correct(town)
    await until(lambda: corrected(town), "the right words in each group, the wrong ones in none")

    assert "6/6 nhóm" in (await town.person("Bình").sees(f"6/6 nhóm.*{RIGHT}"))["text"]
    assert await numbers(town, RIGHT) == before


async def correct(town: Town) -> None:
    """An writes it anew; Bình sees what changes, and approves."""
    an, binh = town.person("An"), town.person("Bình")
    await press_in_plan(town, "Đính chính")
    await an.press("Nội dung", walk.NEWS)
    await an.say(f"{RIGHT}\nBà con nhắn nhau cùng biết.")
    await an.press_on(await an.offered("Gửi duyệt", RIGHT), "Gửi duyệt")
    changed = await binh.sees("những chỗ thay đổi")
    looks = {mark["type"]: shown(changed["text"], mark) for mark in changed["entities"]}
    assert (looks["strikethrough"], looks["underline"]) == ("11", "13")
    await binh.press("Duyệt", RIGHT)


def shown(text: str, mark: Json) -> str:
    """The words that a mark lies on: its place is counted in UTF-16 units."""
    begin, end = 2 * mark["offset"], 2 * (mark["offset"] + mark["length"])
    return text.encode("utf-16-le")[begin:end].decode("utf-16-le")


async def corrected(town: Town) -> bool:
    right = [await town.copies(group, RIGHT) for group in town.groups]
    wrong = [await town.copies(group, walk.NEWS) for group in town.groups]
    return right == [1] * 6 and wrong == [0] * 6


async def numbers(town: Town, text: str) -> set[tuple[int, int]]:
    """(group, number) of the messages with these words."""
    hanh = town.person("Hạnh")
    return {
        (group, message["message_id"])
        for group in town.groups
        for message in await hanh.messages(group)
        if text in message.get("text", "")
    }
