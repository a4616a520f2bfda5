"""Faults on demand: what the caller sees, and what the receipts say really happened."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from channels.telegram.sandbox.records import Settings
from channels.telegram.sandbox.road import Road
from tests.contract.sandbox.practice import EM, GROUP, SUPERGROUP, Practice

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
    "401": (InvalidToken, 0, {"kind": "error", "status": 401}),
    "404": (InvalidToken, 0, {"kind": "error", "status": 404}),
    "kicked": (Forbidden, 0, {"kind": "error", "status": 403}),
    "migrated": (ChatMigrated, 0, {"kind": "migrate", "to": SUPERGROUP}),
    "a very long hold": (RetryAfter, 0, {"kind": "retry_after", "seconds": 10072}),
    "a hold of unknown length": (NetworkError, 0, {"kind": "retry_after", "seconds": None}),
    "a proxy's page": (NetworkError, 0, {"kind": "error", "status": 502, "body": "html"}),
    "no JSON": (TelegramError, 1, {"kind": "broken_json", "body": "text"}),
    "an empty body": (TelegramError, 1, {"kind": "broken_json", "body": "empty"}),
    "500": (NetworkError, 0, {"kind": "error"}),
    "502": (NetworkError, 0, {"kind": "error", "status": 502}),
    "503": (NetworkError, 0, {"kind": "error", "status": 503}),
    "504": (NetworkError, 0, {"kind": "error", "status": 504}),
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


async def test_a_call_may_be_accepted_after_its_caller_gave_up(
    practice: Practice, bot: Bot, started: None
) -> None:
    await practice.post("faults", method="sendMessage", kind="late", accept=False, delay_ms=200)
    with pytest.raises(TimedOut):
        await bot.send_message(EM, "x", read_timeout=0.05)

    assert await practice.receipts() == []
    async with asyncio.timeout(20):
        while not await practice.receipts():
            continue


@pytest.mark.parametrize(("body", "start"), [("json", b'{"ok":false'), ("html", b"<html>")])
async def test_an_error_comes_as_json_or_as_a_page(
    body: str, start: bytes, practice: Practice
) -> None:
    await practice.post("faults", kind="error", status=503, body=body)

    response, answer = await practice.raw("/bot42:AAA/getMe")

    assert (response.status, answer.startswith(start)) == (503, True)


async def struck(practice: Practice, calls: int, seed: int) -> list[int]:
    """Which calls a fault of probability one half meets."""
    await practice.post("faults", method="getMe", kind="error", probability=0.5, times=0, seed=seed)
    statuses = [(await practice.call("getMe"))[0] for _ in range(calls)]
    await practice.delete("faults")
    return statuses


async def test_chance_strikes_the_same_calls_for_the_same_seed(practice: Practice) -> None:
    first, again, other = [await struck(practice, 30, seed) for seed in (1, 1, 2)]

    assert first == again != other
    assert set(first) == {200, 500}


async def test_a_fault_without_end_is_not_used_up(practice: Practice, bot: Bot) -> None:
    await practice.post("faults", method="getMe", kind="error", times=0)

    assert [(await practice.call("getMe"))[0] for _ in range(3)] == [500] * 3


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


def test_jitter_is_drawn_within_its_bounds_and_by_the_seed() -> None:
    roads = [Road(Settings(latency_ms=250, jitter_ms=10, seed=seed)) for seed in (1, 1, 2)]

    first, again, other = ([road.next_delay() for _ in range(50)] for road in roads)

    assert first == again != other
    assert 125 <= min(first) < max(first) <= 135
