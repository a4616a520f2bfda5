"""What six groups got is taken back by one person: gone from those six, and from nowhere else."""

import pytest

from tests.e2e import test_first_light as walk
from tests.e2e.town import Town, until

pytestmark = pytest.mark.e2e


async def test_what_was_sent_is_taken_back_from_its_groups_alone(town: Town) -> None:
    await town.open()
    await walk.write_and_submit(town)
    await walk.approve(town)
    await walk.every_group_has_it_once(town)
    standing = await copies_of_all_else(town)

    await withdraw(town)
    await until(lambda: gone(town), "no copy in any group")

    binh = town.person("Bình")
    assert walk.NEWS in (await binh.sees("Đã gỡ khỏi 6/6 nhóm"))["text"]
    assert await copies_of_all_else(town) == standing


async def withdraw(town: Town) -> None:
    an = town.person("An")
    await an.say("/lich")
    plan = await an.sees(f"Lịch phát tin.*{walk.NEWS[:40]}")
    number = next(
        line.split(".")[0] for line in reversed(plan["text"].split("\n")) if "nhóm đã nhận" in line
    )
    await an.press_on(plan, f"Thu hồi số {number}")
    await an.press("Đúng, thu hồi", walk.NEWS[:40])


async def gone(town: Town) -> bool:
    return all([await town.copies(group, walk.NEWS) == 0 for group in town.groups])


async def copies_of_all_else(town: Town) -> list[int]:
    """How many other messages stand in each group."""
    everything = [len(await town.person("Hạnh").messages(group)) for group in town.groups]
    ours = [await town.copies(group, walk.NEWS) for group in town.groups]
    return [every - our for every, our in zip(everything, ours, strict=True)]
