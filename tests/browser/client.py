"""What a person does on the chat page, in a word each."""

import asyncio
import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.async_api import Locator, Page, Route, expect

from tests.contract.sandbox.practice import Practice


async def become(page: Page, name: str) -> None:
    await page.locator("#who").click()
    await page.locator("#cards button", has_text=re.compile(name)).click()
    await expect(page.locator("#me-name")).to_have_text(name)


async def open_chat(page: Page, chat: int | str) -> None:
    await page.locator(f'[data-chat="{chat}"]').click()


def line_of(page: Page) -> Locator:
    """The line that one writes on."""
    return page.get_by_label("Nhắn tin", exact=True)


async def hold(page: Page, address: str, **answer: Any) -> asyncio.Event:
    """What is asked for there goes on, or gets this answer, only once the event is set."""
    free = asyncio.Event()

    async def wait(route: Route) -> None:
        await free.wait()
        await (route.fulfill(**answer) if answer else route.continue_())

    await page.route(address, wait)
    return free


@dataclass
class Held:
    """`asked` is set once the server has answered; the page has the answer once `free` is."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    free: asyncio.Event = field(default_factory=asyncio.Event)


async def hold_answer(page: Page, address: str) -> Held:
    """The first answer from there was true when it was given, and comes late."""
    held = Held()

    async def wait(route: Route) -> None:
        answer = await route.fetch()
        held.asked.set()
        await held.free.wait()
        await route.fulfill(response=answer)

    await page.route(address, wait, times=1)
    return held


def bubble(page: Page, text: str) -> Locator:
    return page.get_by_role("log").get_by_text(text)


def message(page: Page, text: str) -> Locator:
    return page.locator(".message", has_text=text)


async def choose(page: Page, text: str, deed: str) -> None:
    """Opens the menu of the message that says this, and picks from it."""
    await message(page, text).hover()
    await message(page, text).get_by_label("Việc có thể làm với tin nhắn").click()
    await page.get_by_role("menuitem", name=deed).click()


def picture(width: int = 640, height: int = 480) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (width, height), (70, 130, 180)).save(drawn, "PNG")
    return drawn.getvalue()


async def send(practice: Practice, method: str, chat: int, **params: Any) -> int:
    """Something a bot sends; its number."""
    status, body = await practice.call(method, chat_id=chat, **params)
    assert status == 200, body
    return int(body["result"]["message_id"])
