"""The practice Telegram, its chat page in Chromium, and a toy bot that answers."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from channels.telegram.sandbox.server import serve
from tests.contract.sandbox.practice import EM, Practice

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# A page that shares its processors with others is slow, not wrong.
expect.set_options(timeout=60_000)
YES = {"inline_keyboard": [[{"text": "Đồng ý", "callback_data": "yes"}]]}


@pytest_asyncio.fixture(loop_scope="module")
async def practice(tmp_path: Path) -> AsyncIterator[Practice]:
    running = await serve(("127.0.0.1", 0), tmp_path / "state")
    async with aiohttp.ClientSession() as session:
        found = Practice(running.address, session)
        await found.populate()
        await found.make_group()
        yield found
    await running.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    """One for all tests of a file; what a page keeps dies with the page."""
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=chromium_path, args=QUIET)
        yield found
        await found.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, practice: Practice) -> AsyncIterator[Page]:
    """The page, on a desktop; a script error in it fails the test."""
    found = await browser.new_page(viewport={"width": 1200, "height": 800})
    errors: list[str] = []
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    await found.goto(f"{practice.address}/")
    yield found
    await found.close()
    assert errors == []


@pytest_asyncio.fixture(loop_scope="module")
async def toy_bot(practice: Practice) -> AsyncIterator[None]:
    """Answers every private text with a button, and every press with a word."""
    loop = asyncio.create_task(answer_all(practice))
    yield
    loop.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await loop


async def answer_all(practice: Practice) -> None:
    offset = 0
    while True:
        _, body = await practice.call("getUpdates", offset=offset, timeout=20)
        for update in body["result"]:
            offset = update["update_id"] + 1
            await answer(practice, update)


async def answer(practice: Practice, update: Any) -> None:
    if query := update.get("callback_query"):
        wish = {"callback_query_id": query["id"], "text": "Cảm ơn bạn"}
        await practice.call("answerCallbackQuery", **wish)
    message = update.get("message", {})
    if message.get("chat", {}).get("type") == "private":
        text = f"Đã nghe: {message['text']}"
        await practice.call("sendMessage", chat_id=EM, text=text, reply_markup=YES)
