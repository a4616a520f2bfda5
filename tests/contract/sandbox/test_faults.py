"""Faults on demand: what the caller sees, and what the receipts say really happened."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from tests.contract.sandbox.practice import EM, GROUP, Practice

SEEN: dict[str, tuple[type[TelegramError], int, dict[str, object]]] = {
    "drop_before": (NetworkError, 0, {}),
    "drop_after": (NetworkError, 1, {}),
    "error": (NetworkError, 0, {"status": 502, "description": "Bad Gateway"}),
    "broken_json": (TelegramError, 1, {}),
    "retry_after": (RetryAfter, 0, {"seconds": 17}),
    "late": (TimedOut, 1, {"delay_ms": 900}),
}
VARIANTS: dict[str, tuple[type[TelegramError], int, dict[str, object]]] = {
    "reset after": (NetworkError, 1, {"kind": "drop_after", "reset": True}),
    "5xx after": (NetworkError, 1, {"kind": "error", "accept": True}),
    "400": (BadRequest, 0, {"kind": "error", "status": 400, "description": "Bad Request: no"}),
}
FAULTS = {kind: (seen, count, {"kind": kind, **more}) for kind, (seen, count, more) in SEEN.items()}


@pytest.mark.parametrize("case", [*FAULTS, *VARIANTS])
async def test_a_fault_is_seen_as_it_should_and_leaves_its_receipts(
    case: str, practice: Practice, bot: Bot, started: None
) -> None:
    seen, count, fault = (FAULTS | VARIANTS)[case]
    await practice.post("faults", method="sendMessage", **fault)

    with pytest.raises(seen):
        await bot.send_message(EM, "x", read_timeout=0.3)

    assert len(await practice.receipts()) == count


async def test_a_fault_is_used_up(practice: Practice, bot: Bot, started: None) -> None:
    await practice.post("faults", method="sendMessage", kind="drop_before", times=2)

    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(EM, "x")

    assert (await bot.send_message(EM, "x")).text == "x"
    assert (await practice.get("faults"))["faults"] == []


async def test_a_fault_meets_only_its_chat(
    practice: Practice, bot: Bot, started: None, group: None
) -> None:
    await practice.post("faults", method="sendMessage", chat=GROUP, kind="drop_before")

    assert (await bot.send_message(EM, "x")).text == "x"
    with pytest.raises(NetworkError):
        await bot.send_message(GROUP, "x")


async def test_faults_can_be_called_off(practice: Practice, bot: Bot, started: None) -> None:
    await practice.post("faults", method="*", kind="error", times=100)
    await practice.delete("faults")

    assert (await bot.send_message(EM, "x")).text == "x"


async def test_a_dropped_call_is_in_the_list_of_calls(practice: Practice, bot: Bot) -> None:
    await practice.post("faults", method="sendMessage", kind="drop_before")
    with pytest.raises(NetworkError):
        await bot.send_message(EM, "x")

    (call,) = await practice.calls("sendMessage")
    assert (call["code"], call["fault"]) == (0, "drop_before")


async def test_latency_delays_every_answer(practice: Practice, bot: Bot) -> None:
    await practice.post("settings", latency_ms=120)
    loop = asyncio.get_running_loop()
    begun = loop.time()

    await bot.get_me()

    assert loop.time() - begun >= 0.12
