"""A supervisor calls three communicators to a training; they answer, come, and are counted."""

import re
import sqlite3
from contextlib import AsyncExitStack, closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import aiohttp
import pytest

from domain.clock import LOCAL_ZONE
from tests.chaos.test_clock import TimeOfDay
from tests.e2e.communicator import Communicator, Listener
from tests.e2e.district import District, roster
from tests.e2e.town import Json, sentence, until

pytestmark = pytest.mark.e2e

HURRIED = ("-m", "tests.e2e.hurried")
TITLE, LINK = "An toàn <mạng>", "https://cantho.gov.vn/bai?a=1&b=2"
NINE = datetime.combine(datetime.now(LOCAL_ZONE) + timedelta(days=1), time(9), LOCAL_ZONE)
"""Tomorrow morning, where the test begins: whenever it is run, no hour is a quiet one."""
CODE = re.compile(r"^(\d{3} \d{3})$", re.MULTILINE)


def seconds_until(moment: datetime) -> float:
    return (moment - datetime.now(UTC)).total_seconds()


class Training:
    """Everybody of it, and what main holds of it."""

    def __init__(self, district: District, clock: TimeOfDay) -> None:
        self.district, self.clock = district, clock
        self.start = NINE.replace(hour=8) + timedelta(days=2)

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.district.data / "main.db")) as file:
            return file.execute(statement).fetchall()

    async def comes_to(self, moment: datetime) -> None:
        """The clock goes there once nothing is under way any more."""
        waiting = "SELECT 1 FROM outbox WHERE state IN ('queued', 'sending')"
        await until(lambda: not self.sql(waiting), "the end of every send")
        self.clock.ahead(seconds_until(moment))

    async def stored(self, statement: str, found: object) -> None:
        await until(lambda: self.sql(statement) == [(found,)], f"{statement} = {found}")


async def prepare(hanh: Listener, training: Training) -> None:
    """From /hoinghi to the invitations."""
    await hanh.say("/hoinghi")
    await hanh.press(await hanh.hears("Chưa có buổi nào"), "Soạn giấy mời")
    await hanh.press(await hanh.hears(sentence("conference_ask.kind")), "Tập huấn")
    for key, typed in (
        ("title", TITLE),
        ("start", f"{training.start:%d/%m} 8h"),
        ("minutes", "đến 7h"),
    ):
        await hanh.hears(sentence(f"conference_ask.{key}"))
        await hanh.say(typed)
    await hanh.hears("phải sau giờ bắt đầu")
    await hanh.say("đến 10h")
    await hanh.hears(sentence("conference_ask.place"))
    await hanh.say("Hội trường A, 12 Hòa Bình")
    await hanh.press(await hanh.hears(sentence("conference_ask.audience")), "Tất cả")
    await hanh.press(await hanh.hears(sentence("conference_ask.note")), "Không dặn")
    await hanh.press(await hanh.hears("3 người sẽ nhận giấy mời riêng"), "Mời ngay")


async def its_page(hanh: Listener) -> Json:
    await hanh.say("/hoinghi")
    await hanh.press(await hanh.hears("An toàn <mạng> –"), TITLE)
    return await hanh.hears("Mời 3: sẽ dự")


async def press_through(hanh: Listener, label: str, words: str) -> Json:
    await hanh.press(await its_page(hanh), label)
    return await hanh.hears(words)


async def invite(hanh: Listener, people: list[Communicator], training: Training) -> None:
    """The first says yes after a no, the second no, the third nothing."""
    await prepare(hanh, training)
    cards = [await one.hears(f"mời anh/chị dự.*{TITLE}.*Hội trường A") for one in people]
    await people[0].press(cards[0], "Không dự được")
    await training.stored("SELECT count(*) FROM conference_guest WHERE reply = 'no'", 1)
    await people[0].press(cards[0], "Sẽ dự")
    await people[1].press(cards[1], "Không dự được")
    await training.stored("SELECT count(*) FROM conference_guest WHERE reply = 'yes'", 1)
    await training.stored("SELECT count(*) FROM conference_guest WHERE reply = 'no'", 1)


async def remind(people: list[Communicator], training: Training) -> None:
    await training.comes_to(training.start - timedelta(days=1))
    await people[0].hears("đã báo sẽ dự.*đột xuất")
    await people[2].hears("chưa nhận được trả lời")
    await training.comes_to(training.start - timedelta(hours=2))
    await people[0].hears("Sắp đến giờ")


async def attend(hanh: Listener, people: list[Communicator], training: Training) -> None:
    """The first types the code, the second scans it after all, the third's phone is dead."""
    await training.comes_to(training.start)
    shown = CODE.search((await press_through(hanh, "Mã điểm danh", "Điểm danh:"))["text"])
    assert shown is not None
    code = shown[1]
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    await people[0].say(f"/hoinghi {wrong}")
    await people[0].hears(sentence("conference.wrong_code"))
    await people[0].say(f"/hoinghi {code}")
    await people[0].hears("Đã điểm danh")
    await people[1].start(f"dd_{code.replace(' ', '')}")
    await people[1].hears("Đã điểm danh")
    await press_through(hanh, "Ghi tay", "Gõ tên người có mặt")
    await hanh.say("dung 3")
    await hanh.press(await hanh.hears("đúng người"), "Dung 3")
    await training.stored("SELECT count(*) FROM conference_guest WHERE came = 'hand'", 1)


async def send_conference_note(hanh: Listener, people: list[Communicator]) -> None:
    await press_through(hanh, "Gửi tài liệu", "liên kết trong một tin")
    await hanh.say("Bài giảng: http://cantho.gov.vn/bai")
    await hanh.hears("Chỉ gửi được liên kết bắt đầu bằng https://")
    await hanh.say(f"Bài giảng: {LINK}")
    await hanh.press(await hanh.hears("Gửi cho 3 người"), "Đúng, gửi")
    for one in people:
        await one.hears(re.escape(LINK))


async def count(hanh: Listener, training: Training) -> None:
    await training.comes_to(training.start + timedelta(hours=2, minutes=31))
    await training.stored("SELECT state FROM conference", "held")
    await hanh.say("/donvi")
    await hanh.press(await hanh.hears("Lực lượng ở cơ sở: 3 người"), "Hoạt động tháng này")
    await hanh.hears(r"đã tổ chức: 1 .*Được mời 3 lượt, báo dự 1, có mặt 3")


async def test_from_the_invitation_to_the_count(tmp_path: Path) -> None:
    clock = TimeOfDay(tmp_path / "clock")
    clock.ahead(seconds_until(NINE))
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        district = District(tmp_path, session, roster(3), HURRIED)
        district.settings |= clock.setting
        stack.push_async_callback(district.stop)
        await district.open()
        hanh = await stack.enter_async_context(district.supervisor().listening())
        people = [
            await stack.enter_async_context(district.communicator(one).listening())
            for one in district.listed
        ]
        training = Training(district, clock)
        await invite(hanh, people, training)
        await remind(people, training)
        await attend(hanh, people, training)
        await send_conference_note(hanh, people)
        await count(hanh, training)

        wait = "SELECT count(*) FROM outbox WHERE origin_id LIKE 'conference:%' AND state <> 'sent'"
        await training.stored(wait, 0)
