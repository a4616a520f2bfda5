"""A poll from its author to six groups, through a kill at its closing, to the published result."""

import sqlite3
from contextlib import closing

import pytest

from tests.e2e.town import Json, Person, Town, until

pytestmark = pytest.mark.e2e

NEWS = "Phường xếp lại lịch họp tổ dân phố. Bà con chọn buổi tiện nhất."
QUESTION = "Họp tổ dân phố lúc nào?"
POLL = f"{QUESTION}\n- Sáng Chủ nhật\n- Tối thứ Bảy\nĐóng sau: 2 ngày\n[km]\nពេលណា?\n- ព្រឹក\n- ល្ងាច"
VOTERS = 30
FIRST_VOTER = 7_000_000
LONG_AGO = "2020-01-01 00:00:00.000000"


async def test_a_poll_is_asked_closed_counted_and_published(town: Town) -> None:
    await town.open(CRASH_AT="stopped:3")

    await write(town)
    await town.person("Bình").press("Duyệt", NEWS)
    polls = {group: await poll_in(town, group) for group in town.groups}
    await vote(town, polls)
    assert not await seen_by_anybody(town)

    let_time_pass(town)
    card = await town.person("An").sees(f"đã đóng ở mọi nhóm.*{QUESTION}")
    await every_copy_is_closed_once(town)
    await publish(town, card)


async def write(town: Town) -> None:
    an = town.person("An")
    await an.say("/soan")
    await an.offered("Bỏ bản tin")
    await an.say(f"{NEWS}\nBà con xem thăm dò ngay dưới.")
    await an.press("Điện, nước")
    await an.sees("Công văn số")
    await an.say("Thông báo số 9/TB-UBND ngày 20/11/2026 của UBND phường")
    panel = await an.offered("Gửi duyệt", NEWS)
    await an.press_on(panel, "Thăm dò")
    await an.sees("câu hỏi ở dòng đầu")
    await an.say(POLL)
    panel = await an.offered("Gửi duyệt", QUESTION)
    assert "ព្រឹក" in panel["text"]
    await an.press_on(panel, "Gửi duyệt")


async def poll_in(town: Town, group: int) -> Json:
    """The one poll of a group, which stands below its words."""

    async def found() -> Json | None:
        messages = await town.person("Hạnh").messages(group)
        polls = [n for n, message in enumerate(messages) if "poll" in message]
        if not polls:
            return None
        assert len(polls) == 1
        above = [message["text"] for message in messages[: polls[0]] if "text" in message]
        words = [text for text in above if NEWS in text]  # another bulletin may come in between
        assert len(words) == 1
        assert words[0].count("📊") == 1
        return messages[polls[0]]

    asked: Json = await until(found, f"the poll in {group}")
    assert asked["poll"]["is_anonymous"]
    return asked


async def vote(town: Town, polls: dict[int, Json]) -> None:
    """Thirty neighbours in the first group, and three in each of the others."""
    for number, (group, message) in enumerate(polls.items()):
        for each in range(VOTERS if number == 0 else 3):
            user = FIRST_VOTER + number * 100 + each
            await town.practice.post("users", id=user, first_name="Bà con")
            await town.practice.post("members", chat=group, add=[user])
            wish = {"user": user, "chat": group, "message_id": message["message_id"]}
            await town.practice.post("vote", options=[each % 2], **wish)


async def seen_by_anybody(town: Town) -> bool:
    """Whether some message shows a vote."""
    for group in town.groups:
        message = await poll_in(town, group)
        if any(option["voter_count"] for option in message["poll"]["options"]):
            return True
    return False


def let_time_pass(town: Town) -> None:
    """The polls' time is over."""
    with closing(sqlite3.connect(town.folder / "data" / "main.db")) as file:
        file.execute("UPDATE poll_copy SET closes_at = ?, try_at = ?", (LONG_AGO, LONG_AGO))
        file.commit()


async def every_copy_is_closed_once(town: Town) -> None:
    calls = await town.practice.get("calls")
    closed = [c for c in calls["calls"] if c["method"].lower() == "stoppoll" and c["code"] == 200]
    assert len(closed) == len(town.groups)


async def publish(town: Town, card: Json) -> None:
    assert "khoảng 45 lượt" in card["text"]
    assert "không phải khảo sát" in card["text"]
    an: Person = town.person("An")
    await an.press_on(card, "Công bố kết quả")
    await an.press("Gửi duyệt", "Kết quả thăm dò")
    await town.person("Bình").press("Duyệt", "Kết quả thăm dò")

    khmer = town.groups[4]

    async def everywhere() -> bool:
        heads = {khmer: "លទ្ធផលស្ទង់មតិ៖ ពេលណា?"}
        return all(
            [await town.copies(one, heads.get(one, "Kết quả thăm dò")) for one in town.groups]
        )

    await until(everywhere, "the result in each group")
