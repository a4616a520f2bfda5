"""Stopped in mid broadcast, then taken back or corrected: in just the groups that got it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.chaos.office import Place, sha256
from tests.chaos.rounds import Chaos, comes_true, opened
from tests.chaos.scene import BOTS, STAFF, USERNAME
from tests.e2e.town import Json, Person

pytestmark = pytest.mark.chaos

SEED = 1
SLOW_MS = 1000
"""So long each message takes: the broadcast lasts longer than it takes to press a button."""
IN_FLIGHT = 4
SOON = timedelta(seconds=4)
SEEN, DONE = 4, 40.0
RIGHT = "Bản tin đã sửa."
STOPPED_AT = "SELECT max(at) FROM audit WHERE action = 'bulletin:stop'"


def staff(chaos: Chaos, account: int) -> Person:
    return Person(chaos.scene.practice, account, USERNAME)


async def receipts(chaos: Chaos) -> list[Json]:
    """Of all that groups got."""
    return [each for each in await chaos.scene.lines("receipts") if each["chat"] < 0]


async def received(chaos: Chaos, words: str) -> list[Json]:
    """Of these words."""
    return [each for each in await receipts(chaos) if each["sha256"] == sha256(words)]


async def changed(chaos: Chaos, method: str) -> list[str]:
    """The groups in which a message was deleted, or edited, once for each time."""
    return sorted(
        each["chat"]
        for each in await chaos.scene.lines("calls")
        if each["method"] == method and each["code"] == 200 and each["chat"].startswith("-")
    )


async def texts(chaos: Chaos, group: int) -> list[str]:
    """What its members see there."""
    return [each["text"] for each in await staff(chaos, STAFF[0]).messages(group) if "text" in each]


async def plan(chaos: Chaos) -> Json:
    """What An sees of the plan now."""
    an = staff(chaos, STAFF[0])
    last = await an.last()
    await an.say("/lich")
    return await an.sees("Lịch phát tin", after=last)


async def press_in_plan(chaos: Chaos, shown: Json, label: str, words: str) -> None:
    """The button on the page of the entry that has these words."""
    before, _, _ = shown["text"].partition(words)
    number = re.findall(r"^(\d+)\.", before, re.MULTILINE)[-1]
    an = staff(chaos, STAFF[0])
    await an.press_on(shown, number)
    await an.press(label, words)


async def stop_in_the_middle(chaos: Chaos) -> str:
    """The words of a broadcast of which some groups have a copy, and some never get one."""
    slowly = {"method": "sendMessage", "kind": "late", "times": 0, "delay_ms": SLOW_MS}
    words = await chaos.office.announce(SOON)
    shown = await plan(chaos)
    await chaos.scene.practice.post("faults", **slowly, accept=False)

    async def some_have_it() -> bool:
        return len(await received(chaos, words)) >= SEEN

    assert await comes_true(some_have_it, DONE)
    await press_in_plan(chaos, shown, "Dừng", words)
    chaos.office.called_off.add(f"bc{len(chaos.office.written)}")
    await chaos.scene.clear()
    return words


async def it_is_over(chaos: Chaos, words: str) -> None:
    """Everything came to its end, and no more was sent than was under way when it was stopped."""

    async def nothing_is_under_way() -> bool:
        return not await chaos.under_way_now()

    assert await comes_true(nothing_is_under_way, DONE)
    stopped_at = datetime.fromisoformat(str((await chaos.office.rows(STOPPED_AT))[0][0]))
    times = [each["time"] for each in await received(chaos, words)]
    late = [time for time in times if time > stopped_at.replace(tzinfo=UTC).timestamp()]
    assert len(times) < len(chaos.scene.groups)
    assert len(late) <= IN_FLIGHT * len(BOTS)


async def test_what_is_stopped_goes_no_further_and_is_taken_back_where_it_arrived(
    place: Place,
) -> None:
    async with opened(place, SEED) as chaos:
        await chaos.people.greet()
        life = await chaos.post.start(IN_FLIGHT=str(IN_FLIGHT))
        kept = await chaos.office.announce()
        await staff(chaos, STAFF[0]).sees(f"60/60 nhóm.*{kept}")
        words = await stop_in_the_middle(chaos)
        await it_is_over(chaos, words)
        groups = sorted(str(each["chat"]) for each in await received(chaos, words))
        await press_in_plan(chaos, await plan(chaos), "Thu hồi", words)
        await staff(chaos, STAFF[0]).press("Đúng, thu hồi", words)

        await staff(chaos, STAFF[0]).sees(f"Đã gỡ khỏi {len(groups)}/{len(groups)} nhóm")
        await chaos.come_to_peace(life)
        verdict = await chaos.verdict(SEED)
        deleted = await changed(chaos, "deleteMessage")
        shown = [await texts(chaos, one) for one in chaos.scene.groups]

    assert deleted == groups
    assert shown == [[kept]] * len(chaos.scene.groups)
    assert verdict.holds, verdict.line()
    assert verdict.uncertain == 0


async def test_what_is_stopped_is_corrected_where_it_arrived(place: Place) -> None:
    async with opened(place, SEED) as chaos:
        an, binh = staff(chaos, STAFF[0]), staff(chaos, STAFF[1])
        await chaos.people.greet()
        life = await chaos.post.start(IN_FLIGHT=str(IN_FLIGHT))
        words = await stop_in_the_middle(chaos)
        await it_is_over(chaos, words)
        before = await receipts(chaos)
        groups = sorted(str(each["chat"]) for each in before)
        await press_in_plan(chaos, await plan(chaos), "Đính chính", words)
        await an.press("Nội dung", words)
        await an.say(f"{RIGHT}\nBà con nhắn nhau cùng biết.")
        await an.press_on(await an.offered("Gửi duyệt", RIGHT), "Gửi duyệt")
        await binh.press("Duyệt", RIGHT)

        await binh.sees(f"{len(groups)}/{len(groups)} nhóm.*{RIGHT}")
        await chaos.come_to_peace(life)
        verdict = await chaos.verdict(SEED)
        corrected = await changed(chaos, "editMessageText")
        after = await receipts(chaos)

    assert corrected == groups
    assert after == before, "no group got another message"
    assert verdict.holds, verdict.line()
