"""A communicator logs a session in the chat, counted by what they tap and type."""

import pytest

from tests.e2e.town import Town

pytestmark = pytest.mark.e2e

MOST_STEPS = 12


class Counting:
    """A person whose every message and tap is counted (người ghi)."""

    def __init__(self, town: Town, name: str) -> None:
        self.person, self.steps, self.seen = town.person(name), 0, 0

    async def say(self, text: str) -> None:
        self.steps += 1
        self.seen = await self.person.last()
        await self.person.say(text)

    async def press(self, label: str, words: str = "") -> None:
        message = await self.person.offered(label, words, after=self.seen)
        self.steps += 1
        self.seen = await self.person.last()
        await self.person.press_on(message, label)

    async def sees(self, words: str) -> str:
        return str((await self.person.sees(words, after=self.seen))["text"])


async def fill_in(dung: Counting) -> None:
    """Every question answered; only the last look is left."""
    await dung.say("/phien")
    await dung.sees("Buổi diễn ra khi nào")
    await dung.say("hôm qua 19h")
    await dung.press("90 phút")
    await dung.sees("Ở đâu")
    await dung.say("Nhà văn hóa Khu vực 1")
    await dung.sees("nói về việc gì")
    await dung.say("Phòng chống sốt xuất huyết")
    await dung.press("Y tế")
    await dung.press("Trực tiếp")
    await dung.press("Họp dân")
    await dung.sees("Bao nhiêu người nghe")
    await dung.say("45")


async def log_first(dung: Counting) -> None:
    await fill_in(dung)
    await dung.press("Xong, gửi", "Nhà văn hóa.*45")


async def test_a_session_is_logged_in_twelve_steps_and_confirmed(
    kept_in: dict[str, str], town: Town
) -> None:
    await town.open(**kept_in)
    dung = Counting(town, "Dung")

    await log_first(dung)

    await dung.sees("Đã ghi nhận buổi tuyên truyền")
    assert dung.steps <= MOST_STEPS

    hanh = town.person("Hạnh")
    await hanh.say("/phien")
    await hanh.press("Xem số 1", "Dung")
    await hanh.press("Xác nhận", "Nhà văn hóa Khu vực 1.*45")
    await dung.press("Xem, sửa")
    await dung.sees("Đã xác nhận")


async def test_one_like_the_last_takes_five(town: Town) -> None:
    await town.open()
    await log_first(Counting(town, "Dung"))
    dung = Counting(town, "Dung")

    await dung.say("/phien")
    await dung.press("Như buổi trước")
    await dung.say("2 tiếng trước")
    await dung.press("20", "Bao nhiêu người")
    await dung.press("Xong, gửi", "Nhà văn hóa.*20")

    await dung.sees("Đã ghi nhận buổi tuyên truyền")
    assert dung.steps == 5
