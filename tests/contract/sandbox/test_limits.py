"""Pace: windows that slide, one too many is refused and does not count."""

import asyncio
from datetime import timedelta
from math import inf

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from channels.pacer import Limits
from channels.telegram.sandbox.limits import Windows
from channels.telegram.sandbox.records import Settings
from tests.contract.sandbox.practice import EM, GROUP, Practice
from tests.unit.channels.simulated_time import Send, paced


def taken(moments: list[float], dialog: str, settings: Settings | None = None) -> list[float]:
    """Which of these sends get through."""
    windows = Windows(settings or Settings(chat_per_second=0))
    through = []
    for moment in moments:
        if not windows.hold("bot", dialog, moment):
            windows.record("bot", dialog, moment)
            through.append(moment)
    return through


def busiest(moments: list[float], seconds: float) -> int:
    """The most sends in any window of that length."""
    return max(sum(start <= m < start + seconds for m in moments) for start in moments)


def test_a_bot_gets_thirty_through_in_any_second() -> None:
    through = taken([i / 100 for i in range(1000)], "7:42")

    assert busiest(through, 1.0) == 30
    assert len(through) == 300


def test_a_group_gets_twenty_through_in_any_minute() -> None:
    through = taken([i / 2 for i in range(600)], "-5")

    assert busiest(through, 60.0) == 20
    assert len(through) == 100


def test_a_chat_gets_three_through_in_any_three_seconds() -> None:
    through = taken([i / 10 for i in range(300)], "7:42", Settings())

    assert busiest(through, 3.0) == 3
    assert len(through) == 30


def test_an_album_needs_room_for_all_its_pictures_in_the_minute() -> None:
    windows = Windows(Settings(chat_per_second=0))
    for _ in range(15):
        windows.record("bot", "-5", 0.0)

    assert windows.hold("bot", "-5", 2.0, posts=5) == 0
    assert windows.hold("bot", "-5", 2.0, posts=6) == 58


def test_albums_that_the_pacer_lets_go_are_never_held() -> None:
    sizes, windows = [10, 3, 1, 10, 2, 1, 1, 10], Windows(Settings())
    sends = [Send(n / 10, f"-{n % 3}", adds=adds) for n, adds in enumerate(sizes * 8)]
    receipts = paced(sends, Limits(longest_wait=inf))

    assert sum(send.adds for _, send in receipts.log) == sum(sizes) * 8
    for at, send in receipts.log:
        assert windows.hold("bot", send.chat, at, send.adds) == 0
        for _ in range(send.adds):
            windows.record("bot", send.chat, at)


def test_the_hold_is_told_to_the_second_and_is_enough() -> None:
    windows = Windows(Settings(chat_per_second=0))
    for moment in range(20):
        windows.record("bot", "-5", float(moment))

    assert windows.hold("bot", "-5", 20.5) == 40
    assert windows.hold("bot", "-5", 60.0) == 0


async def test_one_too_many_is_told_how_long_to_wait(bot: Bot, started: None) -> None:
    for _ in range(3):
        await bot.send_message(EM, "x")

    with pytest.raises(RetryAfter) as refusal:
        await bot.send_message(EM, "x")

    assert isinstance(refusal.value.retry_after, timedelta)
    assert timedelta(seconds=1) <= refusal.value.retry_after <= timedelta(seconds=3)


async def test_a_refused_send_leaves_no_receipt(practice: Practice, started: None) -> None:
    answers = await asyncio.gather(
        *(practice.call("sendMessage", chat_id=EM, text=str(i)) for i in range(9))
    )

    assert sorted(status for status, _ in answers) == [200] * 3 + [429] * 6
    assert len(await practice.receipts()) == 3
    assert [c["code"] for c in await practice.calls("sendMessage")].count(429) == 6


async def test_other_methods_do_not_count(practice: Practice, bot: Bot, started: None) -> None:
    for i in range(3):
        sent = await bot.send_message(EM, "x")
        await sent.edit_text(f"y{i}")
        await bot.send_chat_action(EM, "typing")

    codes = [call["code"] for call in (await practice.get("calls"))["calls"]]
    assert 429 not in codes


async def test_the_limits_can_be_changed(practice: Practice, bot: Bot, group: None) -> None:
    await practice.post("settings", group_per_minute=1)
    await bot.send_message(GROUP, "một")

    with pytest.raises(RetryAfter):
        await bot.send_message(GROUP, "hai")


async def test_the_windows_can_be_switched_off_and_on(
    practice: Practice, bot: Bot, started: None
) -> None:
    await practice.post("tuning", windows=False)
    for _ in range(9):
        await bot.send_message(EM, "x")

    await practice.post("tuning", windows=True)

    with pytest.raises(RetryAfter):
        await bot.send_message(EM, "x")


def test_a_limit_cut_while_it_runs_holds_at_once() -> None:
    settings = Settings(chat_per_second=0)
    windows = Windows(settings)
    for moment in range(25):
        windows.record("bot", "7:42", moment / 100)
    before = windows.hold("bot", "7:42", 0.3)

    settings.bot_per_second = 20

    assert (before, windows.hold("bot", "7:42", 0.3)) == (0, 1)
